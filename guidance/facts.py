"""Fold what was found in a message into facts for the profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from guidance.profile import Profile, ProfileError

_SLOTS = frozenset(item.name for item in fields(Profile))
_LISTS = frozenset({"schedule", "teaching_languages", "competence"})
# The channel adds the conversation's language to every message; only a wish for one is a fact.
_RENAMED = {"language_wish": "language"}
_IGNORED = frozenset({"language"})
_REFUSAL = "not_"


def facts_from_entities(entities: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return the profile's slots that `entities` fill, as JSON values; the first mention wins.

    Lists hold every mention in order. What the profile would refuse is left out.

    >>> facts_from_entities([{"entity": "place", "value": "743"}])
    {'place': '743'}
    """
    facts: dict[str, object] = {}
    places: list[object] = []
    for name, value in _mentions(entities):
        if name in _LISTS:
            _append(facts, name, value)
        elif name in ("place", "places"):
            if value not in places:
                places.append(value)
        else:
            facts.setdefault(name, value)
    if facts.get("online_only"):
        facts["online_ok"] = True
    if places:
        facts["place"] = places[0]
    if len(places) > 1:
        facts["places"] = places
    return facts


def refusals_from_entities(entities: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    """Return the values that a person said no to ("en Helsinkiin"), by slot."""
    refused: dict[str, list[object]] = {}
    for entity in entities:
        name = str(entity.get("entity", ""))
        if name.startswith(_REFUSAL) and name[len(_REFUSAL) :] in _SLOTS:
            refused.setdefault(name[len(_REFUSAL) :], []).append(entity.get("value"))
    return refused


def _mentions(entities: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, object]]:
    for entity in entities:
        said = str(entity.get("entity", ""))
        name = _RENAMED.get(said, said)
        if said in _IGNORED or name not in _SLOTS:
            continue
        value = entity.get("value")
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if _is_acceptable(name, item):
                yield name, item


def _is_acceptable(name: str, value: object) -> bool:
    # The profile alone knows which values are right, so it is asked.
    if value is None:
        return False
    try:
        Profile().with_facts({name: [value] if name in _LISTS | {"places"} else value})
    except ProfileError:
        return False
    return True


def _append(facts: dict[str, object], name: str, value: object) -> None:
    known = facts.setdefault(name, [])
    if isinstance(known, list) and value not in known:
        known.append(value)
