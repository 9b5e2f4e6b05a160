"""What a mapping has brought, in words and as a custom part."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.actions.competence import listed, show_competence
from bot.actions.desk import Desk
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, ShowCompetence
from guidance.profile import Profile
from opastin.texts import LANGUAGES, load_texts

STATE = {
    "asked": ["work"],
    "confirmed": [
        {"code": "caring", "words": "hoidin äitiä", "area": "home"},
        {"code": "cooking", "words": "laitoin ruokaa {koko} perheelle", "area": "home"},
    ],
    "own": [{"words": "ymmärrän pilviä.", "area": "hobbies"}],
}


def shown(state: dict[str, Any] | None = None, **facts: Any) -> Say:
    # No catalogue is needed to tell what somebody can.
    desk = Desk(sessions=None, texts=load_texts(), today=date(2026, 11, 2))  # type: ignore[arg-type]
    memory = Memory(progress={"mapping": STATE if state is None else state})
    profile = Profile(language="fi").with_facts(facts)
    say, after = show_competence(desk, ShowCompetence(), profile, memory)
    assert after == memory
    return say


def test_strengths_are_grouped_by_theme_with_own_words_last() -> None:
    say = shown()
    assert say.name == "utter_mapping_summary"
    assert str(say.values["strengths"]).split("\n") == [
        "Ihmisten kanssa: toisen ihmisen hoitaminen.",
        "Käytännön työssä: ruoan valmistaminen.",
        "Omin sanoin: ymmärrän pilviä.",
    ]


def test_the_wished_field_shows_what_counts_and_what_is_missing() -> None:
    say = shown(field="0913")
    assert say.name == "utter_mapping_field"
    assert say.values["matching"] == "toisen ihmisen hoitaminen"
    assert "lääkkeistä huolehtiminen" in str(say.values["missing"])


def test_a_field_where_nothing_counts_yet_is_told_as_new() -> None:
    say = shown(field="0613")
    assert say.name == "utter_mapping_field_new"
    assert "matching" not in say.values


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_custom_part_holds_everything_in_the_persons_language(language: str) -> None:
    custom = shown(language=language, field="0913").custom
    assert custom is not None
    assert set(custom) == {"kind", "areas", "strengths", "gaps", "directions"}
    assert custom["kind"] == "competence"
    caring = load_texts().text("utter_about_competence_caring", language)
    assert custom["strengths"][0] == {"code": "caring", "text": caring, "from": "hoidin äitiä"}
    assert custom["strengths"][2]["text"] == "ymmärrän pilviä."
    assert custom["areas"][0]["asked"] is True
    assert custom["directions"] == []
    assert all(item["text"] for item in custom["gaps"])


def test_without_a_field_three_directions_are_named() -> None:
    custom = shown().custom
    assert custom is not None
    assert len(custom["directions"]) == 3
    assert custom["gaps"] == []


def test_an_occupation_is_named_in_its_base_form_and_kept_as_typed() -> None:
    told = {"words": "kaupan kassalla", "kind": "occupation", "field": "0416", "code": None}
    say = shown({}, competence=[told])
    assert say.values["strengths"] == "Omin sanoin: kaupan kassa."
    assert say.custom is not None
    assert say.custom["strengths"] == [
        {"code": None, "text": "kaupan kassa", "from": "kaupan kassalla"}
    ]


def test_names_are_listed_in_one_line() -> None:
    names = ("utter_about_competence_baking", "utter_about_competence_cooking")
    assert listed(names, "en", load_texts(), plain=False) == "baking, cooking"


def gaps_told(**facts: Any) -> Say:
    desk = Desk(sessions=None, texts=load_texts(), today=date(2026, 11, 2))  # type: ignore[arg-type]
    profile = Profile(language="fi").with_facts(facts)
    memory = Memory(progress={"mapping": STATE})
    say, _ = show_competence(desk, ShowCompetence(only_gaps=True), profile, memory)
    return say


def test_what_is_missing_is_told_without_the_rest() -> None:
    say = gaps_told(field="0913")
    assert say.name == "utter_mapping_gaps"
    assert say.values["missing"]
    assert "toisen ihmisen hoitaminen" not in str(say.values["missing"])
    assert [choice.payload for choice in say.choices][:2] == ["/show_options", "/make_plan"]
