"""What rules an option out for a learner: known violations only, never a guess."""

from __future__ import annotations

from datetime import date

from catalog.search import Candidate
from guidance.comparison import months_needed
from guidance.locality import Locality, is_remote
from guidance.profile import Profile

LADDER = {"none": 0, "basic": 1, "vocational": 2, "general_upper": 2, "bachelor": 3, "master": 4}


# The codes of all that rules out.
RULING_OUT = frozenset(
    {
        "application_closed",
        "ended",
        "far_away",
        "only_online",
        "other_language",
        "over_budget",
        "requirement_unmet",
        "too_long",
    }
)


def obstacles(
    profile: Profile, candidate: Candidate, locality: Locality, *, today: date
) -> tuple[str, ...]:
    """Return the codes of what rules the option out, () when nothing known does.

    `application_closed`, `requirement_unmet`, `over_budget`, `other_language`, `far_away` (beyond
    the distance given), `only_online` (for one who won't study online) and `too_long` (beyond the
    months given). `ended` stands alone: what its source has given up is offered to nobody.
    """
    if has_ended(candidate):
        return ("ended",)
    checks = {
        "application_closed": is_closed(candidate, today=today),
        "requirement_unmet": _requirement(profile, candidate) is False,
        "over_budget": _costs_more(profile, candidate),
        "other_language": _other_language(profile, candidate),
        "far_away": _too_far(profile, candidate, locality),
        "only_online": profile.online_ok is False and _only_remote(candidate),
        "too_long": _takes_longer(profile, candidate),
    }
    return tuple(code for code, holds in checks.items() if holds)


def has_ended(candidate: Candidate) -> bool:
    """Say whether the option's source has given it up."""
    return candidate.withdrawn_on is not None


def is_closed(candidate: Candidate, *, today: date) -> bool:
    """Say whether the application is known to have ended, or the whole option has."""
    if candidate.continuous or candidate.apply_by is None:
        return has_ended(candidate)
    return has_ended(candidate) or candidate.apply_by < today


def requirement_is_unclear(profile: Profile, candidate: Candidate) -> bool:
    """Say whether an entry demand can be neither shown to be met nor to be missed."""
    return _requirement(profile, candidate) is None


def _requirement(profile: Profile, candidate: Candidate) -> bool | None:
    required = LADDER.get(candidate.education_required or "none", 0)
    if required == 0:
        return True
    # Schooling abroad can be of any level, so `foreign` is not on the ladder.
    reached = LADDER.get(profile.education or "")
    return None if reached is None else reached >= required


def _costs_more(profile: Profile, candidate: Candidate) -> bool:
    return (
        profile.budget_eur is not None
        and candidate.price_eur is not None
        and candidate.price_eur > profile.budget_eur
    )


def _takes_longer(profile: Profile, candidate: Candidate) -> bool:
    months = months_needed(candidate)
    return profile.max_months is not None and months is not None and months > profile.max_months


def _other_language(profile: Profile, candidate: Candidate) -> bool:
    return bool(profile.teaching_languages and candidate.teaching_languages) and set(
        profile.teaching_languages
    ).isdisjoint(candidate.teaching_languages)


def _too_far(profile: Profile, candidate: Candidate, locality: Locality) -> bool:
    if profile.max_distance_km is None or locality.distance_km is None:
        return False
    if is_remote(candidate) and profile.online_ok is not False:
        return False
    return locality.distance_km > profile.max_distance_km


def _only_remote(candidate: Candidate) -> bool:
    return is_remote(candidate) and "in_person" not in candidate.modes
