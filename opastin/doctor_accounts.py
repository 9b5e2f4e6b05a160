"""Which accounts of the desk stand open to whoever finds their password."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from opastin.doctor import Finding
from opastin.settings import Settings

if TYPE_CHECKING:
    from coaching.desk_models import Coach

UNSEEN_DAYS = 180
ADMIN = "admin"
# More than these, and more than a third of all, is more than need be.
MANY_ADMINS = 3


def examine_accounts(settings: Settings) -> Iterator[Finding]:
    """Yield what is odd about the accounts of coaches; nothing where there are none yet."""
    coaches = _coaches(settings)
    if coaches is None:
        text = "cannot be read: see `opastin doctor`"
        yield Finding("optional", "accounts", text)
        return
    alive = [coach for coach in coaches if not coach.is_disabled]
    if not alive:
        yield Finding("ok", "accounts", "none")
        return
    now = settings.now()
    yield _one_time(alive, now)
    yield _unseen(alive, now)
    yield _admins(alive)


def _coaches(settings: Settings) -> Sequence[Coach] | None:
    from sqlalchemy.exc import SQLAlchemyError

    from coaching import accounts
    from coaching.db import open_engine, session_factory

    path = settings.conversations_url.removeprefix("sqlite:///")
    # Opening a SQLite file would create it.
    if path != settings.conversations_url and not settings.home.joinpath(path).exists():
        return []
    try:
        engine = open_engine(settings.conversations_url)
    except SQLAlchemyError:
        return None
    try:
        with session_factory(engine)() as session:
            return accounts.every(session)
    except SQLAlchemyError:
        return None
    finally:
        engine.dispose()


def _one_time(coaches: Sequence[Coach], now: datetime) -> Finding:
    subject = "one-time passwords"
    unused = [
        coach.name
        for coach in coaches
        if coach.one_time_until is not None and coach.one_time_until < now
    ]
    if unused:
        text = f"never used by {', '.join(unused)}: reset or disable with `opastin coach`"
        return Finding("broken", subject, text)
    return Finding("ok", subject, "none that waits long")


def _unseen(coaches: Sequence[Coach], now: datetime) -> Finding:
    since = now - timedelta(days=UNSEEN_DAYS)
    unseen = [coach.name for coach in coaches if (coach.seen_at or coach.created_at) < since]
    if unseen:
        text = f"not seen for {UNSEEN_DAYS} days: {', '.join(unseen)}; `opastin coach disable`"
        return Finding("broken", "idle accounts", text)
    return Finding("ok", "idle accounts", "none")


def _admins(coaches: Sequence[Coach]) -> Finding:
    names = [coach.name for coach in coaches if coach.role == ADMIN]
    if not names:
        return Finding("optional", "administrators", "none: accounts change by command alone")
    if len(names) > MANY_ADMINS and 3 * len(names) > len(coaches):
        text = f"{len(names)} of {len(coaches)} accounts: give most of them another role"
        return Finding("broken", "administrators", text)
    return Finding("ok", "administrators", ", ".join(names))
