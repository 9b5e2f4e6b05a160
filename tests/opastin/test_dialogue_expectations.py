"""What a script may expect of replies."""

from __future__ import annotations

from typing import Any

import pytest

from opastin.dialogue_expectations import fits, judge
from opastin.dialogue_recogniser import Recogniser
from opastin.texts import load_texts

TEXTS = load_texts()
RECOGNISER = Recogniser(TEXTS)
PLAN = {"kind": "plan", "goal": "degree", "steps": [{"text": "Hae", "by": "2027-01-15"}]}


def reply(
    name: str, *, plain: bool = False, custom: dict[str, Any] | None = None
) -> dict[str, Any]:
    text = TEXTS.text(name, "fi", plain=plain)
    return {"text": text, "language": "fi", "buttons": [], "custom": custom}


def failures(expect: dict[str, Any], *replies: dict[str, Any]) -> list[str]:
    return list(judge(expect, replies, RECOGNISER))


@pytest.mark.parametrize(
    ("value", "expected", "fit"),
    [
        (5, 5, True),
        ("743", "905", False),
        (["online", "in_person"], "online", True),
        (["in_person"], "online", False),
        (["fi", "sv", "en"], ["fi", "en"], True),
        (["fi"], ["fi", "en"], False),
        (50, {"most": 50}, True),
        (51, {"most": 50}, False),
        (50, {"least": 51}, False),
        (None, {"most": 50}, False),
        ([1, 2, 3], {"least": 3}, True),
        ([1, 2], {"least": 3}, False),
        ({"a": 1, "b": {"c": 2}}, {"b": {"c": 2}}, True),
        ({"a": 1}, {"b": 2}, False),
        ([{"a": 1}, {"a": 2, "b": 3}], {"a": 2}, True),
        (None, {"a": 2}, False),
        (False, False, True),
    ],
)
def test_values(value: Any, expected: Any, fit: bool) -> None:
    assert fits(value, expected) is fit


@pytest.mark.parametrize(
    ("custom", "is_met"),
    [
        ({"kind": "plan", "goal": "degree"}, True),
        ({"kind": "plan", "steps": {"least": 1}}, True),
        ({"kind": "plan", "steps": {"by": "2027-01-15"}}, True),
        ({"kind": "plan", "steps": {"least": 2}}, False),
        ({"kind": "saved"}, False),
        ([{"kind": "plan"}, {"kind": "saved"}], False),
    ],
)
def test_a_custom_part_has_what_is_expected_and_may_have_more(custom: Any, is_met: bool) -> None:
    missed = failures({"custom": custom}, reply("utter_greet", custom=PLAN))
    assert (missed == []) is is_met


@pytest.mark.parametrize(
    ("expect", "is_met"),
    [
        ({"shows": "plan"}, True),
        ({"shows": ["saved", "plan"]}, True),
        ({"shows": ["saved", "options"]}, False),
        ({"shows": "nothing"}, False),
        ({"asks": ["schedule", "place"]}, True),
        ({"asks": ["schedule", "field"]}, False),
    ],
)
def test_one_of_several_may_come(expect: dict[str, Any], is_met: bool) -> None:
    replies = [reply("utter_greet", custom=PLAN), reply("utter_ask_place")]
    assert (failures(expect, *replies) == []) is is_met


def test_ordinary_words_are_no_easy_language() -> None:
    assert failures({"easy": True}, reply("utter_greet", plain=True)) == []
    assert failures({"easy": True}, reply("utter_greet"))
    assert failures({"easy": False}, reply("utter_greet")) == []
