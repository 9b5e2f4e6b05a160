"""Turn "cheaper" or "nearer" into facts, measured against the options shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median_low
from typing import Any

from guidance.dialogue_memory import Shown
from guidance.profile import Profile

# Where all options shown cost or lie the same, the next limit is this much of it.
STEP_DOWN = 2 / 3

REFINEMENTS = frozenset(
    {
        "cheaper",
        "free",
        "online",
        "nearer",
        "evening",
        "weekend",
        "other_field",
        "shorter",
        "sooner",
    }
)
# These need something to compare with.
RELATIVE = frozenset({"cheaper", "nearer", "shorter", "sooner"})


def refined(
    code: str, profile: Profile, shown: Sequence[Shown], today: date | None = None
) -> dict[str, Any]:
    """Return the facts that a refinement stands for, {} when nothing could be refined further."""
    if code == "cheaper":
        return _cheaper(profile, shown)
    if code == "nearer":
        return _nearer(profile, shown)
    if code == "shorter":
        return _shorter(profile, shown)
    if code == "sooner":
        return _sooner(profile, shown, today)
    return dict(_FIXED.get(code, {}))


_FIXED: dict[str, dict[str, Any]] = {
    "free": {"budget_eur": 0},
    "online": {"online_only": True, "online_ok": True},
    "evening": {"schedule": ["evening"]},
    "weekend": {"schedule": ["weekend"]},
    "other_field": {"field": None, "interest": None},
}


def _cheaper(profile: Profile, shown: Sequence[Shown]) -> dict[str, Any]:
    prices = [item.price_eur for item in shown if item.price_eur is not None]
    limit = _lower_limit(prices, profile.budget_eur)
    return {} if limit is None else {"budget_eur": limit}


def _nearer(profile: Profile, shown: Sequence[Shown]) -> dict[str, Any]:
    distances = [item.distance_km for item in shown if item.distance_km is not None]
    if not profile.all_places:
        return {}
    limit = _lower_limit(distances, profile.max_distance_km)
    return {} if limit is None else {"max_distance_km": limit}


def _shorter(profile: Profile, shown: Sequence[Shown]) -> dict[str, Any]:
    limit = _lower_limit([item.months for item in shown if item.months], profile.max_months)
    # Less than a month is no length that anything would be known to have.
    return {"max_months": limit} if limit is not None and limit >= 1 else {}


def _sooner(profile: Profile, shown: Sequence[Shown], today: date | None) -> dict[str, Any]:
    """Return the earliest start shown that is still to come, unless as early is wished already."""
    starts = [date.fromisoformat(item.starts) for item in shown if item.starts]
    coming = min((day for day in starts if today is None or day >= today), default=None)
    wished = profile.start_by
    is_over = wished is not None and today is not None and wished < today
    if coming is None or (wished is not None and wished <= coming and not is_over):
        return {}
    return {"start_by": coming.isoformat()}


def _lower_limit(values: Sequence[float], limit: float | None) -> float | None:
    """Return a limit that leaves out the dearest or farthest of `values`, None below zero."""
    above = [value for value in values if value > 0]
    if not above:
        return None
    middle = median_low(above)
    lower = middle if middle < max(above) else _rounded(middle * STEP_DOWN)
    return lower if limit is None or lower < limit else _rounded(limit * STEP_DOWN)


def _rounded(value: float) -> int:
    """Return a number that people would say: tens, or whole ones where small."""
    return int(value // 10 * 10) if value >= 10 else int(value)
