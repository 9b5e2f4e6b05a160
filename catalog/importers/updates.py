"""Put the values of a document into the rows of an option, in the manner it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any

from catalog.fields import load_fields
from catalog.importers.columns import OPTION_READERS
from catalog.importers.documents import OfferingDocument, OptionDocument
from catalog.importers.rows import OPTIONS, OptionRows, Row
from catalog.models import LANGUAGES

OPTION_VALUES = tuple(OPTION_READERS)
TEXT_VALUES = {
    "title": "titles",
    "description": "descriptions",
    "outcomes": "outcomes",
    "requirements": "requirements",
    "criteria": "criteria",
    "skills": "skills",
}
OFFERING_VALUES = tuple(
    item.name
    for item in fields(OfferingDocument)
    if item.name not in ("id", "provider", "outline", "is_at_provider")
)
# Rows are made by the thousand, so what each begins with is made once.
_EMPTY_OPTION: Row = {
    column.name: column.default.arg if column.default is not None else None
    for column in OPTIONS.columns
}
_option_values = attrgetter(*OPTION_VALUES)
_texts = attrgetter(*TEXT_VALUES.values())
_offering_values = attrgetter(*OFFERING_VALUES)


def updated_rows(
    stored: OptionRows | None, document: OptionDocument, providers: Mapping[str, str | None]
) -> OptionRows:
    """Return the rows of an option after a document; `providers` are by offering.

    Where and when it was read is left as it was.
    """
    return OptionRows(
        _option_row(stored.option if stored else None, document),
        _text_rows(stored.texts if stored else {}, document),
        _offering_rows(stored.offerings if stored else {}, document, providers),
    )


def stand_in_id(option_id: str) -> str:
    """Return the id of the offering that stands for an option of which no offering is known."""
    return f"{option_id}-0"


def _option_row(stored: Row | None, document: OptionDocument) -> Row:
    new: Row = dict(zip(OPTION_VALUES, _option_values(document), strict=True))
    for language in LANGUAGES:
        new[f"leads_to_{language}"] = document.leads_to.get(language)
    if stored is None:
        row = {**_EMPTY_OPTION, "id": document.id, "type": document.type, **new}
    else:
        row = {**stored, **_settled(stored, new, document.manner)}
        if document.manner == "replace" or _tells_more(document.type, stored["type"]):
            row["type"] = document.type
    row["known_field"] = _known_field(row["field"])
    row["withdrawn_on"] = None
    return row


@lru_cache(maxsize=1000)
def _known_field(code: str | None) -> str | None:
    field = load_fields().nearest(code) if code else None
    return field.code if field else None


def _text_rows(stored: Mapping[str, Row], document: OptionDocument) -> dict[str, Row]:
    by_column = dict(zip(TEXT_VALUES, _texts(document), strict=True))
    rows = {}
    for language in LANGUAGES:
        row = stored.get(language)
        new: Row = {column: texts.get(language) for column, texts in by_column.items()}
        new["skills"] = new["skills"] or ()
        if row is not None:
            new = _settled(row, new, document.manner)
        if any(new.values()):
            rows[language] = {"option_id": document.id, "language": language, **new}
    return rows


def _offering_rows(
    stored: Mapping[str, Row], document: OptionDocument, providers: Mapping[str, str | None]
) -> dict[str, Row]:
    new = {offering.id: offering for offering in document.offerings}
    stays = set(new) if document.all_offerings else set(new) | set(stored)
    # Nothing stands in where an offering is known.
    if len(stays) > 1:
        stays.discard(stand_in_id(document.id))

    rows = {id_: row for id_, row in stored.items() if id_ in stays}
    first = 1 if document.all_offerings else len(stored) + 1
    for position, offering in enumerate(new.values(), start=first):
        if offering.id not in stays:
            continue
        values: Row = dict(zip(OFFERING_VALUES, _offering_values(offering), strict=True))
        values["provider_id"] = providers[offering.id]
        row = rows.get(offering.id)
        if row is None:
            key = {"option_id": document.id, "id": offering.id}
            rows[offering.id] = {**key, **values, "position": position}
            continue
        rows[offering.id] = {
            **row,
            **_settled(row, values, "fill" if offering.outline else "replace"),
        }
        if document.all_offerings:
            rows[offering.id]["position"] = position
    return rows


def _settled(stored: Row, new: Row, manner: str) -> Row:
    """Return what becomes of stored values, in a manner that OptionDocument tells of."""
    if manner == "replace":
        return new
    if manner == "refresh":
        return {
            name: stored[name] if stored[name] is not None and _is_unknown(name, value) else value
            for name, value in new.items()
        }
    return {
        name: value if _is_unknown(name, stored[name]) else stored[name]
        for name, value in new.items()
    }


def _tells_more(new: str, current: str) -> bool:
    # That a course is a micro-credential stands in one document of the two about it.
    return new != current and new == "micro_credential"


def _is_unknown(name: str, value: Any) -> bool:
    # `continuous` is the one column where "no" may as well mean that nobody said.
    return value is None or value == () or (name == "continuous" and value is False)
