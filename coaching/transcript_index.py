"""Ask the full-text index of either database which conversations hold certain terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import cast, column, literal_column, select, table, text
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select
from sqlalchemy.types import UserDefinedType

from coaching.desk_models import ConversationFigures, ConversationWords
from coaching.search_terms import Wanted

# The full-text table of SQLite with its shadows, and the index of PostgreSQL.
NAME = "transcript_index"
# Lets SQLite write its index anew, without what was deleted.
MERGE = "INSERT INTO transcript_index(transcript_index) VALUES ('optimize')"
_INDEX = table(NAME, column("rowid"))


class _TextQuery(UserDefinedType):  # type: ignore[type-arg]  # the stubs and SQLAlchemy 1.4 disagree
    """PostgreSQL's question to its text search."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        return "TSQUERY"


def is_declared(name: str | None, _kind: str, _parents: Any) -> bool:
    """Say whether a table or index is one that the models declare: the search's own are not."""
    return not (name or "").startswith(NAME)


def positions(session: Session, terms: Sequence[Wanted]) -> tuple[Select, Any]:
    """Return the figures' ids of the conversations that hold all the terms, and what to order by.

    With no terms they are those of all conversations.
    """
    position: Any = ConversationFigures.id
    if not terms:
        return select(position), position
    if session.get_bind().dialect.name == "postgresql":
        matches = ConversationWords.terms.op("@@")(cast(_for_postgresql(terms), _TextQuery()))
        # PostgreSQL takes comparing terms for as cheap as numbers: left to itself it compares those
        # of all conversations, in their order where there is a limit, instead of asking its index.
        session.execute(text("SET LOCAL enable_seqscan = off"))
        found = select(ConversationWords.id).where(matches).cte(NAME)
        found = found.prefix_with("MATERIALIZED", dialect="postgresql")
        return select(position).join(found, found.c.id == position), position
    # The plus keeps SQLite from asking the index about each conversation in turn: it walks the
    # index backwards instead, and stops when the page is full.
    joined = select(position).join(_INDEX, position == literal_column(f"+{NAME}.rowid"))
    matches = literal_column(NAME).op("MATCH")(_for_sqlite(terms))
    return joined.where(matches), _INDEX.c.rowid


def _for_sqlite(terms: Sequence[Wanted]) -> str:
    groups = (" OR ".join(_each(one, '"{}"', '"{}"*')) for one in terms)
    return " AND ".join(f"({group})" for group in groups)


def _for_postgresql(terms: Sequence[Wanted]) -> str:
    groups = (" | ".join(_each(one, "'{}'", "'{}':*")) for one in terms)
    return " & ".join(f"({group})" for group in groups)


def _each(one: Wanted, whole: str, beginning: str) -> Iterator[str]:
    """Yield each term in the database's writing; no term has a quotation mark."""
    yield from (whole.format(term) for term in one.terms)
    yield from (beginning.format(term) for term in one.beginnings)
