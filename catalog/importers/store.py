"""Write what an importer has read into the catalogue, and count what changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, selectinload

from catalog.importers.documents import (
    FieldError,
    OfferingDocument,
    OptionDocument,
    OutlookDocument,
    ProviderDocument,
    Read,
    Refusal,
    Skipped,
    SourceDocument,
)
from catalog.importers.outlook_store import store_outlook
from catalog.importers.providers import ProviderStore
from catalog.importers.references import resolve_references
from catalog.importers.updates import update_option
from catalog.models import ID_LENGTH, Source, StudyOption

CHUNK = 200


@dataclass
class ImportReport:
    """What an import did: what it added, changed and left as it was, and what it refused."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    # None where the import was not of all that the source has.
    withdrawn: int | None = None
    providers: int = 0
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
        store.prefetch(document.id for document in chunk if isinstance(document, OptionDocument))
        for document in chunk:
            store.take(document)
        store.forget()
    return store.report


class _Store:
    def __init__(self, session: Session, source: SourceDocument, today: date) -> None:
        self.report = ImportReport()
        self._session = session
        self._source = source
        self._today = today
        self._providers = ProviderStore(session)
        self._sources = {known.name: known for known in session.scalars(select(Source))}
        self._known: dict[str, StudyOption] = {}
        self._taken: dict[str, bytes] = {}

    def prefetch(self, ids: Iterable[str]) -> None:
        """Read the stored options of a chunk at once, instead of one by one."""
        query = (
            select(StudyOption)
            .where(StudyOption.id.in_(set(ids)))
            .options(selectinload(StudyOption.texts), selectinload(StudyOption.offerings))
        )
        for option in self._session.scalars(query):
            self._known[option.id] = option

    def forget(self) -> None:
        """Write a chunk and let go of its options, so that memory does not grow with the import."""
        self._session.flush()
        for option in self._known.values():
            self._session.expunge(option)
        self._known.clear()

    def take(self, document: Read) -> None:
        """Store one document, or note why not."""
        if isinstance(document, Refusal):
            self.report.refused.append(document)
        elif isinstance(document, Skipped):
            self.report.skipped[document.reason] += 1
        elif isinstance(document, ProviderDocument):
            self._providers.define(document)
            self.report.providers += 1
        elif isinstance(document, OutlookDocument):
            done = store_outlook(self._session, document, sample=self._source.sample)
            setattr(self.report, done, getattr(self.report, done) + 1)
        else:
            try:
                self._take_option(document)
            except FieldError as error:
                refusal = Refusal(document.id, error.field, error.reason, option=document.id)
                self.report.refused.append(refusal)

    def _take_option(self, document: OptionDocument) -> None:
        earlier = self._taken.get(document.id)
        digest = _digest(document)
        if digest == earlier:
            return
        if earlier is not None and document.manner != "fill":
            raise FieldError("id", "stands in this import already, with other values")
        option = self._known.get(document.id)
        document = resolve_references(self._session, self._providers, document)
        self._check(document, option)

        providers = {offering.id: self._provider_id(offering) for offering in document.offerings}
        source = self._stored_source(document.source or self._source)
        if option is None:
            option = StudyOption(id=document.id, type=document.type)
            self._session.add(option)
            self._known[document.id] = option
        update_option(option, document, providers)
        option.withdrawn_on = None
        if document.id not in self.report.ids:
            self._count(option)
        read_on = (document.source and document.source.read_on) or self._today
        option.source = source
        option.read_on = read_on
        self._taken[document.id] = digest
        self.report.ids.add(document.id)

    def _check(self, document: OptionDocument, stored: StudyOption | None) -> None:
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
        owners = {offering.provider_id for offering in stored.offerings} - {None}
        ours = {self._providers.find_id(offering.provider) for offering in document.offerings}
        if source_name(source) != stored.source_name and owners and owners.isdisjoint(ours):
            reason = f"belongs to an option of another provider already ({stored.source_name})"
            raise FieldError("id", reason)

    def _provider_id(self, offering: OfferingDocument) -> str | None:
        return None if offering.provider is None else self._providers.resolve(offering.provider)

    def _stored_source(self, source: SourceDocument) -> Source:
        name = source_name(source)
        stored = self._sources.get(name)
        if stored is None:
            stored = Source(name=name, sample=source.sample, read_on=self._today)
            self._session.add(stored)
            self._sources[name] = stored
        # What has been sample data once does not become real by an import.
        stored.sample = stored.sample or source.sample
        stored.read_on = source.read_on or self._today
        return stored

    def _count(self, option: StudyOption) -> None:
        parts = [option, *option.texts.values(), *option.offerings]
        if inspect(option).pending:
            self.report.added += 1
        elif any(self._session.is_modified(part) for part in parts):
            self.report.changed += 1
        else:
            self.report.unchanged += 1


def _digest(document: OptionDocument) -> bytes:
    # The documents themselves would fill the memory in a long import.
    return hashlib.blake2b(repr(document).encode("utf-8", "replace"), digest_size=16).digest()


def source_name(source: SourceDocument) -> str:
    """Return the name that a source is stored under."""
    return source.name[:ID_LENGTH]


_T = TypeVar("_T")


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
