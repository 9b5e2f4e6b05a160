"""Keep the pages that people take home, each until it expires.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, null, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from coaching.models import Conversation, TakeHomePage

# So long an expired page still says that it has expired, to whoever kept the paper.
KEYS_STAY = timedelta(days=90)


@dataclass(frozen=True)
class Page:
    """A page as it was stored."""

    key: str
    language: str
    plain_language: bool
    content: Mapping[str, Any]
    expires_at: datetime


def keep(
    session: Session,
    conversation: Conversation,
    content: Mapping[str, Any],
    *,
    expires_at: datetime,
) -> Page:
    """Store a conversation's page; asked for again, the same address has what is new."""
    stored = session.scalars(
        select(TakeHomePage).where(TakeHomePage.conversation_id == conversation.id)
    ).first()
    if stored is None:
        stored = TakeHomePage(key=secrets.token_urlsafe(16), conversation_id=conversation.id)
        session.add(stored)
    stored.language = conversation.language
    stored.plain_language = conversation.plain_language
    stored.content = dict(content)
    stored.expires_at = expires_at
    session.flush()
    return _page(stored)


def find(session: Session, key: str) -> Page | None:
    """Return the page under a key, expired or not; None when there is none."""
    stored = session.get(TakeHomePage, key)
    return None if stored is None else _page(stored)


def forget_expired_pages(connection: Connection, *, now: datetime) -> int:
    """Empty the pages that have expired, and say how many; their keys go some weeks later."""
    table = TakeHomePage.__table__
    connection.execute(delete(table).where(table.c.expires_at < now - KEYS_STAY))
    emptied: int = connection.execute(
        update(table)
        .where(table.c.expires_at < now, table.c.content.is_not(None))
        .values(content=null(), conversation_id=None)
    ).rowcount
    return emptied


def _page(stored: TakeHomePage) -> Page:
    return Page(
        key=stored.key,
        language=stored.language,
        plain_language=bool(stored.plain_language),
        content=stored.content or {},
        expires_at=stored.expires_at,
    )
