"""Put the values of a document into the stored option, in the manner the document asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from catalog.fields import load_fields
from catalog.importers.documents import OfferingDocument, OptionDocument
from catalog.models import LANGUAGES, Offering, OptionText, StudyOption

OPTION_VALUES = (
    "field",
    "keywords",
    "credits",
    "credits_min",
    "level",
    "education_required",
    "language_required",
    "leads_to_level",
    "route_credits",
    "route_grade",
    "route_apply_by",
    "route_round",
    "funding",
    "employing",
)
TEXTS = {
    "title": "titles",
    "description": "descriptions",
    "outcomes": "outcomes",
    "requirements": "requirements",
    "criteria": "criteria",
}
OFFERING_VALUES = tuple(
    item.name
    for item in fields(OfferingDocument)
    if item.name not in ("id", "provider", "outline", "is_at_provider")
)


def update_option(
    option: StudyOption, document: OptionDocument, providers: Mapping[str, str | None]
) -> None:
    """Update an option, its texts and its offerings; `providers` are by offering."""
    if document.manner == "replace" or _tells_more(document.type, option.type):
        option.type = document.type
    for name in OPTION_VALUES:
        _settle(option, name, getattr(document, name), document.manner)
    for language in LANGUAGES:
        degree = document.leads_to.get(language)
        _settle(option, f"leads_to_{language}", degree, document.manner)
    field = load_fields().nearest(option.field) if option.field else None
    option.known_field = field.code if field else None
    for language in LANGUAGES:
        _update_texts(option, document, language)
    _update_offerings(option, document, providers)
    option.searchable = _searchable(option)


def stand_in_id(option_id: str) -> str:
    """Return the id of the offering that stands for an option of which no offering is known."""
    return f"{option_id}-0"


def _update_texts(option: StudyOption, document: OptionDocument, language: str) -> None:
    new = {column: getattr(document, texts).get(language) for column, texts in TEXTS.items()}
    text = option.texts.get(language)
    if text is None:
        if not any(new.values()):
            return
        text = option.texts[language] = OptionText(language=language)
    for column, value in new.items():
        _settle(text, column, value, document.manner)
    if not any(getattr(text, column) for column in TEXTS):
        del option.texts[language]


def _update_offerings(
    option: StudyOption, document: OptionDocument, providers: Mapping[str, str | None]
) -> None:
    stored = {offering.id: offering for offering in option.offerings}
    new = {offering.id: offering for offering in document.offerings}
    stays = set(new) if document.all_offerings else set(new) | set(stored)
    # Nothing stands in where an offering is known.
    if len(stays) > 1:
        stays.discard(stand_in_id(option.id))

    for offering_id, offering in stored.items():
        if offering_id not in stays:
            option.offerings.remove(offering)
    first = 1 if document.all_offerings else len(stored) + 1
    for position, values in enumerate(new.values(), start=first):
        if values.id not in stays:
            continue
        if values.id not in stored:
            stored[values.id] = Offering(id=values.id)
            option.offerings.append(stored[values.id])
        offering = stored[values.id]
        manner = "fill" if values.outline else "replace"
        for name in OFFERING_VALUES:
            _settle(offering, name, getattr(values, name), manner)
        _settle(offering, "provider_id", providers[values.id], manner)
        if document.all_offerings or offering.position is None:
            _settle(offering, "position", position, "replace")


def _settle(stored: Any, name: str, value: Any, manner: str) -> None:
    current = getattr(stored, name)
    if manner == "refresh" and current is not None and _is_unknown(name, value):
        return
    if manner == "fill" and not _is_unknown(name, current):
        return
    if current != value:
        setattr(stored, name, value)


def _tells_more(new: str, current: str) -> bool:
    # That a course is a micro-credential stands in one document of the two about it.
    return new != current and new == "micro_credential"


def _is_unknown(name: str, value: Any) -> bool:
    # `continuous` is the one column where "no" may as well mean that nobody said.
    return value is None or value == () or (name == "continuous" and value is False)


def _searchable(option: StudyOption) -> str:
    texts = [option.texts[language] for language in LANGUAGES if language in option.texts]
    parts: list[str | None] = [
        *(text.title for text in texts),
        *option.keywords,
        *(text.description for text in texts),
        *(text.outcomes for text in texts),
    ]
    return "\n".join(part for part in parts if part).casefold()
