"""Keep the index of search in step with what an import writes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.engine import Connection

from catalog.importers.rows import OptionRows, is_same_but_for_reading
from catalog.index.entries import IndexEntry, IndexWriter
from catalog.index.reindex import stored_entries
from catalog.index.revision import renew_revision
from catalog.models import Offering

AT_ONCE = 500

Names = Callable[[str], tuple[str, ...]]


def index_rows(
    connection: Connection,
    before: Mapping[str, OptionRows],
    after: Iterable[OptionRows],
    *,
    names: Names,
) -> None:
    """Index the options whose words are others than before; `names` are by provider."""
    entries, has_changed = [], False
    for rows in after:
        stored = before.get(rows.id)
        # Cards say when an option was read.
        has_changed = has_changed or stored != rows
        if stored is not None and _is_same(stored, rows):
            continue
        entry = _entry(rows, names)
        if stored is None or _entry(stored, names) != entry:
            entries.append(entry)
    if entries:
        IndexWriter(connection).put(entries)
    elif has_changed:
        # Filters and cards see more than words.
        renew_revision(connection)


def finish_index(connection: Connection, renamed: Collection[str]) -> None:
    """Index the options of providers that have other names now, and tidy up."""
    writer = IndexWriter(connection)
    if renamed:
        of_provider = select(Offering.option_id).where(Offering.provider_id.in_(renamed))
        ids = connection.execute(of_provider.distinct()).scalars().all()
        for start in range(0, len(ids), AT_ONCE):
            writer.put(list(stored_entries(connection, ids[start : start + AT_ONCE])))
    writer.finish()


def _is_same(one: OptionRows, other: OptionRows) -> bool:
    return (
        is_same_but_for_reading(one.option, other.option)
        and one.texts == other.texts
        and one.offerings == other.offerings
    )


def _entry(rows: OptionRows, names: Names) -> IndexEntry:
    texts, offerings = rows.texts, rows.offerings.values()
    schools = {row["provider_id"]: None for row in offerings if row["provider_id"]}
    return IndexEntry(
        id=rows.id,
        titles=_column(texts, "title"),
        keywords=rows.option["keywords"],
        skills={language: row["skills"] for language, row in texts.items() if row["skills"]},
        descriptions=_column(texts, "description"),
        outcomes=_column(texts, "outcomes"),
        providers=tuple(dict.fromkeys(name for school in schools for name in names(school))),
        places=tuple(dict.fromkeys(row["place"] for row in offerings if row["place"])),
    )


def _column(texts: Mapping[str, Mapping[str, str | None]], column: str) -> dict[str, str]:
    return {language: text for language, row in texts.items() if (text := row[column])}
