"""Erase conversations so that nothing is left, and prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, delete, func, select
from sqlalchemy.engine import Connection, Engine

from coaching.demand import forget_counted
from coaching.models import Conversation, Erased, metadata
from coaching.pseudonyms import Pseudonyms
from coaching.sqlite_file import ErasureIncomplete, rewrite
from coaching.take_home import forget_expired_pages

# Whatever table has one of these columns holds a person's data.
_ID_COLUMNS = ("conversation_id", "sender_id")
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
    """How many conversations a purge erased and why, and how many pages had expired."""

    expired: int = 0
    erased_before: int = 0
    pages: int = 0
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
    with engine.begin() as connection:
        removed = _remove(connection, conversation_id)
        if not any(removed.values()):
            raise NothingToErase(_erased_at(connection, pseudonyms.of_erased(conversation_id)))
        _remember(connection, pseudonyms.of_erased(conversation_id), now=now)
    is_thorough = wipe(engine)
    return Erasure(removed, prove_erased(engine, conversation_id), is_thorough)


def prove_erased(engine: Engine, conversation_id: str) -> dict[str, int]:
    """Count what every table still holds of a conversation; raise when it is anything."""
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
    if any(left.values()):
        found = ", ".join(f"{name}: {count}" for name, count in left.items() if count)
        raise ErasureIncomplete(f"Rows are left after the erasure ({found}).")
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
    What earlier weeks counted of unmet demand is forgotten in the others. Commits by itself.
    """
    report = PurgeReport()
    with engine.begin() as connection:
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
    if report.expired or report.erased_before or report.pages:
        report.is_thorough = wipe(engine)
    return report


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
        connection.execute(
            metadata.tables[Erased.__tablename__].insert().values(id_hash=id_hash, erased_at=now)
        )


def _erased_at(connection: Connection, id_hash: str) -> datetime | None:
    moment: datetime | None = connection.scalar(
        select(Erased.erased_at).where(Erased.id_hash == id_hash)
    )
    return moment
