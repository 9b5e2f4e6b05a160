"""The sample catalogue: invented options in real places, with dates that never expire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from catalog.importers import csv, outlook
from catalog.importers.documents import Read, SourceDocument
from catalog.importers.store import ImportReport, store_documents
from catalog.importers.withdrawal import withdraw_others
from catalog.index.shipped_vectors import SHIPPED as VECTORS
from catalog.index.vectors import keep_shipped
from catalog.models import FieldOutlook, Source

DATA = Path(__file__).parent / "data"
FILES = (DATA / "sample_providers.csv", DATA / "sample_options.csv")
OUTLOOK_FILE = DATA / "sample_outlook.csv"
SOURCE = "sample"


def sample_is_due(session: Session, today: date) -> bool:
    """Say whether the sample is missing, of another day or of other files than those packaged.

    Its dates count from the day of loading, so that of another day may be closed.
    """
    source = session.get(Source, SOURCE)
    return source is None or source.read_on != today or source.checksum != _checksum()


def load_sample(session: Session, today: date) -> ImportReport:
    """Load the packaged sample, in the place of an earlier one; the caller commits."""
    source = SourceDocument(SOURCE, sample=True, read_on=today)
    session.execute(delete(FieldOutlook).where(FieldOutlook.sample.is_(True)))
    report = store_documents(session, _read(today), source=source, today=today)
    if report.refused:
        # Only a developer can have caused this.
        raise ValueError(f"The sample catalogue has mistakes: {report.refused[0]}")
    # Whoever saved an option that is in the files no more still sees it, as one that has ended.
    withdraw_others(session, {SOURCE: [report]}, today=today, allow_shrink=True)
    keep_shipped(session.connection(), report.ids)
    stored = session.get(Source, SOURCE)
    if stored is not None:
        stored.checksum = _checksum()
    session.flush()
    return report


def _read(today: date) -> Iterator[Read]:
    for path in FILES:
        yield from csv.read_options(path.read_bytes(), name=path.name, today=today)
    name = OUTLOOK_FILE.name
    yield from outlook.read_outlooks(OUTLOOK_FILE.read_bytes(), name=name, today=today)


def _checksum() -> str:
    # Vectors may be renewed without a change of the texts.
    files = (*FILES, OUTLOOK_FILE, *([VECTORS] if VECTORS.exists() else []))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
