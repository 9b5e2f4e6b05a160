"""The format of scripted people."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from opastin.dialogue_scripts import read_scripts
from opastin.errors import UserError

GOOD = "language: fi\nsituation: happy path\nturns: [{say: moi, expect: {asks: interest}}]\n"


def write(folder: Path, content: str) -> Path:
    (folder / "fi").mkdir()
    (folder / "fi" / "greets.yml").write_text(content, encoding="utf-8")
    return folder


def test_a_script_is_read_with_its_name_and_turns(tmp_path: Path) -> None:
    (script,) = read_scripts(write(tmp_path, GOOD))
    assert (script.name, script.language, script.situation) == ("fi/greets", "fi", "happy path")
    assert (script.turns[0].way, script.turns[0].words) == ("say", "moi")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (GOOD.replace("asks", "asked"), "asked"),
        (GOOD.replace("say", "says"), "says"),
        (GOOD.replace("{say: moi,", "{"), "exactly one"),
        (GOOD.replace("fi", "no"), "language"),
        (GOOD + "pace: quick\n", "pace"),
        ("- moi", "keys"),
    ],
)
def test_a_wrong_script_is_refused_by_name(tmp_path: Path, wrong: str, named: str) -> None:
    with pytest.raises(UserError, match=f"fi/greets.*{named}"):
        read_scripts(write(tmp_path, wrong))


def test_a_folder_without_scripts_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no scripts"):
        read_scripts(tmp_path)


def test_our_own_scripts_are_at_least_four_in_every_language() -> None:
    languages = Counter(script.language for script in read_scripts())
    assert min(languages[language] for language in ("fi", "sv", "en")) >= 4
    for script in read_scripts():
        assert script.name.startswith(f"{script.language}/")
