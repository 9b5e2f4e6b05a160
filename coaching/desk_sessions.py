"""Sessions of the desk: a cookie's random token, of which only the hash is kept.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from coaching.conversations import hash_of
from coaching.desk_models import Coach, CoachSession

# Seldom enough that a page that asks every few seconds does not write each time.
NOTED_AFTER = timedelta(minutes=1)
_MAX_TOKEN = 200


@dataclass(frozen=True)
class Limits:
    """How long a session lives: without use, and at all."""

    idle: timedelta = timedelta(minutes=60)
    whole: timedelta = timedelta(hours=12)


@dataclass(frozen=True)
class Opened:
    """A session that has just begun: what the cookie holds, and what its forms must send."""

    token: str
    form_token: str


def begin(session: Session, coach: Coach, *, now: datetime) -> Opened:
    """Open a session of an account."""
    opened = Opened(secrets.token_urlsafe(32), secrets.token_urlsafe(24))
    session.add(
        CoachSession(
            token_hash=hash_of(opened.token),
            coach_id=coach.id,
            form_token=opened.form_token,
            created_at=now,
            used_at=now,
        )
    )
    coach.seen_at = now
    session.flush()
    return opened


def find(
    session: Session, token: str, limits: Limits, *, now: datetime
) -> tuple[Coach, CoachSession] | None:
    """Return whose session a token opens; None when it has ended or the account is disabled."""
    if not 0 < len(token) <= _MAX_TOKEN:
        return None
    row = session.execute(
        select(Coach, CoachSession)
        .join(Coach, Coach.id == CoachSession.coach_id)
        .where(
            CoachSession.token_hash == hash_of(token),
            CoachSession.used_at > now - limits.idle,
            CoachSession.created_at > now - limits.whole,
            Coach.is_disabled.is_(False),
        )
    ).first()
    return None if row is None else (row[0], row[1])


def is_due(coach: Coach, opened: CoachSession, *, is_active: bool, now: datetime) -> bool:
    """Say whether `touch` would write anything worth writing."""
    is_use_old = is_active and opened.used_at < now - NOTED_AFTER
    return is_use_old or coach.seen_at is None or coach.seen_at < now - NOTED_AFTER


def touch(session: Session, opened: CoachSession, *, is_active: bool, now: datetime) -> None:
    """Remember that a coach is there; only what the coach does oneself keeps the session open."""
    session.execute(
        update(Coach)
        .where(Coach.id == opened.coach_id)
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )
    if is_active:
        session.execute(
            update(CoachSession)
            .where(CoachSession.token_hash == opened.token_hash)
            .values(used_at=now)
            .execution_options(synchronize_session=False)
        )


def end(session: Session, token_hash: str) -> None:
    """Close one session."""
    session.execute(
        delete(CoachSession)
        .where(CoachSession.token_hash == token_hash)
        .execution_options(synchronize_session=False)
    )


def purge(session: Session, limits: Limits, *, now: datetime) -> int:
    """Remove sessions that have ended by themselves, and return how many."""
    done: Any = session.execute(
        delete(CoachSession)
        .where(
            or_(
                CoachSession.used_at <= now - limits.idle,
                CoachSession.created_at <= now - limits.whole,
            )
        )
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
