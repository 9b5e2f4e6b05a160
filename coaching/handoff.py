"""Who has a conversation: the bot, a coach, or a call-back request; every change is recorded.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from coaching.accounts import may
from coaching.callback_requests import DONE, OPEN, TAKEN, open_requests, request_callback
from coaching.conversations import WITH_BOT
from coaching.desk_models import Coach
from coaching.handoff_states import (
    CALLBACK,
    CLOSED,
    MUTED,
    STATES,
    WAITING,
    WITH_COACH,
    change_state,
    record,
)
from coaching.models import Conversation
from coaching.queue import deserted
from coaching.sight import in_sight

__all__ = [
    "CALLBACK",
    "CLOSED",
    "DONE",
    "MUTED",
    "OPEN",
    "STATES",
    "TAKEN",
    "WAITING",
    "WITH_BOT",
    "WITH_COACH",
    "change_state",
    "open_requests",
    "request_callback",
]

PERSON, SERVICE = "person", "service"
# Why a coach is asked for, and how urgent that is.
ASKED, FAILURES, CRISIS = "asked", "failures", "crisis"
URGENCIES = {ASKED: 0, FAILURES: 0, CRISIS: 2}
MOST_URGENT = max(URGENCIES.values())
# How a conversation with a coach ended.
OUTCOMES = ("found_studies", "plan_made", "advised", "referred", "call_agreed", "left", "other")


def ask_for_coach(
    session: Session,
    conversation: Conversation,
    *,
    why: str,
    urgency: int,
    now: datetime,
    who: str = PERSON,
) -> bool:
    """Put a conversation in the queue; whoever waits already may become more urgent, never less.

    False when a coach has it already.
    """
    if conversation.state == WITH_COACH:
        return False
    before = conversation.urgency if conversation.state == WAITING else 0
    conversation.urgency = max(urgency, before)
    is_new = change_state(session, conversation, WAITING, who=who, why=why, now=now)
    if not is_new and urgency > before:
        record(session, conversation.id, WAITING, who=who, why=why, now=now)
    session.flush()
    return True


def leave_queue(session: Session, conversation: Conversation, *, why: str, now: datetime) -> bool:
    """Give a conversation that waits back to the bot; False when it does not wait."""
    if conversation.state != WAITING:
        return False
    # Whoever would rather talk with no coach shows nothing to one either.
    conversation.consented_at = None
    return change_state(session, conversation, WITH_BOT, who=PERSON, why=why, now=now)


def claim(session: Session, conversation_id: str, coach: Coach, now: datetime) -> bool:
    """Take a waiting conversation; False when another was quicker, or it is another team's."""
    seen = in_sight(coach)
    conditions = [] if seen is None else [seen]
    return _take(session, conversation_id, coach, (WAITING,), *conditions, why="claimed", now=now)


def step_in(session: Session, conversation_id: str, coach: Coach, now: datetime) -> bool:
    """Take a conversation that no coach has, asked for or not; False when one has it."""
    states = tuple(state for state in STATES if state != WITH_COACH)
    return _take(session, conversation_id, coach, states, why="stepped_in", now=now)


def assign(
    session: Session, conversation_id: str, coach: Coach, now: datetime, *, to: Coach
) -> bool:
    """Give a conversation that `coach` has to another; False when `coach` has it no longer."""
    if to.is_disabled or not may(to.role, "guide"):
        return False
    return _move(session, conversation_id, coach, WITH_COACH, why="assigned", now=now, to=to.id)


def give_back(session: Session, conversation_id: str, coach: Coach, now: datetime) -> bool:
    """Let the bot go on; False when `coach` has the conversation no longer."""
    return _move(session, conversation_id, coach, WITH_BOT, why="given_back", now=now, to=None)


def close(
    session: Session, conversation_id: str, coach: Coach, now: datetime, *, outcome: str
) -> bool:
    """End the talk with a coach; False when `coach` has the conversation no longer."""
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome!r} is not one of {', '.join(OUTCOMES)}.")
    ended = {"closed_at": now, "outcome": outcome}
    return _move(
        session, conversation_id, coach, CLOSED, why="closed", now=now, to=coach.id, **ended
    )


def take_from_gone(session: Session, conversation: Conversation, now: datetime) -> bool:
    """Put a conversation back in the queue whose coach can guide nobody any more.

    False when its coach can, or when it has none.
    """
    if conversation.id not in deserted(session):
        return False
    conversation.coach_id = None
    return change_state(session, conversation, WAITING, who=SERVICE, why="coach_gone", now=now)


def _take(
    session: Session,
    conversation_id: str,
    coach: Coach,
    states: Collection[str],
    *more: Any,
    why: str,
    now: datetime,
) -> bool:
    values = {"state": WITH_COACH, "coach_id": coach.id, "waiting_since": None}
    conditions = (Conversation.state.in_(states), Conversation.ended_at.is_(None), *more)
    if not _change(session, conversation_id, conditions, values):
        return False
    record(session, conversation_id, WITH_COACH, who=coach.name, why=why, now=now)
    return True


def _move(
    session: Session,
    conversation_id: str,
    coach: Coach,
    state: str,
    *,
    why: str,
    now: datetime,
    to: int | None,
    **values: Any,
) -> bool:
    conditions = [Conversation.state == WITH_COACH]
    # Whoever sees every conversation may move it on for a coach who has fallen ill.
    if not may(coach.role, "see_all"):
        conditions.append(Conversation.coach_id == coach.id)
    values = {"state": state, "coach_id": to, **values}
    if not _change(session, conversation_id, conditions, values):
        return False
    record(session, conversation_id, state, who=coach.name, why=why, now=now)
    return True


def _change(
    session: Session, conversation_id: str, conditions: Collection[Any], values: dict[str, Any]
) -> bool:
    """Change a conversation where it still is as it was thought to be: one statement decides."""
    changed: Any = session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, *conditions)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    known = session.get(Conversation, conversation_id, populate_existing=True)
    return bool(changed.rowcount) and known is not None
