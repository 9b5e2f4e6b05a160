"""Read what the measures are made of: a row for each conversation, without any words.

Every function works within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching.callback_requests import DONE
from coaching.demand import week_of
from coaching.desk_models import ConversationFigures
from coaching.handoff_states import CALLBACK, WAITING, WITH_COACH
from coaching.measure_scope import Scope, within
from coaching.models import CallbackRequest, Conversation, HandoffChange

# A coach had the talk, and the person went away before anything came of it.
NO_SUCCESS = frozenset({"left"})
OFFICE_HOURS = (time(8), time(16))


@dataclass(frozen=True)
class Talk:
    """What one conversation came to."""

    week: str
    channel: str
    language: str
    place: str
    team_id: int | None
    is_plain: bool
    is_off_hours: bool
    messages: int
    failed: int
    rating: int | None
    saw_options: bool
    has_plan: bool
    asked_for_coach: bool
    had_coach: bool
    was_handed_over: bool
    is_success: bool
    wait_minutes: float | None


def read_talks(session: Session, scope: Scope) -> list[Talk]:
    """Return the conversations of a scope in which the person said something.

    What speaks for the service itself (the channel `test`) is left out.
    """
    called = set(
        session.scalars(
            within(select(CallbackRequest.conversation_id), scope).where(
                CallbackRequest.conversation_id == Conversation.id, CallbackRequest.state == DONE
            )
        )
    )
    handoffs = _read_handoffs(session, scope)
    figures = ConversationFigures
    rows = session.execute(
        within(
            select(
                Conversation.id,
                Conversation.created_at,
                Conversation.channel,
                Conversation.language,
                Conversation.plain_language,
                Conversation.team_id,
                Conversation.outcome,
                figures.place,
                figures.messages,
                figures.failed,
                figures.rating,
                figures.saw_options,
                figures.has_plan,
                figures.was_handed_over,
            ),
            scope,
        )
    )
    return [
        _talk(row, handoffs.get(row.id, _NONE), scope, was_called=row.id in called) for row in rows
    ]


@dataclass(frozen=True)
class _Handoff:
    asked: bool = False
    had_coach: bool = False
    wait_minutes: float | None = None


_NONE = _Handoff()


def _read_handoffs(session: Session, scope: Scope) -> Mapping[str, _Handoff]:
    changes = session.execute(
        within(
            select(HandoffChange.conversation_id, HandoffChange.state, HandoffChange.changed_at),
            scope,
        )
        .where(HandoffChange.conversation_id == Conversation.id)
        .order_by(HandoffChange.conversation_id, HandoffChange.id)
    )
    return {
        name: _handoff([(state, at) for _, state, at in rows])
        for name, rows in groupby(changes, key=lambda row: row[0])
    }


def _handoff(changes: list[tuple[str, datetime]]) -> _Handoff:
    states = {state for state, _ in changes}
    waiting: datetime | None = None
    wait: float | None = None
    for state, at in changes:
        if state == WITH_COACH and waiting is not None and wait is None:
            # The first wait is the one that counts for the person.
            wait = (at - waiting).total_seconds() / 60
        waiting = at if state == WAITING else None
    return _Handoff(bool(states & {WAITING, CALLBACK}), WITH_COACH in states, wait)


def _talk(row: Any, handoff: _Handoff, scope: Scope, *, was_called: bool) -> Talk:
    local = row.created_at.astimezone(scope.zone)
    opens, closes = OFFICE_HOURS
    has_outcome = row.outcome is not None and row.outcome not in NO_SUCCESS
    return Talk(
        week=week_of(local.date()),
        channel=row.channel,
        language=row.language,
        place=row.place or "",
        team_id=row.team_id,
        is_plain=row.plain_language,
        is_off_hours=local.weekday() > 4 or not opens <= local.time() < closes,
        messages=row.messages,
        failed=row.failed,
        rating=row.rating,
        saw_options=row.saw_options,
        has_plan=row.has_plan,
        asked_for_coach=handoff.asked,
        had_coach=handoff.had_coach,
        was_handed_over=row.was_handed_over,
        is_success=row.saw_options or row.has_plan or has_outcome or was_called,
        wait_minutes=handoff.wait_minutes,
    )
