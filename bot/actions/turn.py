"""Read a turn, the profile and the memory out of Rasa's tracker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from rasa_sdk import Tracker

from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import WHATEVER_WAS_ASKED, Turn
from guidance.facts import facts_from_entities, refusals_from_entities
from guidance.profile import Profile

PROFILE_SLOTS = tuple(item.name for item in fields(Profile))
# The channel's own additions say what the conversation is spoken in, not what was said.
_CHANNEL = "gateway"


def read_turn(tracker: Tracker, today: date | None = None) -> Turn:
    """Return the latest message, heard `today`, as the dialogue sees it."""
    message = tracker.latest_message
    entities = [item for item in message.get("entities", []) if item.get("extractor") != _CHANNEL]
    said = _first_values(entities)
    return Turn(
        intent=message["intent"]["name"],
        text=_typed(message),
        confidence=float(message["intent"].get("confidence") or 0.0),
        facts=facts_from_entities(entities),
        refused=refusals_from_entities(entities),
        refine=_text(said.get("refine")),
        ordinals=_ordinals(entities),
        option=_text(said.get("option")),
        choice=_text(said.get("choice")),
        no_preference=_slot_without_preference(said),
        has_contact="contact" in said,
        meanings=tuple(
            item["name"] for item in message.get("intent_ranking", []) if item.get("name")
        ),
        today=today,
    )


def read_profile(tracker: Tracker) -> Profile:
    """Return the profile that the slots hold."""
    values = {name: tracker.slots.get(name) for name in PROFILE_SLOTS}
    return Profile.from_dict({name: value for name, value in values.items() if value is not None})


def read_memory(tracker: Tracker) -> Memory:
    """Return what the dialogue remembers of this conversation."""
    return Memory.from_dict(tracker.get_slot("memory"))


def _first_values(entities: list[dict[str, Any]]) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    for entity in entities:
        values.setdefault(entity["entity"], entity.get("value"))
    return values


def _slot_without_preference(said: Mapping[str, Any]) -> str | None:
    if "no_preference" not in said:
        return None
    slot = said["no_preference"]
    return slot if slot in PROFILE_SLOTS else WHATEVER_WAS_ASKED


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _ordinals(entities: list[dict[str, Any]]) -> tuple[int, ...]:
    values = (entity.get("value") for entity in entities if entity["entity"] == "ordinal")
    return tuple(value for value in values if type(value) is int)


def _typed(message: Mapping[str, Any]) -> str:
    # A pressed button arrives as its payload.
    text = message.get("text") or ""
    return "" if text.startswith("/") else text
