"""Read a conversation in parts, with what was understood of each turn.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching.desk_models import Review
from coaching.models import Message, Reply
from coaching.transcript import Line, line_of_message, line_of_reply

PART = 40


@dataclass(frozen=True)
class Understanding:
    """What was understood of a message, and what a coach has said of that."""

    intent: str | None
    confidence: float | None
    heard: str | None
    asked: str | None
    slots: Mapping[str, Any]
    is_button: bool
    is_answered: bool
    verdict: str | None = None


@dataclass(frozen=True)
class Told:
    """One line of a transcript, when it was said, and for a person's what was understood."""

    line: Line
    at: datetime
    understanding: Understanding | None = None


@dataclass(frozen=True)
class Part:
    """Some lines of a conversation in order, and whether there are more on either side."""

    lines: Sequence[Told]
    has_earlier: bool
    has_later: bool


def read_part(
    session: Session,
    conversation_id: str,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = PART,
) -> Part:
    """Return at most `limit` lines: just before or after a number, or the first ones."""
    lines = [
        *_messages(session, conversation_id, before, after, limit),
        *_replies(session, conversation_id, before, after, limit),
    ]
    lines.sort(key=lambda told: told.line.id)
    lines = lines[-limit:] if before is not None else lines[:limit]
    if not lines:
        return Part((), has_earlier=False, has_later=False)
    return Part(
        lines,
        has_earlier=_is_any(session, conversation_id, below=lines[0].line.id),
        has_later=_is_any(session, conversation_id, above=lines[-1].line.id),
    )


def _messages(
    session: Session, conversation_id: str, before: int | None, after: int | None, limit: int
) -> list[Told]:
    query = select(Message, Review.verdict).outerjoin(
        Review,
        (Review.conversation_id == Message.conversation_id) & (Review.number == Message.number),
    )
    rows = session.execute(_within(query, Message, conversation_id, before, after, limit))
    return [
        Told(
            line_of_message(message),
            message.sent_at,
            Understanding(
                intent=message.intent,
                confidence=message.confidence,
                heard=message.heard,
                asked=message.asked,
                slots=message.slots or {},
                is_button=message.payload is not None,
                is_answered=message.answered_at is not None,
                verdict=verdict,
            ),
        )
        for message, verdict in rows
    ]


def _replies(
    session: Session, conversation_id: str, before: int | None, after: int | None, limit: int
) -> list[Told]:
    query = _within(select(Reply), Reply, conversation_id, before, after, limit)
    return [Told(line_of_reply(reply), reply.sent_at) for reply in session.scalars(query)]


def _within(
    query: Any,
    table: type[Message] | type[Reply],
    conversation_id: str,
    before: int | None,
    after: int | None,
    limit: int,
) -> Any:
    query = query.where(table.conversation_id == conversation_id).limit(limit)
    if before is not None:
        return query.where(table.number < before).order_by(table.number.desc())
    if after is not None:
        query = query.where(table.number > after)
    return query.order_by(table.number)


def _is_any(
    session: Session, conversation_id: str, *, below: int | None = None, above: int | None = None
) -> bool:
    for table in (Message, Reply):
        beyond = table.number < below if below is not None else table.number > above
        query = select(table.number).where(table.conversation_id == conversation_id, beyond)
        if session.execute(query.limit(1)).first() is not None:
            return True
    return False
