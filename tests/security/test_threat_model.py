"""The threat model names a test for each threat, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "concepts" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
ROWS = [
    line
    for table in re.findall(r"\| threat \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE)
    for line in table.splitlines()
]


@cache
def names_in(file: str) -> frozenset[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, functions))


@pytest.mark.parametrize(("file", "test"), sorted(set(NAMED)), ids=lambda word: word)
def test_every_test_that_is_named_is_there(file: str, test: str) -> None:
    assert test in names_in(file)


def test_every_threat_names_what_stands_against_it_and_a_test() -> None:
    assert len(ROWS) > 30
    for row in ROWS:
        _, threat, stands, tests, _ = row.split("|")
        assert threat.strip() and stands.strip() and "::test_" in tests, row


def test_every_test_of_this_folder_tries_a_threat() -> None:
    files = {f"tests/security/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert files - {file for file, _ in NAMED} == {f"tests/security/{Path(__file__).name}"}
