"""Put the words of options into the index, and take them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.engine import Connection

from catalog.geography import load_geography
from catalog.index.revision import renew_revision
from catalog.index.term_tables import Zones, term_table
from catalog.index.terms import terms_of_name, terms_of_texts
from catalog.models import SearchEntry

AT_ONCE = 500
Texts = Mapping[str, str]
_T = TypeVar("_T")


@dataclass(frozen=True)
class IndexEntry:
    """The words of one option; texts and skills are by language, `places` are codes."""

    id: str
    titles: Texts = field(default_factory=dict)
    keywords: Sequence[str] = ()
    skills: Mapping[str, Sequence[str]] = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    outcomes: Texts = field(default_factory=dict)
    providers: Sequence[str] = ()
    places: Sequence[str] = ()


class IndexWriter:
    """Keeps the index in step with the catalogue, within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Write on `connection`, whose options are stored already."""
        self._connection = connection
        self._terms = term_table(connection)

    def put(self, entries: Sequence[IndexEntry]) -> None:
        """Add or replace entries; an option that only got another price is put all the same."""
        for some in _chunks(list({entry.id: entry for entry in entries}.values())):
            numbers = self._numbers([entry.id for entry in some])
            self._terms.put([(numbers[entry.id], _zones(entry)) for entry in some])
        renew_revision(self._connection)

    def remove(self, ids: Collection[str]) -> None:
        """Take entries out; ids that are not in the index are passed over."""
        for some in _chunks(sorted(ids)):
            numbers = self._known(some)
            self._terms.remove(list(numbers.values()))
            self._connection.execute(
                delete(SearchEntry.__table__).where(SearchEntry.number.in_(numbers.values()))
            )
        renew_revision(self._connection)

    def finish(self) -> None:
        """Make the first searches after many changes as fast as later ones; harmless otherwise."""
        self._terms.finish()

    def _numbers(self, ids: Sequence[str]) -> dict[str, int]:
        known = self._known(ids)
        new = [{"option_id": id_} for id_ in ids if id_ not in known]
        if new:
            self._connection.execute(insert(SearchEntry.__table__), new)
            known |= self._known([row["option_id"] for row in new])
        return known

    def _known(self, ids: Sequence[str]) -> dict[str, int]:
        rows = self._connection.execute(_KNOWN, {"ids": list(ids)})
        return {row.option_id: row.number for row in rows}


_KNOWN = select(SearchEntry.option_id, SearchEntry.number).where(
    SearchEntry.option_id.in_(bindparam("ids", expanding=True))
)


def _zones(entry: IndexEntry) -> Zones:
    """Return the terms of titles, of keywords and of the rest, each term where it weighs most.

    Names of skills are as good as keywords.
    """
    titles = terms_of_texts(entry.titles.items())
    keywords = _terms_of_names((keyword, None) for keyword in entry.keywords)
    keywords |= _terms_of_names(
        (skill, language) for language, skills in entry.skills.items() for skill in skills
    )
    keywords -= titles
    rest = terms_of_texts(chain(entry.descriptions.items(), entry.outcomes.items()))
    rest |= _terms_of_names((name, None) for name in entry.providers)
    rest |= _terms_of_names(_place_names(entry.places))
    return titles, keywords, rest - titles - keywords


def _terms_of_names(names: Iterable[tuple[str, str | None]]) -> set[str]:
    return set().union(*(terms_of_name(name, language) for name, language in names))


def _place_names(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    for code in dict.fromkeys(codes):
        place = load_geography().get(code)
        if place is not None:
            yield from ((name, language) for language, name in place.names.items())


def _chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
