"""The documentation names files and commands that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from opastin.cli import opastin

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"(?:^|\| |[`(])opastin ([a-z]+(?: [a-z]+(?:-[a-z]+)*)*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    for words in COMMAND.findall(page.read_text(encoding="utf-8")):
        command: click.Command | None = opastin
        for word in words.split():
            if not isinstance(command, click.Group):
                break
            command = command.get_command(click.Context(command), word)
            assert command is not None, f"{page.name}: opastin {words}"


def test_make_targets_exist() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = {
        target
        for page in PAGES
        for target in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", page.read_text(), re.MULTILINE)
    }
    assert {a or b for a, b in named} <= set(targets)


def test_the_suggestion_of_the_readme_works(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "opastin.cli", "suggest"],
        input='{"field": "0923", "place": "743"}',
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "OPASTIN_HOME": str(tmp_path)},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert '"in_your_municipality"' in done.stdout
