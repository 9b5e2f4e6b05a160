"""Which rule may be told on a day, at a place, and to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guidance.profile import Profile
from guidance.rule_files import FollowUp, Rule, RuleError
from guidance.rules import depends_on, follow_up, is_in_aland, load_rules, rules_to_mend, stated

BEGINS = date(2026, 1, 1)
REVIEW = date(2026, 6, 30)
ENDS = date(2026, 12, 31)


def rule(**values: Any) -> Rule:
    fields = {
        "stem": "fee",
        "topic": "fee",
        "valid_from": BEGINS,
        "valid_to": ENDS,
        "review_by": REVIEW,
        "decided_by": "kela",
    }
    return Rule(**{**fields, **values})


def state(day: date, *rules: Rule, place: str | None = None) -> str:
    return stated("fee", day, place, rules=rules or (rule(),)).state


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), "not_yet"),
        (BEGINS, "in_force"),
        (REVIEW, "in_force"),
        (date(2026, 7, 1), "due"),
        (ENDS, "due"),
        (date(2027, 1, 1), "ended"),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last_and_is_reviewed_between(
    day: date, expected: str
) -> None:
    assert state(day) == expected


def test_only_a_rule_in_force_is_told() -> None:
    told = {day: stated("fee", day, rules=[rule()]).is_told for day in (BEGINS, ENDS)}
    assert told == {BEGINS: True, ENDS: True}
    assert not stated("fee", date(2027, 1, 1), rules=[rule()]).is_told


def test_a_later_version_takes_over_on_its_day() -> None:
    old = rule(valid_to=None)
    new = rule(stem="fee_2027", valid_from=date(2026, 6, 1), valid_to=None)
    stems = [
        stated("fee", day, rules=[new, old]).rule.stem
        for day in (date(2026, 5, 31), date(2026, 6, 1))
    ]
    assert stems == ["fee", "fee_2027"]


def test_an_older_version_does_not_come_back() -> None:
    old = rule(valid_from=None, valid_to=None)
    new = rule(stem="fee_2026", valid_from=BEGINS, valid_to=ENDS)
    assert state(date(2027, 1, 1), old, new) == "ended"


@pytest.mark.parametrize(
    ("place", "expected"),
    [("478", "in_aland"), ("maakunta_21", "in_aland"), ("743", "in_force"), (None, "in_force")],
)
def test_some_rules_do_not_hold_in_aland(place: str | None, expected: str) -> None:
    assert state(BEGINS, rule(not_in_aland=True), place=place) == expected
    assert state(BEGINS, rule(), place=place) == "in_force"


def test_in_aland_somebody_else_decides() -> None:
    elsewhere = stated("fee", BEGINS, "478", rules=[rule(not_in_aland=True)])
    assert (elsewhere.decided_by, elsewhere.is_told) == ("ams", False)
    assert stated("fee", BEGINS, "743", rules=[rule(not_in_aland=True)]).decided_by == "kela"


@pytest.mark.parametrize(
    ("place", "stem"),
    [("478", "fee_aland"), ("maakunta_21", "fee_aland"), ("743", "fee"), (None, "fee")],
)
def test_in_aland_its_own_version_stands_for_the_others(place: str | None, stem: str) -> None:
    own = rule(stem="fee_aland", region="aland", valid_from=None, decided_by="ams")
    assert stated("fee", BEGINS, place, rules=[rule(), own]).rule.stem == stem


def test_a_version_for_aland_alone_is_no_rule_for_everybody() -> None:
    with pytest.raises(RuleError, match="'fee'"):
        stated("fee", BEGINS, rules=[rule(region="aland")])


def test_a_version_for_aland_to_mend_is_named_by_its_file() -> None:
    rules = [rule(review_by=ENDS), rule(stem="fee_aland", region="aland")]
    assert rules_to_mend(date(2026, 7, 1), rules=rules) == {"ended": [], "due": ["fee_aland"]}


@pytest.mark.parametrize("place", [None, "any", "nowhere", "maakunta_14"])
def test_aland_is_never_guessed(place: str | None) -> None:
    assert not is_in_aland(place)


def test_a_topic_without_a_rule_is_named() -> None:
    with pytest.raises(RuleError, match="'pets'"):
        stated("pets", BEGINS)


def test_what_is_to_be_mended_is_found() -> None:
    rules = [rule(), rule(topic="grant", valid_to=None), rule(topic="new", review_by=ENDS)]
    assert rules_to_mend(date(2026, 7, 1), rules=rules) == {"ended": [], "due": ["fee", "grant"]}
    found = rules_to_mend(date(2027, 1, 1), rules=rules)
    assert found == {"ended": ["fee", "new"], "due": ["grant"]}


YOUNG = FollowUp("young", {"situation": ("unemployed",), "age_group": ("under_25",)})
UNKNOWN_AGE = FollowUp("unknown", {"age_group": ("unknown",)})
ANYBODY = FollowUp("anybody", {})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"situation": "unemployed", "age_group": "under_25"}, "young"),
        ({"situation": "employed", "age_group": "under_25"}, "anybody"),
        ({"situation": "unemployed"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_the_first_that_fits_the_person_is_added(facts: dict[str, str], expected: str) -> None:
    found = follow_up(rule(follow_ups=(YOUNG, UNKNOWN_AGE, ANYBODY)), Profile.from_dict(facts))
    assert found is not None
    assert found.name == expected


def test_nothing_is_added_where_nothing_fits() -> None:
    assert follow_up(rule(follow_ups=(YOUNG,)), Profile()) is None


@pytest.mark.parametrize(
    ("facts", "follow_ups", "expected"),
    [
        ({"situation": "unemployed"}, (YOUNG,), True),
        ({"situation": "unemployed", "age_group": "30_plus"}, (YOUNG,), False),
        ({"situation": "employed"}, (YOUNG,), False),
        ({}, (YOUNG,), False),
        ({"situation": "unemployed"}, (YOUNG, UNKNOWN_AGE), False),
        ({"situation": "unemployed"}, (), False),
    ],
)
def test_age_matters_only_where_it_would_tell_what_to_add(
    facts: dict[str, str], follow_ups: tuple[FollowUp, ...], expected: bool
) -> None:
    asked_for = depends_on(rule(follow_ups=follow_ups), Profile.from_dict(facts), "age_group")
    assert asked_for is expected


@pytest.mark.parametrize(
    "topic", ["study_grant", "unemployment_benefit", "adult_education_allowance"]
)
def test_work_and_study_support_is_of_its_own_in_aland(topic: str) -> None:
    assert stated(topic, date(2026, 11, 22), "478").state == "in_aland"


def test_the_ended_allowance_and_the_highest_fee_hold_from_their_days() -> None:
    begins = {item.topic: item.valid_from for item in load_rules()}
    assert begins["adult_education_allowance"] == date(2024, 8, 1)
    assert begins["cost"] == date(2024, 5, 1)
