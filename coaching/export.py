"""Hand out everything that is stored about one person's conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine

from coaching.erasure import personal_tables
from coaching.errors import UnknownConversation

# Hashes that open nothing, and what the search makes of texts that are handed out themselves.
_LEFT_OUT = frozenset({"token_hash", "code_hash", "terms"})


def export_conversation(engine: Engine, conversation_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return each table's rows about a conversation, ready for JSON."""
    with engine.execution_options(reads_only=True).connect() as connection:
        tables = {
            table.name: [
                {name: _ready(value) for name, value in row.items() if name not in _LEFT_OUT}
                for row in connection.execute(
                    select(table).where(column == conversation_id).order_by(*table.primary_key)
                ).mappings()
            ]
            for table, column in personal_tables()
        }
    if not any(tables.values()):
        raise UnknownConversation
    return dict(reversed(tables.items()))


def _ready(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
