"""The audit: who did what and when, only ever added to, and never a person's words.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching.desk_models import AuditEntry

# Who acted, where it was the command line.
OPERATOR = "operator"
PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which entries to read; None is "any". `until` is not included."""

    who: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    # The oldest entry of the page before, to go on after it.
    before: int | None = None


def note(session: Session, who: str, action: str, subject: str | None, now: datetime) -> None:
    """Add an entry; `subject` is an account's or team's name, or Pseudonyms.in_audit of an id."""
    session.add(AuditEntry(at=now, who=who, action=action, subject=subject))
    session.flush()


def is_noted(session: Session, who: str, action: str, subject: str, *, since: datetime) -> bool:
    """Say whether an entry tells of it already."""
    query = select(AuditEntry.id).where(
        AuditEntry.who == who,
        AuditEntry.action == action,
        AuditEntry.subject == subject,
        AuditEntry.at >= since,
    )
    return session.execute(query.limit(1)).first() is not None


def read(session: Session, wanted: Wanted, *, limit: int = PAGE) -> Sequence[AuditEntry]:
    """Return entries, the newest first."""
    query = select(AuditEntry)
    if wanted.who is not None:
        query = query.where(AuditEntry.who == wanted.who)
    if wanted.subject is not None:
        query = query.where(AuditEntry.subject == wanted.subject)
    if wanted.since is not None:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AuditEntry.at < wanted.until)
    if wanted.before is not None:
        query = query.where(AuditEntry.id < wanted.before)
    found: Sequence[AuditEntry] = session.scalars(
        query.order_by(AuditEntry.id.desc()).limit(limit)
    ).all()
    return found
