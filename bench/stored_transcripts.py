"""Store generated conversations in bulk, with the rows that the service would keep of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from bench.generated_transcripts import Talk
from coaching.conversations import WITH_BOT
from coaching.desk_models import ConversationFigures, ConversationLabel, ConversationWords
from coaching.figures import NOT_UNDERSTOOD
from coaching.models import Conversation, Message, Reply

AT_ONCE = 500
# The coach and the team of every so many conversations that a coach had.
COACH, TEAM, EVERY = 7, 3, 400

Rows = dict[Any, list[dict[str, Any]]]


def store(engine: Engine, talks: Iterable[Talk]) -> None:
    """Store conversations in order, and let the database look at what it has."""
    talks = iter(talks)
    position = 0
    while batch := list(islice(talks, AT_ONCE)):
        rows: Rows = {
            table: []
            for table in (
                Conversation,
                Message,
                Reply,
                ConversationFigures,
                ConversationWords,
                ConversationLabel,
            )
        }
        for talk in batch:
            position += 1
            _add(rows, talk, position)
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET TIME ZONE 'UTC'"))
            _write(connection, rows)
    if engine.dialect.name == "postgresql":
        # As its own upkeep does before long.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _write(connection: Connection, rows: Rows) -> None:
    """Write rows past SQLAlchemy, which would take three times as long."""
    cursor = connection.connection.cursor()
    for table, values in rows.items():
        if not values:
            continue
        name, columns = table.__tablename__, list(values[0])
        listed = ", ".join(columns)
        plain = [[_plain(value[column]) for column in columns] for value in values]
        if connection.dialect.name == "postgresql":
            file = io.StringIO()
            csv.writer(file).writerows(plain)
            file.seek(0)
            cursor.copy_expert(f"COPY {name} ({listed}) FROM STDIN WITH (FORMAT csv)", file)
        else:
            marks = ", ".join("?" * len(columns))
            question = f"INSERT INTO {name} ({listed}) VALUES ({marks})"  # noqa: S608 - our names
            cursor.executemany(question, plain)
    cursor.close()


def _plain(value: Any) -> Any:
    """Return a value as both databases take it."""
    if isinstance(value, datetime):
        # As SQLAlchemy writes it for SQLite.
        return f"{value:%Y-%m-%d %H:%M:%S.%f}"
    if isinstance(value, (set, frozenset)):
        return " ".join(sorted(value))
    return json.dumps(value) if isinstance(value, (dict, list)) else value


def _add(rows: Rows, talk: Talk, position: int) -> None:
    is_own = position % EVERY == 0
    ended = talk.began + timedelta(minutes=len(talk.lines))
    rows[Conversation].append(
        {
            "id": talk.id,
            "token_hash": "0" * 64,
            "channel": talk.channel,
            "language": talk.language,
            "plain_language": False,
            "state": WITH_BOT,
            "last_number": len(talk.lines),
            "created_at": talk.began,
            "used_at": ended,
            "coach_id": COACH if is_own else None,
            "consented_at": ended if is_own else None,
            "outcome": talk.outcome,
        }
    )
    for number, line in enumerate(talk.lines, start=1):
        moment = talk.began + timedelta(minutes=number)
        common = {
            "conversation_id": talk.id,
            "number": number,
            "text": line.text,
            "language": talk.language,
            "sent_at": moment,
        }
        if line.intent is None:
            told = {"is_failure": False, "speaker": "bot", "buttons": []}
            rows[Reply].append(common | told)
        else:
            understood = {"intent": line.intent, "confidence": line.confidence}
            rows[Message].append(common | understood | {"answered_at": moment, "slots": {}})
    rows[ConversationFigures].append(_figures(talk, position))
    rows[ConversationWords].append(
        {"id": position, "conversation_id": talk.id, "terms": talk.terms}
    )
    if talk.label is not None:
        rows[ConversationLabel].append({"conversation_id": talk.id, "label": talk.label})


def _figures(talk: Talk, position: int) -> dict[str, Any]:
    spoken = talk.spoken
    return {
        "id": position,
        "conversation_id": talk.id,
        "channel": talk.channel,
        "language": talk.language,
        "started_at": talk.began,
        "messages": len(spoken),
        "failed": sum(line.intent == NOT_UNDERSTOOD for line in spoken),
        "least_confidence": round(min(line.confidence or 1 for line in spoken) * 100),
        "last_at": talk.began + timedelta(minutes=len(talk.lines)),
        "place": talk.place,
        "field": talk.field,
        "rating": talk.rating,
        "saw_options": len(spoken) > 3,
        "has_plan": len(spoken) > 12,
        "was_handed_over": talk.outcome is not None,
        "read_upto": len(talk.lines),
    }
