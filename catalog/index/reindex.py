"""Index the whole catalogue anew, from what is stored of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import BindParameter

from catalog.index.entries import IndexEntry, IndexWriter
from catalog.index.revision import note_terms, terms_are_current
from catalog.index.term_tables import term_table
from catalog.models import LANGUAGES, Offering, OptionText, Provider, SearchEntry, StudyOption

AT_ONCE = 500

Progress = Callable[[int], None]


def ensure_index(connection: Connection) -> None:
    """Index everything where the index is missing or of another version; the caller commits."""
    if not terms_are_current(connection):
        reindex(connection)


def reindex(connection: Connection, progress: Progress = lambda done: None) -> int:
    """Index every option anew and return how many there are; the caller commits."""
    note_terms(connection)
    term_table(connection).clear()
    connection.execute(delete(SearchEntry.__table__))
    writer = IndexWriter(connection)
    ids = connection.execute(select(StudyOption.id).order_by(StudyOption.id)).scalars().all()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        writer.put(list(stored_entries(connection, some)))
        progress(start + len(some))
    writer.finish()
    return len(ids)


def stored_entries(connection: Connection, ids: Sequence[str]) -> Iterator[IndexEntry]:
    """Yield the words of stored options."""
    texts: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(_TEXTS, {"ids": list(ids)}):
        texts[row.option_id][row.language] = row
    providers: dict[str, dict[str, None]] = defaultdict(dict)
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for row in connection.execute(_OFFERINGS, {"ids": list(ids)}):
        if row.place:
            places[row.option_id][row.place] = None
        providers[row.option_id].update(
            {name: None for name in (row.name_fi, row.name_sv, row.name_en) if name}
        )
    for row in connection.execute(_OPTIONS, {"ids": list(ids)}):
        own = texts[row.id]
        yield IndexEntry(
            id=row.id,
            titles={code: text.title for code, text in own.items() if text.title},
            keywords=row.keywords,
            skills={code: text.skills for code, text in own.items() if text.skills},
            descriptions={code: text.description for code, text in own.items() if text.description},
            outcomes={code: text.outcomes for code, text in own.items() if text.outcomes},
            providers=tuple(providers[row.id]),
            places=tuple(places[row.id]),
        )


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OPTIONS = select(StudyOption.id, StudyOption.keywords).where(StudyOption.id.in_(_IDS))
_TEXTS = select(
    OptionText.option_id,
    OptionText.language,
    OptionText.title,
    OptionText.description,
    OptionText.outcomes,
    OptionText.skills,
).where(OptionText.option_id.in_(_IDS), OptionText.language.in_(LANGUAGES))
_OFFERINGS = (
    select(Offering.option_id, Offering.place, Provider.name_fi, Provider.name_sv, Provider.name_en)
    .outerjoin(Provider, Provider.id == Offering.provider_id)
    .where(Offering.option_id.in_(_IDS))
    .order_by(Offering.option_id, Offering.position)
)
