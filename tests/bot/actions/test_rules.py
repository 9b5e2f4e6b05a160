"""Rules told in words: the answer, what it means for the person, source and dates."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.actions import rules as actions
from bot.actions.desk import Desk
from bot.actions.rules import tell_rule
from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import TellRule
from guidance.profile import AGE_GROUPS, SITUATIONS, Profile
from guidance.rules import Stated, load_rules, stated
from opastin import formats
from opastin.texts import LANGUAGES, load_texts

TODAY = date(2026, 11, 22)
ENDS = date(2027, 3, 31)


def told(
    topic: str, *, today: date = TODAY, language: str = "fi", looked_at: Any = None, **facts: Any
) -> str:
    """Return what a person reads."""
    desk = Desk(lambda: nullcontext(None), load_texts(), today)  # type: ignore[arg-type]
    profile = Profile(language=language).with_facts(facts)
    say, _ = tell_rule(desk, TellRule(topic), profile, Memory(looked_at=looked_at))
    plain = bool(profile.plain_language)
    return load_texts().text(say.name, language, plain=plain, **say.values)


def change_rules(monkeypatch: pytest.MonkeyPatch, topic: str, **values: Any) -> None:
    """Let a rule have other dates, and another source than the packaged one."""
    changed = [replace(rule, **values) for rule in load_rules() if rule.topic == topic]

    def find(topic: str, today: date, place: str | None) -> Stated:
        return stated(topic, today, place, rules=changed)

    monkeypatch.setattr(actions, "stated", find)


def last_line(text: str) -> str:
    return text.splitlines()[-1]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fi", "Lähde: valtioneuvosto 25.4.2024, voimassa 1.5.2024 alkaen."),
        ("sv", "Källa: statsrådet 25.4.2024, i kraft sedan 1.5.2024."),
        ("en", "Source: Government 25 April 2024, in force since 1 May 2024."),
    ],
)
def test_the_last_line_names_source_and_date(language: str, line: str) -> None:
    assert last_line(told("cost", language=language)) == line


def test_a_day_that_the_answer_names_is_not_named_again() -> None:
    text = told("adult_education_allowance", place="743")
    assert text.count("1.8.2024") == 1
    assert last_line(text) == "Lähde: Työllisyysrahasto."


def test_a_source_with_a_year_is_told_with_it() -> None:
    assert last_line(told("path_studies")) == "Lähde: KAMK ja SeAMK 2024."


def test_advice_without_a_source_says_whom_to_ask() -> None:
    assert last_line(told("certificate")) == "Kysy lisää opintojen järjestäjältä."


def test_a_rule_due_for_review_is_told_with_a_doubt_and_who_decides() -> None:
    line = last_line(told("jotpa", today=date(2027, 1, 1)))
    assert line.startswith("Lähde: Jotpa 2022, voi olla vanhentunut")
    assert line.endswith("Kysy lisää opintojen järjestäjältä.")
    # One sentence of source and doubt, one of who decides.
    assert line.count(". ") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("place", ["743", "478"])
@pytest.mark.parametrize("topic", sorted({rule.topic for rule in load_rules()}))
def test_a_rule_due_for_review_says_by_which_day_it_was_to_be(
    topic: str, place: str, language: str, plain: bool
) -> None:
    due = stated(topic, date(2040, 1, 1), place)
    if not due.is_told:
        return
    day = formats.day(due.rule.review_by, language)
    facts = {"place": place, "plain_language": plain}
    late = due.rule.review_by + timedelta(days=1)
    assert day in last_line(told(topic, today=late, language=language, **facts))
    assert day not in told(topic, today=due.rule.review_by, language=language, **facts)


def test_the_day_a_rule_was_checked_is_told_when_its_review_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (cost,) = (rule for rule in load_rules() if rule.topic == "cost")
    assert cost.source is not None
    change_rules(
        monkeypatch,
        "cost",
        source=replace(cost.source, read_on=date(2026, 9, 1)),
        review_by=date(2026, 10, 1),
    )
    assert "tarkistettu 1.9.2026, voi" in last_line(told("cost"))
    assert "tarkistettu" not in told("cost", today=date(2026, 10, 1))


def test_a_rule_that_will_end_says_when(monkeypatch: pytest.MonkeyPatch) -> None:
    change_rules(monkeypatch, "cost", valid_to=ENDS)
    assert last_line(told("cost")).endswith(", voimassa 31.3.2027 saakka.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plain", [False, True])
def test_an_ended_rule_is_not_stated(
    monkeypatch: pytest.MonkeyPatch, language: str, plain: bool
) -> None:
    change_rules(monkeypatch, "cost", valid_to=ENDS)
    text = told("cost", today=date(2027, 4, 1), language=language, plain_language=plain)
    assert "45" not in text
    assert "2027" in text
    assert "{" not in text


def test_a_rule_that_has_not_begun_is_not_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    change_rules(monkeypatch, "study_grant", valid_from=date(2027, 1, 1))
    text = told("study_grant")
    assert text.startswith("En tiedä varmasti")
    assert text.endswith("Asiasta päättää Kela, joten kysy sieltä.")


TOPICS_OF_ALAND = ["study_grant", "unemployment_benefit", "adult_education_allowance"]


@pytest.mark.parametrize("topic", TOPICS_OF_ALAND)
@pytest.mark.parametrize("place", ["478", "maakunta_21"])
def test_in_aland_only_who_decides_there_is_told(topic: str, place: str) -> None:
    text = told(topic, place=place, situation="unemployed", age_group="under_25")
    assert "AMS" in text
    assert not any(word in text for word in ("Kela", "25", "työllisyysalue", "Lähde"))


OFFICES_OF_THE_MAINLAND = (
    "työllisyysalue", "sysselsättningsområde", "employment area",
    "Työllisyysrahasto", "Sysselsättningsfonden", "Employment Fund",
    "Kela", "FPA", "Folkpensionsanstalten",
    "Ohjaamo", "Navigatorn",
    "Kysy lisää Opetushallituksesta", "Fråga Utbildningsstyrelsen", "Agency for Education can",
    "KEHA", "UF-centret", "Työvoimabarometri", "Arbetskraftsbarometern", "Labour Force Barometer",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("topic", sorted({rule.topic for rule in load_rules()}))
@pytest.mark.parametrize("place", ["478", "maakunta_21"])
def test_in_aland_nobody_is_sent_to_an_office_of_the_mainland(
    topic: str, place: str, language: str, plain: bool
) -> None:
    people = [
        {"situation": situation, "age_group": age}
        for situation in (*SITUATIONS, None)
        for age in (*AGE_GROUPS, None)
    ]
    for facts in people:
        known = {name: value for name, value in facts.items() if value is not None}
        text = told(topic, language=language, plain_language=plain, place=place, **known)
        named = [name for name in OFFICES_OF_THE_MAINLAND if name.casefold() in text.casefold()]
        assert named == [], text


@pytest.mark.parametrize(
    ("topic", "language", "office"),
    [
        ("guidance_services", "fi", "AMS"),
        ("guidance_services", "sv", "Ålands arbetsmarknads- och studieservicemyndighet"),
        ("jotpa", "en", "AMS"),
        ("foreign_qualification", "sv", "Ålands landskapsregering"),
        ("employment_effect", "fi", "AMS"),
    ],
)
def test_in_aland_its_own_offices_are_named(topic: str, language: str, office: str) -> None:
    assert office in told(topic, language=language, place="478")
    assert office not in told(topic, language=language, place="743")


@pytest.mark.parametrize("topic", TOPICS_OF_ALAND)
@pytest.mark.parametrize(
    ("language", "name"), [("fi", "Ahvenanmaa"), ("sv", "Åland"), ("en", "Åland")]
)
@pytest.mark.parametrize("plain", [False, True])
def test_aland_is_mentioned_to_those_whose_place_is_not_known(
    topic: str, language: str, name: str, plain: bool
) -> None:
    assert name in told(topic, language=language, plain_language=plain)
    assert name not in told(topic, language=language, plain_language=plain, place="743")


def test_what_a_rule_means_for_the_person_is_said_after_it() -> None:
    lines = told(
        "unemployment_benefit", situation="unemployed", age_group="under_25", place="743"
    ).splitlines()
    assert lines[1].startswith("Ikäraja on 25 vuotta")
    assert lines[2].startswith("Lähde")


@pytest.mark.parametrize(
    ("facts", "is_said"),
    [({}, True), ({"age_group": "25_29"}, True), ({"age_group": "30_plus"}, False)],
)
def test_ohjaamo_is_for_those_under_30(facts: dict[str, str], is_said: bool) -> None:
    assert ("myös Ohjaamo" in told("guidance_services", **facts)) is is_said


@pytest.mark.parametrize(
    ("facts", "who"), [({"situation": "unemployed"}, "työllisyysalue"), ({}, "Kela")]
)
def test_who_asks_for_the_ended_allowance_hears_whom_to_ask(
    facts: dict[str, str], who: str
) -> None:
    assert who in told("adult_education_allowance", **facts).splitlines()[1]


@pytest.mark.parametrize(
    ("price", "line"),
    [
        (45, "Katsomasi vaihtoehto maksaa 45 €: Johdatus hoivaan."),
        (0, "Katsomasi vaihtoehto on maksuton: Johdatus hoivaan."),
        (None, "Tämän hintaa en tiedä: Johdatus hoivaan. Kysy se järjestäjältä."),
    ],
)
def test_the_price_of_the_option_looked_at_is_told_with_the_fee(
    price: float | None, line: str
) -> None:
    option = Shown(id="A-1", title="Johdatus hoivaan", price_eur=price)
    lines = told("cost", looked_at=option).replace("\u00a0", " ").splitlines()
    assert lines[1] == line
    assert "Johdatus hoivaan" not in told("credits", looked_at=option)


def test_a_range_of_prices_is_told_with_both_ends() -> None:
    option = Shown(id="A-1", title="Johdatus hoivaan", price_eur=0, price_max_eur=60)
    assert "maksaa 0–60 €" in told("cost", looked_at=option).replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("topic", sorted({rule.topic for rule in load_rules()}))
@pytest.mark.parametrize(
    ("today", "facts"),
    [
        (TODAY, {}),
        (date(2040, 1, 1), {"place": "743"}),
        (TODAY, {"situation": "unemployed", "age_group": "25_29"}),
    ],
)
def test_every_rule_is_told_without_gaps(
    language: str, plain: bool, topic: str, today: date, facts: dict[str, str]
) -> None:
    text = told(topic, today=today, language=language, plain_language=plain, **facts)
    assert "{" not in text
    assert "  " not in text
    assert all(line.strip() for line in text.splitlines())
