"""Reading a turn out of the tracker."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from bot.actions.turn import read_memory, read_profile, read_turn


def tracker(*entities: dict[str, Any], intent: str = "inform", **slots: Any) -> Tracker:
    message = {
        "intent": {"name": intent, "confidence": 0.9},
        "entities": list(entities),
        "intent_ranking": [],
    }
    return Tracker("learner", slots, message, [], False, None, {}, None)


def test_facts_and_steering_are_told_apart() -> None:
    turn = read_turn(
        tracker(
            {"entity": "place", "value": "905"},
            {"entity": "not_place", "value": "091"},
            {"entity": "refine", "value": "cheaper"},
            {"entity": "ordinal", "value": 2},
            {"entity": "option", "value": "A-1"},
            {"entity": "no_preference", "value": "schedule"},
            {"entity": "contact", "value": "[phone]"},
        )
    )
    assert turn.facts == {"place": "905"}
    assert turn.refused == {"place": ["091"]}
    assert (turn.refine, turn.ordinals, turn.option) == ("cheaper", (2,), "A-1")
    assert turn.no_preference == "schedule"
    assert turn.has_contact


@pytest.mark.parametrize(("value", "slot"), [("place", "place"), (True, "asked"), (None, "asked")])
def test_not_minding_is_about_what_was_asked_unless_it_says_what(value: object, slot: str) -> None:
    assert read_turn(tracker({"entity": "no_preference", "value": value})).no_preference == slot


def test_what_the_channel_adds_is_no_fact() -> None:
    added = {"entity": "plain_language", "value": False, "extractor": "gateway"}
    assert read_turn(tracker(added)).facts == {}


@pytest.mark.parametrize("value", ["2", 2.5, True, None])
def test_a_position_that_is_no_number_is_none(value: object) -> None:
    assert read_turn(tracker({"entity": "ordinal", "value": value})).ordinals == ()


def test_the_profile_is_read_from_the_slots() -> None:
    read = tracker(language="sv", plain_language=False, place="905", schedule=["evening"])
    assert read_profile(read).to_dict() == {
        "language": "sv",
        "plain_language": False,
        "place": "905",
        "schedule": ["evening"],
    }


def test_a_memory_of_an_older_version_is_read_as_far_as_it_goes() -> None:
    memory = read_memory(tracker(memory={"pending": "place", "gone": 1}))
    assert memory.pending == "place"
