"""The Rasa-free loader of responses."""

from __future__ import annotations

from pathlib import Path

import pytest

from opastin.texts import Texts, load_texts, read_responses

RESPONSES = """\
version: "3.1"

responses:
  utter_ask_place:
    - text: "Missä {who} opiskelisi?"
      buttons:
        - title: "{name}"
          payload: '/inform{"place": "{code}"}'
"""
EASY = """\
version: "3.1"

responses:
  utter_ask_place:
    - text: "Missä?"
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    for folder, content in (("fi", RESPONSES), ("fi-easy", EASY), ("sv", RESPONSES)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "place.yml").write_text(content, encoding="utf-8")
    return Texts(read_responses(tmp_path))


def test_values_are_filled_in(texts: Texts) -> None:
    assert texts.text("utter_ask_place", "fi", who="Maija") == "Missä Maija opiskelisi?"


def test_an_easy_text_is_used_where_there_is_one(texts: Texts) -> None:
    assert texts.text("utter_ask_place", "fi", plain=True) == "Missä?"
    assert texts.text("utter_ask_place", "sv", plain=True, who="Maj") == "Missä Maj opiskelisi?"


def test_payloads_keep_their_braces(texts: Texts) -> None:
    buttons = texts.buttons("utter_ask_place", "fi", name="Vaasa", code="905")
    assert buttons == [{"title": "Vaasa", "payload": '/inform{"place": "905"}'}]


def test_an_unknown_name_is_an_error(texts: Texts) -> None:
    with pytest.raises(KeyError):
        texts.text("utter_nothing", "fi")


def test_languages_have_the_same_texts() -> None:
    texts = load_texts()
    assert texts.names("fi") == texts.names("sv") == texts.names("en")


@pytest.mark.parametrize(
    ("language", "hours", "text"),
    [
        ("fi", 1, "Vie noin 1 tunnin viikossa"),
        ("fi", 1.0, "Vie noin 1 tunnin viikossa"),
        ("fi", 1.5, "Vie noin 1.5 tuntia viikossa"),
        ("sv", 1, "Tar ungefär 1 timme i veckan"),
        ("sv", 2, "Tar ungefär 2 timmar i veckan"),
        ("en", 1, "Takes about 1 hour a week"),
        ("en", 0, "Takes about 0 hours a week"),
    ],
)
def test_the_wording_fits_the_number(language: str, hours: float, text: str) -> None:
    texts = load_texts()
    name = texts.form("utter_reason_fits_hours", language, {"hours": hours})
    assert texts.text(name, language, hours=f"{hours:g}") == text


def test_a_text_without_a_wording_for_one_stays_as_it_is() -> None:
    texts = load_texts()
    assert texts.form("utter_options_all", "en", {"total": 1}) == "utter_options_all"
    assert texts.form("utter_privacy", "en", {"days": True}) == "utter_privacy"
