"""Slots said beside slots found."""

from __future__ import annotations

from typing import Any

import pytest

from opastin.nlu_slots import Tally, compare_slots

COOK = {"words": "kokki", "kind": "occupation", "field": "1013", "code": None}


@pytest.mark.parametrize(
    ("slot", "said", "found"),
    [
        ("place", "743", "743"),
        ("field", "09", "0913"),
        ("field", "0913", "091"),
        ("interest", "koodausta", "jotain Koodausta"),
        ("interest", "työ päiväkodissa", "päiväkodissa lasten kanssa"),
        ("weekly_hours", 10, 10.005),
        ("online_ok", False, False),
        ("schedule", ["evening", "weekend"], ["weekend", "evening"]),
        ("competence", [COOK], [{**COOK, "words": "Kokkina", "field": "10", "code": "5120"}]),
        ("competence", [{**COOK, "field": None}], [COOK]),
    ],
)
def test_these_are_the_same(slot: str, said: Any, found: Any) -> None:
    (tally,) = compare_slots({slot: said}, {slot: found}).values()

    assert tally.is_perfect


@pytest.mark.parametrize(
    ("slot", "said", "found"),
    [
        ("place", "743", "905"),
        ("field", "0913", "0923"),
        ("field", "09", "0"),
        ("interest", "koodausta", "puutarha"),
        ("interest", "it ala", "sen ala"),
        ("weekly_hours", 10, 10.5),
        ("weekly_hours", 1, True),
        ("online_ok", True, False),
        ("competence", [COOK], [{**COOK, "kind": "skill"}]),
        ("competence", [COOK], [{**COOK, "words": "hitsari"}]),
        ("competence", [COOK], [{**COOK, "field": None}]),
    ],
)
def test_a_wrong_value_is_wrong_and_missed(slot: str, said: Any, found: Any) -> None:
    assert compare_slots({slot: said}, {slot: found}) == {slot: Tally(0, 1, 1)}


def test_lists_count_item_by_item() -> None:
    said = {"schedule": ["evening", "weekend"]}
    found = {"schedule": ["evening", "daytime", "own_pace"]}

    assert compare_slots(said, found) == {"schedule": Tally(right=1, wrong=2, missed=1)}


def test_an_item_is_found_once_only() -> None:
    said = {"competence": [COOK, COOK]}

    assert compare_slots(said, {"competence": [COOK]}) == {"competence": Tally(1, 0, 1)}


def test_what_only_one_side_has_is_missed_or_wrong() -> None:
    assert compare_slots({"goal": "degree"}, {"budget_eur": 0}) == {
        "goal": Tally(missed=1),
        "budget_eur": Tally(wrong=1),
    }


def test_one_place_is_one_of_several() -> None:
    one = {"place": "743"}
    several = {"place": "743", "places": ["743", "905"]}

    assert compare_slots(one, one).keys() == {"place"}
    assert compare_slots(several, one)["places"] == Tally(right=1, missed=1)
    assert compare_slots(one, several)["places"] == Tally(right=1, wrong=1)


def test_shares_of_a_tally() -> None:
    tally = Tally(right=3, wrong=1, missed=2) + Tally(right=3, wrong=1)

    assert tally == Tally(6, 2, 2)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.75, 0.75)
    assert tally.support == 8


def test_nothing_has_no_shares() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (None, None, None)
