"""What a search says about unmet demand: where, of what and how, and nothing of who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.fields import broad
from guidance.profile import Profile
from guidance.ranking import GOAL_TYPES

NOTHING, FAR, ONLINE_ONLY = "nothing", "far", "online_only"
# Steps of the ladder that a distance of the person's own choice may hold.
_WITHIN_DISTANCE = frozenset({"region", "neighbours"})


def unmet_demand(profile: Profile, found: Mapping[str, Any]) -> dict[str, str | None] | None:
    """Return what is counted of a search that `found` (as JSON) nothing near enough, else None.

    With several places it is the first that counts; None in a value is "not known".
    """
    kind = _kind(profile, found)
    if kind is None:
        return None
    return {
        "place": next(iter(profile.all_places), None),
        "field": broad(profile.field) if profile.field else None,
        "type": next(iter(GOAL_TYPES.get(profile.goal or "", ())), None),
        "mode": _mode(profile),
        "kind": kind,
    }


def _kind(profile: Profile, found: Mapping[str, Any]) -> str | None:
    if not found["options"]:
        return NOTHING
    step = (found["fallback"] or {}).get("step")
    if step is None:
        return None
    if step == "online":
        return ONLINE_ONLY
    if profile.max_distance_km is not None and step in _WITHIN_DISTANCE:
        return None
    return FAR


def _mode(profile: Profile) -> str:
    if profile.online_only:
        return "online"
    return "in_person" if profile.online_ok is False else "any"
