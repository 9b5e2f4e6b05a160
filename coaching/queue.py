"""Who waits for a coach, in what order, how long it is likely to take, and whom a coach has.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from coaching.accounts import is_gone
from coaching.desk_models import Coach
from coaching.handoff_states import WAITING, WITH_COACH
from coaching.models import Conversation, HandoffChange, Message
from coaching.sight import of_team

# A wait is guessed from so many of the latest, and not at all from fewer than the least.
_WAITS_LOOKED_AT, _LEAST_WAITS = 10, 3
_WAITS_OF = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """A conversation in the queue; nothing in it is in a person's words."""

    conversation_id: str
    waiting_since: datetime
    urgency: int
    language: str
    channel: str
    team_id: int | None
    has_consented: bool


@dataclass(frozen=True)
class Held:
    """A conversation that a coach has, and how many of the person's messages are unread."""

    conversation_id: str
    language: str
    channel: str
    last_at: datetime
    unread: int


def waiting(session: Session, coach: Coach, now: datetime) -> list[Waiting]:
    """Return what the coach may claim: the most urgent first, then whoever has waited longest."""
    query = _in_queue().where(*of_team(coach))
    return [
        Waiting(
            conversation_id=one.id,
            waiting_since=one.waiting_since or now,
            urgency=one.urgency,
            language=one.language,
            channel=one.channel,
            team_id=one.team_id,
            has_consented=one.consented_at is not None,
        )
        for one in session.scalars(query)
    ]


def everybody(session: Session) -> list[str]:
    """Return the conversations that wait, whatever the team, in the order of the queue."""
    return [one.id for one in session.scalars(_in_queue())]


def since_when(session: Session) -> list[datetime]:
    """Return since when each of those waits who wait for a coach, whatever the team."""
    query = select(Conversation.waiting_since).where(
        Conversation.state == WAITING,
        Conversation.ended_at.is_(None),
        Conversation.waiting_since.is_not(None),
    )
    return list(session.scalars(query))


def deserted(session: Session) -> list[str]:
    """Return the conversations whose coach's account has been closed or guides nobody any more."""
    gone = Conversation.coach_id.in_(select(Coach.id).where(is_gone()))
    query = select(Conversation.id).where(
        Conversation.state == WITH_COACH, Conversation.ended_at.is_(None), gone
    )
    return list(session.scalars(query.order_by(Conversation.id)))


def mine(session: Session, coach: Coach) -> list[Held]:
    """Return the conversations that a coach has, those with unread messages first."""
    newer = and_(
        Message.conversation_id == Conversation.id, Message.number > Conversation.read_by_coach
    )
    rows = session.execute(
        select(Conversation, func.count(Message.number))
        .outerjoin(Message, newer)
        .where(Conversation.coach_id == coach.id, Conversation.state == WITH_COACH)
        .group_by(Conversation.id)
    )
    held = [Held(one.id, one.language, one.channel, one.used_at, unread) for one, unread in rows]
    return sorted(held, key=lambda one: (not one.unread, one.last_at, one.conversation_id))


def set_read(session: Session, conversation: Conversation, number: int) -> None:
    """Keep that the conversation's coach has seen the lines up to a number."""
    conversation.read_by_coach = max(conversation.read_by_coach, number)
    session.flush()


def position(session: Session, conversation: Conversation) -> int | None:
    """Return how many of the same team's queue come before; None when it does not wait."""
    if conversation.state != WAITING:
        return None
    same = (
        Conversation.team_id.is_(None)
        if conversation.team_id is None
        else Conversation.team_id == conversation.team_id
    )
    ids = [one.id for one in session.scalars(_in_queue().where(same))]
    return ids.index(conversation.id) if conversation.id in ids else len(ids)


def expected_wait(session: Session, conversation: Conversation, now: datetime) -> timedelta | None:
    """Return how much longer it is likely to take: the middle of the team's recent waits.

    None when too few are known, or when it has taken longer already: then nobody can tell.
    """
    waits = sorted(_recent_waits(session, conversation.team_id, now))
    if len(waits) < _LEAST_WAITS:
        return None
    left = waits[len(waits) // 2] - (now - (conversation.waiting_since or now))
    return left if left > timedelta(0) else None


def _in_queue() -> Select:
    return (
        select(Conversation)
        # A visit to a kiosk that has ended leaves nobody to talk with.
        .where(Conversation.state == WAITING, Conversation.ended_at.is_(None))
        .order_by(Conversation.urgency.desc(), Conversation.waiting_since, Conversation.id)
    )


def _recent_waits(session: Session, team_id: int | None, now: datetime) -> Iterator[timedelta]:
    """Yield how long the latest who got a coach had waited."""
    claims: Any = (
        select(HandoffChange)
        .join(Conversation, Conversation.id == HandoffChange.conversation_id)
        .where(
            HandoffChange.state == WITH_COACH,
            HandoffChange.why == "claimed",
            HandoffChange.changed_at > now - _WAITS_OF,
            Conversation.team_id.is_(None) if team_id is None else Conversation.team_id == team_id,
        )
        .order_by(HandoffChange.changed_at.desc())
        .limit(_WAITS_LOOKED_AT)
    )
    for claim in session.scalars(claims).all():
        before = session.scalars(
            select(HandoffChange)
            .where(
                HandoffChange.conversation_id == claim.conversation_id,
                HandoffChange.id < claim.id,
            )
            .order_by(HandoffChange.id.desc())
        )
        # Whoever became more urgent while waiting has several in a row.
        waited = list(takewhile(lambda change: change.state == WAITING, before))
        if waited:
            yield claim.changed_at - waited[-1].changed_at
