"""Go on with a conversation on another device: a ticket that works once, within minutes.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from coaching.conversations import Started, hash_of, new_token
from coaching.models import Conversation, Ticket

LIVES = timedelta(minutes=5)


@dataclass(frozen=True)
class Issued:
    """A new ticket; only the hash of its code is kept."""

    code: str
    expires_at: datetime


def issue(session: Session, conversation: Conversation, *, now: datetime) -> Issued:
    """Return a new ticket for a conversation; an earlier one works no longer."""
    session.execute(delete(Ticket).where(Ticket.conversation_id == conversation.id))
    issued = Issued(secrets.token_urlsafe(24), now + LIVES)
    session.add(
        Ticket(
            code_hash=hash_of(issued.code),
            conversation_id=conversation.id,
            expires_at=issued.expires_at,
        )
    )
    session.flush()
    return issued


def is_alive(ticket: Ticket, *, now: datetime) -> bool:
    """Say whether a ticket still works."""
    return bool(ticket.expires_at >= now)


def find(session: Session, code: str, *, now: datetime) -> Conversation | None:
    """Return the conversation that a ticket is for; None when it is used, too old or unknown."""
    ticket = session.get(Ticket, hash_of(code))
    if ticket is None or not is_alive(ticket, now=now):
        return None
    return session.get(Conversation, ticket.conversation_id)


def use(session: Session, code: str, *, now: datetime) -> tuple[Started, str] | None:
    """Use a ticket up: return the conversation's new token and language, and end the old token.

    None when it is used already, too old or unknown.
    """
    ticket = session.scalars(
        select(Ticket).where(Ticket.code_hash == hash_of(code)).with_for_update()
    ).first()
    if ticket is None or not is_alive(ticket, now=now):
        return None
    conversation = session.get(Conversation, ticket.conversation_id, with_for_update=True)
    session.delete(ticket)
    session.flush()
    if conversation is None:
        return None
    token = new_token(conversation.id)
    conversation.token_hash = hash_of(token)
    # It is no visit any longer: the end of the visit must not reach it.
    conversation.kiosk = conversation.ended_at = None
    conversation.used_at = now
    return Started(conversation.id, token), conversation.language
