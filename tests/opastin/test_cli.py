"""The command line's own manners: help without imports, mistakes in one sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from opastin.cli import COMMANDS


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "opastin.cli", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_help_lists_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage:" in done.stdout


def test_a_mistake_is_one_sentence_without_a_traceback() -> None:
    done = run("suggest", stdin='{"place": "nowhere"}')
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "'place' is 'nowhere'" in done.stderr
