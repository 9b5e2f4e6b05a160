"""Visits to a kiosk: one conversation each, ended by whoever leaves, by time or by the next one.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coaching import tickets
from coaching.callback_requests import PROMISED
from coaching.models import CallbackRequest, Conversation, Message, TakeHomePage, Ticket

# The page ends a visit long before; this is for a device that lost its power or its network.
ABANDONED_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Ended:
    """An ended visit: whether it may be erased now, or something still waits for it."""

    conversation_id: str
    may_be_erased: bool


def open_visits(session: Session, kiosk_id: str) -> Sequence[str]:
    """Return the conversations that a device has open."""
    return list(
        session.scalars(
            select(Conversation.id).where(
                Conversation.kiosk == kiosk_id, Conversation.ended_at.is_(None)
            )
        )
    )


def abandoned_visits(session: Session, *, now: datetime) -> Sequence[tuple[str, str]]:
    """Return the conversations and devices of visits that nobody has ended or used for long."""
    since = now - ABANDONED_AFTER
    # The time of use is noted seldom; what was said tells it better.
    said = select(Message.number).where(
        Message.conversation_id == Conversation.id, Message.sent_at >= since
    )
    rows = session.execute(
        select(Conversation.id, Conversation.kiosk).where(
            Conversation.kiosk.is_not(None),
            Conversation.ended_at.is_(None),
            Conversation.used_at < since,
            ~said.exists(),
        )
    )
    return [(conversation_id, kiosk_id) for conversation_id, kiosk_id in rows]


def end(session: Session, conversation_id: str, kiosk_id: str, *, now: datetime) -> Ended | None:
    """End a visit, so that its token opens nothing; None when it is no open one of the device."""
    conversation = session.get(Conversation, conversation_id, with_for_update=True)
    if conversation is None or conversation.kiosk != kiosk_id or conversation.ended_at is not None:
        return None
    conversation.ended_at = now
    session.flush()
    return Ended(conversation_id, _may_be_erased(session, conversation_id, now=now))


def erasable_visits(session: Session, *, now: datetime) -> Sequence[str]:
    """Return the ended visits for which nothing waits any longer."""
    ended = session.scalars(select(Conversation.id).where(Conversation.ended_at.is_not(None)))
    return [found for found in ended if _may_be_erased(session, found, now=now)]


def is_ended(session: Session, conversation_id: str) -> bool:
    """Say whether a visit has ended, and nobody has taken its conversation along."""
    conversation = session.get(Conversation, conversation_id, with_for_update=True)
    return conversation is not None and conversation.ended_at is not None


def set_pages_free(session: Session, conversation_id: str) -> None:
    """Let the pages taken home outlive the conversation: nothing tells any longer whose they are.

    Only for the end of a visit: whoever asks to be erased loses the pages too.
    """
    session.execute(
        update(TakeHomePage)
        .where(TakeHomePage.conversation_id == conversation_id)
        .values(conversation_id=None)
        .execution_options(synchronize_session=False)
    )


def _may_be_erased(session: Session, conversation_id: str, *, now: datetime) -> bool:
    """Say whether neither a phone may still take the conversation nor a call is promised."""
    ticket = session.scalars(
        select(Ticket).where(Ticket.conversation_id == conversation_id)
    ).first()
    if ticket is not None and tickets.is_alive(ticket, now=now):
        return False
    promised = select(CallbackRequest.id).where(
        CallbackRequest.conversation_id == conversation_id, CallbackRequest.state.in_(PROMISED)
    )
    return session.scalar(promised.limit(1)) is None
