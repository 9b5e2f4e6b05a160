"""Which team a conversation comes to: by referral code, place, topic and language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coaching.accounts import may
from coaching.desk_models import Coach, Team
from coaching.models import Conversation
from coaching.opening import is_open

# Since a coach's page was last heard of, which asks now and then by itself.
PRESENT_FOR = timedelta(minutes=5)
# What a team asks for and gets counts; the more telling, the more.
_REFERRAL, _PLACE, _FIELD, _LANGUAGE = 8, 4, 2, 1

RegionOf = Callable[[str], str | None]


def team_for(
    session: Session,
    conversation: Conversation,
    profile: Mapping[str, Any],
    *,
    region_of: RegionOf = lambda place: None,
) -> Team | None:
    """Return the team that fits best, None where none does: then any coach may take it.

    A team that asks for a place, field or language gets nothing else, but its referral codes come
    before all that. `region_of` gives the region that a municipality lies in.
    """
    scores = [
        (score, -team.id, team)
        for team in session.scalars(select(Team).order_by(Team.id))
        if (score := _score(team, conversation, profile, region_of)) is not None
    ]
    return max(scores)[2] if scores else None


def coaches_on_duty(
    session: Session, team: Team | None, language: str, now: datetime
) -> list[Coach]:
    """Return who could take a conversation of the team at once, in the person's language.

    Coaches without a team belong to every team. Outside its opening hours a team has nobody.
    """
    if team is not None and not is_open(team.hours, now):
        return []
    query = select(Coach).where(
        Coach.is_disabled.is_(False),
        Coach.is_available.is_(True),
        Coach.seen_at > now - PRESENT_FOR,
    )
    if team is not None:
        query = query.where(or_(Coach.team_id == team.id, Coach.team_id.is_(None)))
    return [
        coach
        for coach in session.scalars(query.order_by(Coach.id))
        if may(coach.role, "guide") and (not coach.languages or language in coach.languages)
    ]


def _score(
    team: Team, conversation: Conversation, profile: Mapping[str, Any], region_of: RegionOf
) -> int | None:
    """Return how well a team fits, None where it asks for something else."""
    if conversation.referral and _fold(conversation.referral) in map(_fold, team.referrals):
        return _REFERRAL
    places, field = _places(profile, region_of), str(profile.get("field") or "")
    fits = (
        (team.places, _PLACE, not places.isdisjoint(team.places)),
        (team.fields, _FIELD, any(field.startswith(code) for code in team.fields)),
        (team.languages, _LANGUAGE, conversation.language in team.languages),
    )
    if any(wished and not is_met for wished, _, is_met in fits):
        return None
    # A team that asks for nothing but a referral code takes nothing else.
    if team.referrals and not (team.places or team.fields or team.languages):
        return None
    return sum(score for wished, score, _ in fits if wished)


def _places(profile: Mapping[str, Any], region_of: RegionOf) -> set[str]:
    named = {str(code) for code in (profile.get("place"), *(profile.get("places") or ())) if code}
    regions = (region_of(code) for code in named)
    return named | {region for region in regions if region}


def _fold(code: str) -> str:
    return code.strip().casefold()
