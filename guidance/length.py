"""How long studies take, for the whole option and for the part or more that a route demands."""

from __future__ import annotations

import math

# A year of full-time study is 60 credits; beside a job people manage about half of that.
CREDITS_A_MONTH = 30 / 12


def months_of(duration: float | None, size: float | None) -> float | None:
    """Return how many months studies take, reckoned from their credits where nobody says."""
    if duration is not None:
        return duration
    return None if size is None else max(1, round(size / CREDITS_A_MONTH))


def months_of_route(
    duration: float | None, size: float | None, demanded: float | None
) -> float | None:
    """Return how many months the credits take that a route demands.

    A part of the credits takes a part of the time, and more credits take more of it.
    """
    if duration is None or not demanded or not size or demanded == size:
        return months_of(duration, demanded or size)
    return math.ceil(duration * demanded / size)


def asks_more(size: float | None, demanded: float | None) -> bool:
    """Say whether a route demands more credits than the option itself has."""
    return size is not None and demanded is not None and demanded > size
