"""Keep the texts of documents within bounds: long ones are cut, endless names refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from catalog.importers.documents import FieldError, OptionDocument, ProviderDocument, Texts

LONGEST_TITLE = 500
LONGEST_TEXT = 50_000
LONGEST_ADDRESS = 2_000
# Stands at the end of a text that was cut.
CUT = " …"
_NAMES = {"titles": "title", "leads_to": "leads_to"}
_TEXTS = ("descriptions", "outcomes", "requirements", "criteria")


def within_limits(document: OptionDocument) -> OptionDocument:
    """Return the document with texts that are too long cut at a word; itself, if none is.

    Raises FieldError where a title, a degree, a keyword or an address is too long.
    """
    for attribute, column in _NAMES.items():
        _check_names(column, getattr(document, attribute))
    _check_keywords(document.keywords)
    for offering in document.offerings:
        _check_length("url", offering.url, LONGEST_ADDRESS)
        if offering.provider is not None:
            check_provider(offering.provider)
    changes: dict[str, Any] = {}
    for attribute in _TEXTS:
        texts: Texts = getattr(document, attribute)
        if any(len(text) > LONGEST_TEXT for text in texts.values()):
            changes[attribute] = {language: _cut(text) for language, text in texts.items()}
    return replace(document, **changes) if changes else document


def check_provider(document: ProviderDocument) -> None:
    """Raise FieldError where a name or the address of a provider is too long."""
    _check_names("provider", document.names)
    _check_length("provider_url", document.url, LONGEST_ADDRESS)


def _check_names(column: str, names: Texts) -> None:
    for language, name in names.items():
        if len(name) > LONGEST_TITLE:
            _check_length(f"{column}_{language}", name, LONGEST_TITLE)


def _check_keywords(keywords: tuple[str, ...]) -> None:
    _check_length("keywords", ";".join(keywords), LONGEST_TEXT)
    for keyword in keywords:
        _check_length("keywords", keyword, LONGEST_TITLE)


def _check_length(column: str, text: str | None, longest: int) -> None:
    if text is not None and len(text) > longest:
        raise FieldError(column, f"is longer than {longest:,} characters")


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(CUT)
    # The character after the room tells whether a word ends with it.
    words = text[: room + 1].rsplit(maxsplit=1)
    whole = words[0] if len(words) == 2 and not text[room].isspace() else text[:room]
    return whole.rstrip() + CUT
