"""How the handing over of a conversation stands, and what could be had now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from catalog.geography import load_geography
from coaching import queue, routing
from coaching.desk_models import Coach, Team
from coaching.handoff import WAITING, WITH_COACH
from coaching.models import Conversation
from coaching.opening import is_open, next_open
from coaching.packet import read_slots
from web.opening_words import hours_in_words
from web.wording import say

KIND = "handoff"


@dataclass(frozen=True)
class Prospects:
    """Who could take a conversation: the team it comes to, and whether anybody is there."""

    team: Team | None
    is_on_duty: bool
    # When the team is at work next; None where that is not known, or it is at work now.
    opens_at: datetime | None


def look_around(session: Session, conversation: Conversation, now: datetime) -> Prospects:
    """Return what could be promised to the person now; the conversation is given its team.

    Whoever waits already stays with the team that was asked.
    """
    if conversation.state != WAITING:
        profile = read_slots(session, conversation.id)
        found = routing.team_for(session, conversation, profile, region_of=region_of)
        conversation.team_id = None if found is None else found.id
    team = _team(session, conversation)
    on_duty = routing.coaches_on_duty(session, team, conversation.language, now)
    hours = {} if team is None else team.hours
    opens_at = None if is_open(hours, now) else next_open(hours, now)
    return Prospects(team, bool(on_duty), opens_at)


def describe(session: Session, conversation: Conversation) -> dict[str, object]:
    """Return what tells a page who has the conversation."""
    state: dict[str, object] = {
        "state": conversation.state,
        "position": queue.position(session, conversation),
        "hours": hours_of(session, conversation),
    }
    name = coach_name(session, conversation)
    return state | ({"name": name} if name else {})


def part(
    session: Session, conversation: Conversation, state: str, **more: object
) -> dict[str, object]:
    """Return the custom part of a line that tells how the handing over stands."""
    position = queue.position(session, conversation) if state == WAITING else None
    hours = None if state == WITH_COACH else hours_of(session, conversation)
    return {"kind": KIND, "state": state, "position": position, "hours": hours, **more}


def hours_of(session: Session, conversation: Conversation) -> str:
    """Return when the conversation's coaches can be reached."""
    team = _team(session, conversation)
    told = hours_in_words(team.hours, conversation.language) if team is not None else ""
    return told or say("hours", conversation.language)


def coach_name(session: Session, conversation: Conversation) -> str | None:
    """Return what the coach who has the conversation is called."""
    if conversation.state != WITH_COACH or conversation.coach_id is None:
        return None
    coach = session.get(Coach, conversation.coach_id)
    return None if coach is None else str(coach.display_name)


def region_of(place: str) -> str | None:
    """Return the region that a place lies in, None for what is no place."""
    geography = load_geography()
    return None if geography.get(place) is None else geography.region_of(place)


def _team(session: Session, conversation: Conversation) -> Team | None:
    return None if conversation.team_id is None else session.get(Team, conversation.team_id)
