"""Write what an importer has read into the catalogue, and count what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.importers.documents import (
    FieldError,
    OptionDocument,
    OutlookDocument,
    ProviderDocument,
    Read,
    Refusal,
    Skipped,
    SourceDocument,
)
from catalog.importers.indexing import finish_index, index_rows
from catalog.importers.outlook_store import store_outlook
from catalog.importers.providers import ProviderStore
from catalog.importers.references import resolve_references
from catalog.importers.rows import OptionRows, read_rows, write_rows
from catalog.importers.text_limits import check_provider, within_limits
from catalog.importers.updates import updated_rows
from catalog.index.revision import renew_revision
from catalog.models import ID_LENGTH, Source

CHUNK = 500


@dataclass
class ImportReport:
    """What an import did: what it added, changed and left as it was, and what it refused."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    # None where the import was not of all that the source has.
    withdrawn: int | None = None
    providers: int = 0
    # Options of which a text was too long.
    cut: int = 0
    refused: list[Refusal] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)


def store_documents(
    session: Session, documents: Iterable[Read], *, source: SourceDocument, today: date
) -> ImportReport:
    """Add new options and update known ones, as of `source` unless they name another.

    The caller commits. A document that cannot be stored is refused, and nothing of it stays.
    """
    store = _Store(session, source, today)
    for chunk in _chunks(documents):
        store.take_chunk(chunk)
    store.finish()
    return store.report


class _Store:
    def __init__(self, session: Session, source: SourceDocument, today: date) -> None:
        self.report = ImportReport()
        self._session = session
        self._source = source
        self._today = today
        self._providers = ProviderStore(session)
        self._sources = {known.name: known for known in session.scalars(select(Source))}
        # Something has changed that no option's rows tell.
        self._renew = False
        # The options of a chunk as they are stored, and as they are to be.
        self._stored: dict[str, OptionRows] = {}
        self._known: dict[str, OptionRows] = {}

    def take_chunk(self, documents: list[Read]) -> None:
        """Store some documents: all that is stored of them is read, and later written, at once."""
        ids = set()
        for document in documents:
            if isinstance(document, OptionDocument):
                ids |= {document.id, document.based_on or document.id}
        self._session.flush()
        connection = self._session.connection()
        self._stored = read_rows(connection, ids)
        self._known = dict(self._stored)
        for document in documents:
            self.take(document)
        self._session.flush()
        taken = [rows for id_, rows in self._known.items() if rows is not self._stored.get(id_)]
        write_rows(connection, self._stored, taken)
        index_rows(connection, self._stored, taken, names=self._providers.names)

    def finish(self) -> None:
        """Bring up to date what depends on more than one document."""
        connection = self._session.connection()
        finish_index(connection, self._providers.renamed)
        if self._renew:
            renew_revision(connection)
        # What the session has read before may be out of date now.
        self._session.expire_all()

    def take(self, document: Read) -> None:
        """Store one document, or note why not."""
        if isinstance(document, Refusal):
            self.report.refused.append(document)
        elif isinstance(document, Skipped):
            self.report.skipped[document.reason] += 1
        elif isinstance(document, ProviderDocument):
            self._take_provider(document)
        elif isinstance(document, OutlookDocument):
            done = store_outlook(self._session, document, sample=self._source.sample)
            setattr(self.report, done, getattr(self.report, done) + 1)
            self._renew = self._renew or done != "unchanged"
        else:
            try:
                self._take_option(document)
            except FieldError as error:
                refusal = Refusal(document.id, error.field, error.reason, option=document.id)
                self.report.refused.append(refusal)

    def _take_provider(self, document: ProviderDocument) -> None:
        try:
            check_provider(document)
        except FieldError as error:
            label = document.id or "provider"
            self.report.refused.append(Refusal(label, error.field, error.reason))
        else:
            self._providers.define(document)
            self.report.providers += 1

    def _take_option(self, document: OptionDocument) -> None:
        stored = self._known.get(document.id)
        whole, document = document, within_limits(document)
        is_cut = document is not whole
        base = self._known.get(document.based_on) if document.based_on else None
        document = resolve_references(document, self._providers, base)
        self._check(document, stored)
        is_again = document.id in self.report.ids
        if is_again and stored is not None and document.manner != "fill":
            self._check_same(document, stored)
            return
        self.report.cut += is_cut
        source = self._stored_source(document.source or self._source)
        rows = updated_rows(stored, document, self._provider_ids(document))
        if not is_again:
            self._count(stored, rows)
        rows.option["source_name"] = source.name
        rows.option["read_on"] = (document.source and document.source.read_on) or self._today
        self._known[document.id] = rows
        self.report.ids.add(document.id)

    def _check_same(self, document: OptionDocument, stored: OptionRows) -> None:
        """Refuse what would change an option of this import."""
        ids = {item.id: self._providers.find_id(item.provider) for item in document.offerings}
        name = source_name(document.source or self._source)
        is_same = stored.option["source_name"] == name
        if not is_same or stored != updated_rows(stored, document, ids):
            raise FieldError("id", "stands in this import already, with other values")

    def _check(self, document: OptionDocument, stored: OptionRows | None) -> None:
        """Refuse what cannot be stored, before anything is touched."""
        for offering in document.offerings:
            if offering.provider is not None:
                self._providers.check(offering.provider)
        if stored is None:
            return
        source = document.source or self._source
        # Small providers may all number their courses from 1; what tells a part has national ids.
        if document.manner != "replace":
            return
        known_source = stored.option["source_name"]
        if source_name(source) == known_source and self._is_one_place(document):
            return
        owners = {row["provider_id"] for row in stored.offerings.values()} - {None}
        ours = {self._providers.find_id(offering.provider) for offering in document.offerings}
        if owners and owners.isdisjoint(ours):
            reason = (
                f"belongs to an option of another provider already ({known_source}); give yours "
                "another id, and your file another name or the column `source`"
            )
            raise FieldError("id", reason)

    def _is_one_place(self, document: OptionDocument) -> bool:
        """Say whether what comes under the same source's name is of the same source for sure."""
        # Any school may call its file options.csv; an address, or a name in the table, is its own.
        is_of_file = document.source is None and "/" not in self._source.name
        names_provider = any(offering.provider is not None for offering in document.offerings)
        return self._source.sample or not is_of_file or not names_provider

    def _provider_ids(self, document: OptionDocument) -> dict[str, str | None]:
        return {
            offering.id: None
            if offering.provider is None
            else self._providers.resolve(offering.provider)
            for offering in document.offerings
        }

    def _stored_source(self, source: SourceDocument) -> Source:
        name = source_name(source)
        stored = self._sources.get(name)
        if stored is None:
            stored = Source(name=name, sample=source.sample, read_on=self._today)
            self._session.add(stored)
            self._sources[name] = stored
        # What has been sample data once does not become real by an import.
        if source.sample and not stored.sample:
            stored.sample = True
            self._renew = True
        read_on = source.read_on or self._today
        if stored.read_on != read_on:
            stored.read_on = read_on
        return stored

    def _count(self, stored: OptionRows | None, rows: OptionRows) -> None:
        if stored is None:
            self.report.added += 1
        elif stored == rows:
            self.report.unchanged += 1
        else:
            self.report.changed += 1


def source_name(source: SourceDocument) -> str:
    """Return the name that a source is stored under."""
    return source.name[:ID_LENGTH]


_T = TypeVar("_T")


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
