"""Put into a document what it only refers to: the texts of another option, a provider's town."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from catalog.importers.documents import FieldError, OfferingDocument, OptionDocument
from catalog.importers.providers import ProviderStore
from catalog.models import LANGUAGES, StudyOption

TEXTS = {
    "titles": "title",
    "descriptions": "description",
    "outcomes": "outcomes",
    "criteria": "criteria",
}


def resolve_references(
    session: Session, providers: ProviderStore, document: OptionDocument
) -> OptionDocument:
    """Return the document with what it refers to; raise FieldError where that is not stored."""
    offerings = tuple(_with_town(offering, providers) for offering in document.offerings)
    return replace(document, offerings=offerings, **_texts_of_base(session, document))


def _texts_of_base(session: Session, document: OptionDocument) -> Mapping[str, Any]:
    if document.based_on is None:
        return {}
    base = session.get(StudyOption, document.based_on)
    if base is None:
        if document.titles:
            return {}
        raise FieldError(
            "nimi", f"is missing, and {document.based_on} is not in the catalogue to take it from"
        )
    texts = {
        name: {
            language: text
            for language in LANGUAGES
            if language in base.texts and (text := getattr(base.texts[language], column))
        }
        for name, column in TEXTS.items()
    }
    return {name: text for name, text in texts.items() if not getattr(document, name)}


def _with_town(offering: OfferingDocument, providers: ProviderStore) -> OfferingDocument:
    if not offering.is_at_provider or offering.place is not None or offering.provider is None:
        return offering
    return replace(offering, place=providers.municipality(offering.provider))
