"""Write outlooks into the catalogue, each in the place of an earlier one."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from catalog.importers.documents import OutlookDocument
from catalog.models import FieldOutlook


def store_outlook(session: Session, document: OutlookDocument, *, sample: bool) -> str:
    """Store one outlook, and return whether it was `added`, `changed` or `unchanged`."""
    key = {"field": document.field, "region": document.region, "sample": sample}
    stored = session.get(FieldOutlook, key)
    if stored is None:
        session.add(FieldOutlook(sample=sample, **asdict(document)))
        return "added"
    for name, value in asdict(document).items():
        if getattr(stored, name) != value:
            setattr(stored, name, value)
    return "changed" if session.is_modified(stored) else "unchanged"
