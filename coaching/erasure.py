"""Erase conversations so that nothing is left, and prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, delete, func, select
from sqlalchemy.engine import Connection, Engine

from coaching import traces
from coaching.demand import forget_counted
from coaching.desk_models import metadata
from coaching.models import Conversation, Erased
from coaching.pseudonyms import Pseudonyms
from coaching.sqlite_file import ErasureIncomplete, rewrite
from coaching.take_home import forget_expired_pages
from opastin.queueing import PURGE, wait_for_others

# Whatever table has one of these columns holds a person's data.
_ID_COLUMNS = ("conversation_id", "sender_id")
_ERASED = metadata.tables[Erased.__tablename__]
# Takes what was deleted out of the file, and says whether it did so thoroughly.
Wipe = Callable[[Engine], bool]


class NothingToErase(Exception):
    """No table knows the conversation, or it was erased before: see `erased_at`."""

    def __init__(self, erased_at: datetime | None) -> None:
        """Keep when the conversation was erased; None when nothing was ever known of it."""
        super().__init__()
        self.erased_at = erased_at


@dataclass(frozen=True)
class Erasure:
    """How many rows each table lost, and how many are left: none."""

    removed: Mapping[str, int]
    left: Mapping[str, int]
    is_thorough: bool


@dataclass
class PurgeReport:
    """How many conversations a purge erased and why, and how many pages and exports were old."""

    expired: int = 0
    erased_before: int = 0
    pages: int = 0
    exports: int = 0
    is_thorough: bool = True
    rows: dict[str, int] = field(default_factory=dict)


def personal_tables() -> Iterator[tuple[Table, Column[Any]]]:
    """Yield every table that holds people's data with its id column, dependants first."""
    for table in reversed(metadata.sorted_tables):
        for name in _ID_COLUMNS:
            if name in table.columns:
                yield table, table.columns[name]
    conversations = metadata.tables[Conversation.__tablename__]
    yield conversations, conversations.columns["id"]


def erase(
    engine: Engine,
    conversation_id: str,
    *,
    pseudonyms: Pseudonyms,
    now: datetime,
    wipe: Wipe = rewrite,
) -> Erasure:
    """Remove a conversation from every table and file; leave a keyed hash of its id.

    Raise NothingToErase when there is nothing of it. Commits by itself.
    """
    name = pseudonyms.of_erased(conversation_id)
    had_export = _forget_export(pseudonyms, conversation_id)
    with engine.begin() as connection:
        removed = _remove(connection, conversation_id)
        if not any(removed.values()) and not had_export:
            raise NothingToErase(_erased_at(connection, name))
        _remember(connection, name, now=now)
    if pseudonyms.home is not None:
        traces.remember_erased(pseudonyms.home, {name: now})
        removed[traces.EXPORTS] = int(had_export)
    is_thorough = wipe(engine)
    left = prove_erased(engine, conversation_id, home=pseudonyms.home)
    return Erasure(removed, left, is_thorough)


def prove_erased(
    engine: Engine, conversation_id: str, *, home: Path | None = None
) -> dict[str, int]:
    """Count what tables and exports still hold of a conversation; raise when it is anything."""
    with engine.execution_options(reads_only=True).connect() as connection:
        left = {
            table.name: int(
                connection.scalar(
                    select(func.count()).select_from(table).where(column == conversation_id)
                )
                or 0
            )
            for table, column in personal_tables()
        }
    if home is not None:
        left[traces.EXPORTS] = int(traces.has_export(home, conversation_id))
    if any(left.values()):
        found = ", ".join(f"{name}: {count}" for name, count in left.items() if count)
        raise ErasureIncomplete(f"Something is left after the erasure ({found}).")
    return left


def purge(
    engine: Engine,
    *,
    retention_days: int,
    pseudonyms: Pseudonyms,
    now: datetime,
    wipe: Wipe = rewrite,
) -> PurgeReport:
    """Erase the conversations unused for `retention_days`, and again those erased before.

    The latter come back with a restored backup, or when the bot was still at work on an
    answer while its conversation was erased. Pages to take home are emptied when they have expired.
    What earlier weeks counted of unmet demand is forgotten in the others, and so are exports that
    were saved long ago. Commits by itself.
    """
    report = PurgeReport()
    home = pseudonyms.home
    listed = {} if home is None else traces.read_erased(home)
    with engine.begin() as connection:
        # Two gateways that erase the same in another order would wait for each other.
        wait_for_others(connection, PURGE)
        for name, moment in listed.items():
            # A restored backup does not know of what was erased after it.
            _remember(connection, name, now=moment)
        expired = set(
            connection.scalars(
                select(Conversation.id).where(
                    Conversation.used_at < now - timedelta(days=retention_days)
                )
            )
        )
        erased = set(connection.scalars(select(Erased.id_hash)))
        again = {known for known in _known_ids(connection) if pseudonyms.of_erased(known) in erased}
        for conversation_id in expired | again:
            for table, rows in _remove(connection, conversation_id).items():
                report.rows[table] = report.rows.get(table, 0) + rows
            _remember(connection, pseudonyms.of_erased(conversation_id), now=now)
        forget_counted(connection, now=now)
        report.pages = forget_expired_pages(connection, now=now)
        report.expired, report.erased_before = len(expired - again), len(again)
        known = {row.id_hash: row.erased_at for row in connection.execute(select(_ERASED))}
    if home is not None:
        unlisted = {name: moment for name, moment in known.items() if name not in listed}
        traces.remember_erased(home, unlisted)
        report.exports = _purge_exports(pseudonyms, home, set(known), now=now)
    if report.expired or report.erased_before or report.pages:
        report.is_thorough = wipe(engine)
    return report


def _forget_export(pseudonyms: Pseudonyms, conversation_id: str) -> bool:
    return pseudonyms.home is not None and traces.forget_export(pseudonyms.home, conversation_id)


def _purge_exports(pseudonyms: Pseudonyms, home: Path, erased: set[str], *, now: datetime) -> int:
    of_erased = [
        known for known in traces.saved_exports(home) if pseudonyms.of_erased(known) in erased
    ]
    forgotten = sum(traces.forget_export(home, known) for known in of_erased)
    return forgotten + traces.purge_exports(home, now=now)


def _known_ids(connection: Connection) -> set[str]:
    known: set[str] = set()
    for _, column in personal_tables():
        known.update(connection.scalars(select(column).where(column.is_not(None)).distinct()))
    return known


def _remove(connection: Connection, conversation_id: str) -> dict[str, int]:
    return {
        table.name: connection.execute(delete(table).where(column == conversation_id)).rowcount
        for table, column in personal_tables()
    }


def _remember(connection: Connection, id_hash: str, *, now: datetime) -> None:
    if _erased_at(connection, id_hash) is None:
        connection.execute(_ERASED.insert().values(id_hash=id_hash, erased_at=now))


def _erased_at(connection: Connection, id_hash: str) -> datetime | None:
    moment: datetime | None = connection.scalar(
        select(Erased.erased_at).where(Erased.id_hash == id_hash)
    )
    return moment
