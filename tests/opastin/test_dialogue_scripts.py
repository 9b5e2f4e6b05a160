"""The format of scripted people."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from opastin.dialogue_scripts import check_names, read_scripts
from opastin.errors import UserError
from opastin.texts import load_texts

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
        (GOOD.replace("asks: interest", "shows: opinions"), "opinions"),
        (GOOD.replace("say: moi", "until: tomorrow"), "tomorrow"),
        (GOOD.replace("moi", "yes"), "quotation marks"),
        (GOOD + "answers: {age: 30}\n", "quotation marks"),
        ("- moi", "keys"),
    ],
)
def test_a_wrong_script_is_refused_by_name(tmp_path: Path, wrong: str, named: str) -> None:
    with pytest.raises(UserError, match=f"fi/greets.*{named}"):
        read_scripts(write(tmp_path, wrong))


def test_a_folder_without_scripts_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no scripts"):
        read_scripts(tmp_path)


def test_scripts_are_chosen_by_name(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD)
    assert [script.name for script in read_scripts(folder, "*gre*")] == ["fi/greets"]
    with pytest.raises(UserError, match=r"sv/\*"):
        read_scripts(folder, "sv/*")


def test_other_people_and_easy_language_are_read(tmp_path: Path) -> None:
    more = "plain_language: true\nothers: {partner: {place: Oulussa}}\n"
    turn = "turns: [{say: moi, person: partner}]\n"
    content = GOOD.splitlines(keepends=True)
    (script,) = read_scripts(write(tmp_path, "".join([*content[:2], turn, more])))
    assert script.plain_language
    assert script.others["partner"] == {"place": "Oulussa"}
    assert script.turns[0].person == "partner"


def test_a_response_that_does_not_exist_is_named(tmp_path: Path) -> None:
    expected = GOOD.replace("asks: interest", "says: [[utter_greet, utter_nonsense]]")
    with pytest.raises(UserError, match=r"fi/greets.*utter_nonsense"):
        check_names(read_scripts(write(tmp_path, expected)), load_texts())


def test_our_own_scripts_name_responses_that_exist() -> None:
    check_names(read_scripts(), load_texts())


def test_our_own_scripts_are_at_least_four_in_every_language() -> None:
    languages = Counter(script.language for script in read_scripts())
    assert min(languages[language] for language in ("fi", "sv", "en")) >= 4
    for script in read_scripts():
        assert script.name.startswith(f"{script.language}/")
