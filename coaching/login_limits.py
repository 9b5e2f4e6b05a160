"""Growing waits after failed logins, counted by account, browser and address under keyed hashes.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from coaching.desk_models import LoginFailures

# So many mistakes cost no wait: of one account or browser, and of all who share an address.
FREE, FREE_OF_ADDRESS = 5, 20
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(days=1)


def take(session: Session, keys: Mapping[str, int], *, now: datetime) -> timedelta:
    """Count a try as failed and return zero, or return how long the next one must wait.

    `keys` maps hashes to the mistakes that cost nothing. The try is counted before the password
    is looked at, so that many at once gain nothing; `forgive` and `give_back` undo it.
    """
    for key in sorted(keys):
        _insert(session, key, now=now)
    # In one order, so that two tries with the same keys do not wait for each other.
    found = session.scalars(
        select(LoginFailures)
        .where(LoginFailures.key.in_(keys))
        .order_by(LoginFailures.key)
        .with_for_update()
    ).all()
    wait = max(_wait(row, keys[row.key], now) for row in found)
    if wait > timedelta(0):
        return wait
    for row in found:
        is_old = row.since < now - _FORGOTTEN_AFTER
        row.failures, row.since = (0 if is_old else row.failures) + 1, now
    session.flush()
    return wait


def forgive(session: Session, key: str) -> None:
    """Forget the failures of an account or a browser: the right password has come."""
    session.execute(
        delete(LoginFailures)
        .where(LoginFailures.key == key)
        .execution_options(synchronize_session=False)
    )


def give_back(session: Session, key: str) -> None:
    """Take one failure off an address; the others may be of somebody else."""
    session.execute(
        update(LoginFailures)
        .where(LoginFailures.key == key, LoginFailures.failures > 0)
        .values(failures=LoginFailures.failures - 1)
        .execution_options(synchronize_session=False)
    )


def purge(session: Session, *, now: datetime) -> int:
    """Remove what no longer counts, and return how many rows that were."""
    done: Any = session.execute(
        delete(LoginFailures)
        .where(LoginFailures.since < now - _FORGOTTEN_AFTER)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)


def _wait(row: LoginFailures, free: int, now: datetime) -> timedelta:
    over = row.failures - free
    if over < 0 or row.since < now - _FORGOTTEN_AFTER:
        return timedelta(0)
    # Beyond a few doublings the longest wait holds anyway.
    whole = min(_FIRST_WAIT * 2 ** min(over, 10), _LONGEST_WAIT)
    left: timedelta = row.since + whole - now
    return max(left, timedelta(0))


def _insert(session: Session, key: str, *, now: datetime) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(LoginFailures.__table__).values(key=key, failures=0, since=now)
    session.execute(row.on_conflict_do_nothing())
