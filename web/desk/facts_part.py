"""Facts about a person as coaches read them: slots by name, codes in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from catalog.fields import is_field
from catalog.fields import name as field_name
from catalog.geography import load_geography
from guidance.presentation import Words
from guidance.profile import ANYWHERE
from opastin.texts import load_texts
from web.labels import Labels
from web.markup import build

# Slots whose values are codes with words of the desk's own, and those that are told as another.
_BY_CODE = frozenset(
    {"age_group", "education", "goal", "schedule", "situation", "teaching_languages"}
)
_AS = {"places": "place"}


def place_and_field(place: str | None, field: str | None, labels: Labels) -> Iterator[str]:
    """Yield the names of a place and a field, where they are known."""
    known = None if place is None else load_geography().get(place)
    if known is not None:
        yield known.name(labels.language)
    if field is not None and is_field(field):
        yield field_name(field, labels.language)


def facts(slots: Mapping[str, Any], labels: Labels) -> Element | None:
    """Return what was told as a list of names and values; None where it is nothing."""
    told = Words(load_texts(), labels.language, plain=False)
    pairs = [
        part
        for slot, value in slots.items()
        if value not in (None, [], "")
        for part in (
            build("dt", labels.find(f"slots.{slot}") or slot),
            build("dd", _value(slot, value, told, labels)),
        )
    ]
    return build("dl", *pairs, class_="facts") if pairs else None


def _value(slot: str, value: Any, told: Words, labels: Labels) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(_one(slot, one, told, labels) for one in values)


def _one(slot: str, value: Any, told: Words, labels: Labels) -> str:
    if isinstance(value, bool):
        return labels.text("packet.yes" if value else "packet.no")
    if isinstance(value, Mapping):
        return str(value.get("words") or "")
    if slot in _BY_CODE:
        return labels.find(f"values.{slot}.{value}") or str(value)
    if slot == "start_by":
        return _day(str(value), labels)
    if value == ANYWHERE:
        return labels.text("values.place.any")
    return told.value(_AS.get(slot, slot), value)


def _day(iso: str, labels: Labels) -> str:
    try:
        return labels.day(iso)
    except ValueError:
        return iso
