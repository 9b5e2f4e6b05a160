"""Hand out everything that is stored about one person's conversation, so that it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from coaching.desk_models import AuditEntry, Coach, Team
from coaching.erasure import personal_tables
from coaching.errors import UnknownConversation
from coaching.models import Kiosk
from coaching.pseudonyms import Pseudonyms

# Hashes that open nothing, and what the search makes of texts that are handed out themselves.
_LEFT_OUT = frozenset({"token_hash", "code_hash", "terms"})
# Columns that hold the name by which a coach logs in.
_ACCOUNTS = frozenset({"who", "taken_by"})

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class _Names:
    """What coaches, teams and devices are called, by what the tables hold in their place."""

    accounts: Mapping[str, str]
    numbers: Mapping[str, Mapping[Any, str]]

    def of(self, column: str, value: Any) -> Any:
        """Return a value as people read it."""
        if isinstance(value, datetime):
            return value.isoformat()
        if column in _ACCOUNTS:
            return self.accounts.get(value, value)
        return self.numbers[column].get(value, value) if column in self.numbers else value


def export_conversation(
    engine: Engine, conversation_id: str, *, pseudonyms: Pseudonyms | None = None
) -> dict[str, Rows]:
    """Return each table's rows about a conversation, ready for JSON.

    Coaches, teams and devices are called by their names. With `pseudonyms`, who has seen the
    conversation at the desk and when is told too.
    """
    with engine.execution_options(reads_only=True).connect() as connection:
        names = _read_names(connection)
        tables = {
            table.name: _rows(
                connection,
                select(table).where(column == conversation_id).order_by(*table.primary_key),
                names,
            )
            for table, column in personal_tables()
        }
        if not any(tables.values()):
            raise UnknownConversation
        seen = _read_audit(connection, conversation_id, names, pseudonyms)
    return {**dict(reversed(tables.items())), **seen}


def _read_audit(
    connection: Connection, conversation_id: str, names: _Names, pseudonyms: Pseudonyms | None
) -> dict[str, Rows]:
    if pseudonyms is None:
        return {}
    query = (
        select(AuditEntry.at, AuditEntry.who, AuditEntry.action)
        .where(AuditEntry.subject == pseudonyms.in_audit(conversation_id))
        .order_by(AuditEntry.id)
    )
    return {AuditEntry.__tablename__: _rows(connection, query, names)}


def _rows(connection: Connection, query: Any, names: _Names) -> Rows:
    return [
        {
            column.removesuffix("_id") if column in names.numbers else column: names.of(
                column, value
            )
            for column, value in row.items()
            if column not in _LEFT_OUT
        }
        for row in connection.execute(query).mappings()
    ]


def _read_names(connection: Connection) -> _Names:
    coaches = connection.execute(select(Coach.id, Coach.name, Coach.display_name)).all()
    teams = connection.execute(select(Team.id, Team.name))
    kiosks = connection.execute(select(Kiosk.id, Kiosk.name))
    return _Names(
        accounts={coach.name: coach.display_name for coach in coaches},
        numbers={
            "coach_id": {coach.id: coach.display_name for coach in coaches},
            "team_id": {team.id: team.name for team in teams},
            "kiosk": {kiosk.id: kiosk.name for kiosk in kiosks},
        },
    )
