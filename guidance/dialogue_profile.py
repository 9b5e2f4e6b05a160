"""What a turn changes in the profile, and how to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Turn
from guidance.profile import Profile

# Settings of the conversation, kept through everything.
_KEPT = ("language", "plain_language")


@dataclass(frozen=True)
class Folded:
    """The profile after a turn, what changed in it, and the values it had before."""

    profile: Profile
    changed: Mapping[str, Any]
    before: Mapping[str, Any]


def fold(profile: Profile, memory: Memory, turn: Turn) -> Folded:
    """Put the facts of `turn` into the profile, whatever had been asked."""
    facts = {name: value for name, value in turn.facts.items() if name not in _KEPT}
    if memory.pending == "place" and facts.get("online_ok") is True and "place" not in facts:
        # "Online" in answer to "where" is the place.
        facts["online_only"] = True
    if facts.get("goal") == "unsure" and profile.goal is not None:
        del facts["goal"]
    if turn.refine is not None and "field" not in facts:
        # "Edullisempia" in answer to "what interests you" is not what interests.
        facts.pop("interest", None)
    known = profile.to_dict()
    facts |= _without_refused(known, facts, turn)
    facts |= _consequences(known, facts)
    if "place" in facts and known.get("online_only") and _took_online_for_place(memory, turn):
        facts.setdefault("online_only", False)
    if facts.get("competence"):
        facts["competence"] = _joined(known.get("competence", []), facts["competence"])
    folded = profile.with_facts(facts)
    return _compare(profile, folded, facts)


def change(profile: Profile, facts: Mapping[str, object]) -> Folded:
    """Put `facts` into the profile; None clears a slot."""
    return _compare(profile, profile.with_facts(facts), facts)


def forgotten(profile: Profile) -> Profile:
    """Return an empty profile of the same language."""
    return Profile(language=profile.language, plain_language=profile.plain_language)


def knows_anything(profile: Profile) -> bool:
    """Say whether the profile holds more than how to speak."""
    return profile != forgotten(profile)


def _compare(profile: Profile, folded: Profile, facts: Mapping[str, object]) -> Folded:
    old, new = profile.to_dict(), folded.to_dict()
    differing = [name for name in facts if old.get(name) != new.get(name)]
    return Folded(
        profile=folded,
        changed={name: _added(old.get(name), new[name]) for name in differing if name in new},
        before={name: old.get(name) for name in differing},
    )


def _added(old: Any, new: Any) -> Any:
    """Return what is new in a list of competences, so that only it is acknowledged."""
    if isinstance(new, list) and new and isinstance(new[0], Mapping):
        return [item for item in new if item not in (old or [])]
    return new


def _without_refused(
    known: Mapping[str, Any], facts: Mapping[str, object], turn: Turn
) -> dict[str, Any]:
    """Return the slots that hold what was just said no to, without it."""
    cleared: dict[str, Any] = {}
    for slot, values in turn.refused.items():
        if slot in facts or slot not in known:
            continue
        value = known[slot]
        if isinstance(value, list):
            cleared[slot] = [item for item in value if item not in values]
        elif value in values or (slot == "field" and _is_under_any(str(value), values)):
            cleared[slot] = None
    return cleared


def _is_under_any(field: str, refused: list[object]) -> bool:
    """Say whether a field is refused by itself, by the wider one it lies in or one within it."""
    return any(
        field.startswith(str(code)) or str(code).startswith(field) for code in refused if code
    )


def _took_online_for_place(memory: Memory, turn: Turn) -> bool:
    """Say whether a place now stands for the "online" that was answered just before."""
    last = memory.history[-1] if memory.history else None
    return turn.intent == "correct" or (last is not None and "online_only" in last.before)


def _consequences(known: Mapping[str, Any], facts: Mapping[str, object]) -> dict[str, Any]:
    """Return what new facts make untrue of the old ones."""
    result: dict[str, Any] = {}
    if "place" in facts and "places" not in facts and "places" in known:
        result["places"] = []
    if facts.get("online_ok") is False and known.get("online_only"):
        result["online_only"] = False
    if facts.get("online_only") is True and known.get("online_ok") is False:
        result["online_ok"] = True
    new_field = "field" in facts and known.get("field") not in (None, facts["field"])
    if new_field and "interest" not in facts and "interest" in known:
        # The words were about the field that is no longer wished for.
        result["interest"] = None
    return result


def _joined(old: list[Any], new: Any) -> list[Any]:
    said = {str(item["words"]).casefold() for item in old}
    return [*old, *(item for item in new if str(item["words"]).casefold() not in said)]
