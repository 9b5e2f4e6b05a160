"""Retention at the desk: sessions that have ended, counts of failed logins, old audit entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from coaching import desk_sessions, login_limits
from coaching.desk_models import AuditEntry
from coaching.desk_sessions import Limits
from opastin.settings import Settings

# The database itself refuses to delete a younger entry: migration 0004.
LEAST_AUDIT_DAYS = 366


@dataclass(frozen=True)
class DeskPurge:
    """How many rows of each kind were removed."""

    sessions: int
    login_failures: int
    audit: int


def limits_by(settings: Settings) -> Limits:
    """Return how long sessions live by the settings."""
    return Limits(
        idle=timedelta(minutes=settings.desk_idle_minutes),
        whole=timedelta(hours=settings.desk_session_hours),
    )


def purge_desk(engine: Engine, *, limits: Limits, audit_days: int, now: datetime) -> DeskPurge:
    """Remove what the desk needs no longer. Commits by itself."""
    oldest = now - timedelta(days=max(audit_days, LEAST_AUDIT_DAYS))
    with Session(engine, future=True) as session, session.begin():
        old: Any = session.execute(
            delete(AuditEntry)
            .where(AuditEntry.at < oldest)
            .execution_options(synchronize_session=False)
        )
        return DeskPurge(
            sessions=desk_sessions.purge(session, limits, now=now),
            login_failures=login_limits.purge(session, now=now),
            audit=int(old.rowcount),
        )
