"""Competences seen in life stories, and what they mean for a field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance.competence import Strength, directions, gaps, key_competences, matches, strengths
from guidance.competence_stories import command, denied, named, recognise
from guidance.competence_table import (
    TABLE,
    THEMES,
    CompetenceTableError,
    load_competences,
    read_competences,
)
from guidance.mapping_state import AREAS
from guidance.profile import Profile
from opastin.texts import LANGUAGES, load_texts

STORIES = yaml.safe_load(Path(__file__).with_name("life_stories.yml").read_text(encoding="utf-8"))[
    "stories"
]
# What was reached when the stories were last written; new stories may lower it a little.
RIGHT = 0.9
NURSE = {"words": "lähihoitaja", "kind": "qualification", "field": "0913", "code": None}
MAX_TITLE = 36


def proposed(story: dict[str, Any]) -> tuple[str, ...]:
    return recognise(story["told"], story["language"])


def of_codes(*codes: str) -> list[Strength]:
    return [Strength(code, "omin sanoin") for code in codes]


def content() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return loaded


def test_there_are_stories_enough_in_every_language() -> None:
    assert len(STORIES) >= 60
    for language in LANGUAGES:
        assert sum(story["language"] == language for story in STORIES) >= 15


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["told"][:30])
def test_nothing_absurd_is_seen_in_a_story(story: dict[str, Any]) -> None:
    assert set(proposed(story)) <= set(story["fits"])


def test_nearly_every_story_has_something_in_it() -> None:
    right = sum(bool(set(proposed(story)) & set(story["fits"])) for story in STORIES)
    assert right / len(STORIES) >= RIGHT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "en osaa siivota enkä laittaa ruokaa"),
        ("fi", "haluaisin hoitaa lapsia"),
        ("fi", "mun mies on kokki"),
        ("fi", "ei siivousta"),
        ("fi", "kävin Tallinnassa ja asun Karjaalla"),
        ("fi", "hitsi kun kuuntelen musiikkia"),
        ("fi", "opettelen ajamaan autoa"),
        ("fi", "mulla on lainoja ja esimies on hankala"),
        ("sv", "jag har aldrig städat"),
        ("sv", "jag vill bli kock"),
        ("sv", "min man är elektriker"),
        ("sv", "jag kunde sova på morgonen, min chef ringde"),
        ("sv", "jag lyssnar på musik och får sköta mig själv"),
        ("en", "I can't cook"),
        ("en", "I want to be a nurse"),
        ("en", "my wife is a teacher"),
        ("en", "I have loans and a divorce behind me"),
        ("en", "my manager worked till nine, I ride a moped"),
        ("fi", ""),
        ("fi", "?!.,;"),
        ("fi", "x" * 2000),
    ],
)
def test_what_is_denied_wished_for_or_of_others_counts_for_nothing(
    language: str, text: str
) -> None:
    assert recognise(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("fi", "SIIVOSIN KOULUJA", "cleaning"),
        ("fi", "hoidin aitia kotona", "caring"),
        ("fi", "en ole tehnyt muuta kuin siivonnut", "cleaning"),
        ("fi", "en osaa laittaa ruokaa mutta siivoan", "cleaning"),
        ("sv", "stadade pa hotell", "cleaning"),
        ("sv", "jag har inte jobbat med barn men nog städat", "cleaning"),
        ("en", "haven't done anything other than cleaning", "cleaning"),
    ],
)
def test_slips_and_turns_of_a_sentence_are_understood(language: str, text: str, code: str) -> None:
    assert code in recognise(text, language)


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("fi", "paperitehtaalla koneenhoitajana", ("machine_use",)),
        ("fi", "kattilanhoitajana voimalassa", ("machine_use",)),
        ("fi", "haudanhoitajana kesät", ("plants",)),
        ("fi", "hevosenhoitajana", ("animals",)),
        ("fi", "käyn anopin kaupassa", ("daily_support",)),
        ("fi", "hoidan naapurin kauppa-asiat", ("daily_support",)),
        ("fi", "kävin kaupassa eilen", ()),
        ("fi", "oma kaupunki on tärkeä", ()),
        ("fi", "hoidin äitiyslomasijaisuuden pankissa", ("customer_service", "money", "office")),
        ("fi", "hoidin isännöintiä", ()),
        ("fi", "hoidan asiat miesten kanssa", ()),
        ("fi", "olin kotihoidontuella", ()),
        ("fi", "huolehdin lääkärikäynneistä", ()),
        ("fi", "lääketehtaalla pakkaajana", ("warehouse",)),
        ("fi", "konekirjoitusta käytin konttorilla", ("office",)),
        ("fi", "keittiökalusteita asensin", ()),
        ("sv", "maskinskötare på pappersbruket", ("machine_use",)),
        ("sv", "trädgårdsskötare i staden", ("plants",)),
        ("sv", "gravskötare på somrarna", ("plants",)),
        ("sv", "jag handlar mat åt svärmor", ("daily_support",)),
        ("sv", "jag går i butiken åt grannen", ("daily_support",)),
        ("sv", "det handlar om barnen", ()),
        ("sv", "skötte mammaledigas vikariat på banken", ("customer_service", "money")),
        ("sv", "jag skötte morgonpasset", ()),
        ("sv", "jag byggde köksinredningar", ()),
        ("sv", "jag sålde min bil", ()),
        ("en", "machine minder at a paper mill", ("machine_use",)),
        ("en", "I was a boiler attendant", ("machine_use",)),
        ("en", "groundskeeper at a cemetery", ("plants",)),
        ("en", "I do the shopping for my mother-in-law", ("daily_support",)),
        ("en", "I go shopping on Saturdays", ()),
        ("en", "I have had a stable job", ()),
        ("en", "clean driving licence", ()),
        ("en", "a good performance review", ()),
        ("en", "kitchen fitter", ()),
        ("en", "coach driver", ("driving",)),
        ("en", "took care of father's shop accounts", ("bookkeeping",)),
    ],
)
def test_compounds_tell_what_their_last_part_is_about(
    language: str, text: str, codes: tuple[str, ...]
) -> None:
    assert recognise(text, language) == codes


def test_a_paper_machine_is_no_woodwork() -> None:
    known = {"words": "paperikoneen hoitajana", "kind": "occupation", "field": "0722", "code": None}
    found = recognise("paperikoneen hoitajana", "fi", [known])
    assert found == ("machine_use", "assembling")


def test_an_occupation_brings_few_competences_after_those_told() -> None:
    found = recognise("siivoan myös", "fi", [NURSE])
    assert found[0] == "cleaning"
    assert found[1:] == ("medication", "caring")
    skill = {**NURSE, "kind": "skill"}
    assert recognise("jotain", "fi", [skill]) == ()


def test_what_a_text_says_no_to_is_known_from_what_it_names() -> None:
    codes = ("cleaning", "cooking")
    assert denied("ei siivousta", "fi", codes) == ("cleaning",)
    assert denied("siivous joo", "fi", codes) == ()
    assert denied("vain siivous", "fi", codes) == ("cooking",)
    assert denied("only cooking", "en", codes) == ("cleaning",)
    assert named("siivous joo", "fi", codes) == ("cleaning",)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fi", "Riittää.", "enough"),
        ("fi", "osa niistä", "some"),
        ("sv", "det räcker", "enough"),
        ("en", "That's enough", "enough"),
        ("en", "skip", "next"),
        ("fi", "riittää että hoidin äitiä", None),
        ("fi", "", None),
    ],
)
def test_only_a_whole_message_is_a_command(language: str, text: str, expected: str | None) -> None:
    assert command(text, language) == expected


def test_a_field_shows_what_is_there_and_what_is_missing() -> None:
    told = of_codes("caring", "cleaning", "listening")
    assert matches("0913", told) == ("caring",)
    assert gaps("0913", told) == ("medication", "first_aid", "accuracy", "teamwork")
    assert "caring" not in gaps("0913", [Strength(None, "lähihoitaja", None, "occupation", "0913")])


def test_every_broad_field_says_what_it_asks_for() -> None:
    for code in (f"{number:02d}" for number in range(11)):
        assert 4 <= len(key_competences(code)) <= 6
    assert key_competences("0913") == key_competences("091")


@pytest.mark.parametrize(
    ("codes", "first"),
    [
        (("caring", "medication", "listening"), "09"),
        (("machine_repair", "metalwork", "building"), "07"),
        (("programming", "computers"), "06"),
        (("cooking", "hosting", "customer_service"), "10"),
        (("animals", "farming"), "08"),
        ((), "09"),
    ],
)
def test_directions_begin_where_the_strengths_point_and_differ(
    codes: tuple[str, ...], first: str
) -> None:
    found = directions(of_codes(*codes))
    assert found[0] == first
    assert len(set(found)) == 3
    groups = load_competences().directions
    assert len({next(group for group in groups if code in group) for code in found}) == 3


def test_strengths_leave_out_a_skill_that_a_story_holds_already() -> None:
    profile = Profile().with_facts(
        {"competence": [NURSE, {**NURSE, "words": "siivosin", "kind": "skill"}]}
    )
    state = {"confirmed": [{"code": "cleaning", "words": "siivosin kouluja", "area": "work"}]}
    assert [(item.code, item.words) for item in strengths(profile, state)] == [
        ("cleaning", "siivosin kouluja"),
        (None, "lähihoitaja"),
    ]
    assert strengths(Profile(), None) == ()


def test_a_competence_that_the_list_no_longer_has_is_left_out() -> None:
    state = {"confirmed": [{"code": "alchemy", "words": "x", "area": "work"}]}
    assert strengths(Profile(), state) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_competence_theme_and_area_has_a_name_short_enough_for_a_button(
    language: str,
) -> None:
    texts = load_texts()
    names = [f"competence_{code}" for code in load_competences().entries]
    names += [f"theme_{theme}" for theme in (*THEMES, "own")] + [f"area_{area}" for area in AREAS]
    titles = [texts.text(f"utter_about_{name}", language) for name in names]
    assert all(0 < len(title) <= MAX_TITLE for title in titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"theme": "magic"}, "theme"),
        ({"fields": ["98"]}, "field"),
        ({"fi": ["a", True]}, "YAML"),
    ],
)
def test_a_fault_in_the_list_is_named(change: dict[str, Any], fault: str) -> None:
    broken = content()
    broken["competences"]["cooking"] |= change
    with pytest.raises(CompetenceTableError, match=fault):
        read_competences(broken)


def test_a_field_that_asks_for_an_unknown_competence_is_named() -> None:
    broken = content()
    broken["key_competences"]["09"] = ["alchemy"]
    with pytest.raises(CompetenceTableError, match="alchemy"):
        read_competences(broken)
