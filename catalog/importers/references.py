"""Put into a document what it only refers to: the texts of another option, a provider's town."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalog.importers.documents import FieldError, OfferingDocument, OptionDocument
from catalog.importers.providers import ProviderStore
from catalog.importers.rows import OptionRows
from catalog.models import LANGUAGES

TEXTS = {
    "titles": "title",
    "descriptions": "description",
    "outcomes": "outcomes",
    "criteria": "criteria",
    "skills": "skills",
}


def resolve_references(
    document: OptionDocument, providers: ProviderStore, base: OptionRows | None
) -> OptionDocument:
    """Return the document with what it refers to; `base` is the option that it is based on.

    Raises FieldError where that is not stored and the document cannot do without.
    """
    changes: dict[str, Any] = {}
    if document.based_on is not None:
        changes |= _texts_of_base(document, base)
    if any(offering.is_at_provider for offering in document.offerings):
        changes["offerings"] = tuple(
            _with_town(offering, providers) for offering in document.offerings
        )
    return replace(document, **changes) if changes else document


def _texts_of_base(document: OptionDocument, base: OptionRows | None) -> Mapping[str, Any]:
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
            if language in base.texts and (text := base.texts[language][column])
        }
        for name, column in TEXTS.items()
    }
    return {name: text for name, text in texts.items() if not getattr(document, name)}


def _with_town(offering: OfferingDocument, providers: ProviderStore) -> OfferingDocument:
    if not offering.is_at_provider or offering.place is not None or offering.provider is None:
        return offering
    return replace(offering, place=providers.municipality(offering.provider))
