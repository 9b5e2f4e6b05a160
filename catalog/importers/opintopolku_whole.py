"""Put a hit of Opintopolku's search and the documents that it names together to one option."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, BinaryIO

from catalog.importers.documents import OfferingDocument, OptionDocument, Read, Refusal
from catalog.importers.opintopolku import read_hit, read_koulutus, read_toteutus

# What the hit alone says, or what belongs to the import.
OF_THE_HIT = frozenset(
    {"id", "type", "titles", "offerings", "source", "manner", "all_offerings", "based_on"}
)
NOT_THERE = "is named by the search, but its address knows nothing"


@dataclass
class Whole:
    """A hit as it is in the JSON, the documents that it names, and what is wrong with others."""

    hit: Any
    koulutus: Any = None
    toteutukset: list[Any] = field(default_factory=list)
    # By oid: why there is no document.
    wrong: dict[str, str] = field(default_factory=dict)

    def as_line(self) -> bytes:
        """Return it as a line of a file."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return json.dumps(values).encode() + b"\n"


def read_wholes(lines: BinaryIO, *, today: date) -> Iterator[Read]:
    """Read the options of a file of wholes, and what is refused of them."""
    for number, line in enumerate(lines, start=1):
        yield from _read(Whole(**json.loads(line)), f"hit {number}", today)


def _read(whole: Whole, label: str, today: date) -> Iterator[Read]:
    option = read_hit(whole.hit, label, today)
    if not isinstance(option, OptionDocument):
        yield option
        return
    for oid, reason in whole.wrong.items():
        yield Refusal(oid, "document", reason, option=option.id)
    koulutus = [read_koulutus(whole.koulutus, option.id, today)] if whole.koulutus else []
    toteutukset = [read_toteutus(found, option.id, today) for found in whole.toteutukset]
    for part in (*koulutus, *toteutukset):
        if isinstance(part, Refusal):
            yield replace(part, option=option.id)
        elif isinstance(part, OptionDocument):
            option = _filled(option, part)
    parts = [part for part in toteutukset if isinstance(part, OptionDocument)]
    yield replace(option, offerings=_offerings(option, parts))


def _filled(option: OptionDocument, part: OptionDocument) -> OptionDocument:
    """Return the option with what a part of it says and it does not say itself."""
    values: dict[str, Any] = {}
    for name in (item.name for item in fields(OptionDocument) if item.name not in OF_THE_HIT):
        own, other = getattr(option, name), getattr(part, name)
        if isinstance(own, Mapping):
            values[name] = {**other, **own}
        elif own in (None, ()):
            values[name] = other
    if option.credits is not None:
        values.pop("credits_min", None)
    # That a course is a micro-credential may stand in one document alone.
    type_ = part.type if part.type == "micro_credential" else option.type
    return replace(option, type=type_, **values)


def _offerings(
    option: OptionDocument, toteutukset: list[OptionDocument]
) -> tuple[OfferingDocument, ...]:
    """Return what toteutus documents tell of offerings in place of the hit's outlines of them."""
    outlines = {offering.id: offering for offering in option.offerings}
    told = {part.offerings[0].id: part.offerings for part in toteutukset}
    found: dict[str, OfferingDocument] = {}
    for outline in option.offerings:
        oid = outline.id.partition("-")[0]
        for offering in told.get(oid, (outline,)):
            found[offering.id] = _with_place(offering, outlines.get(offering.id))
    return tuple(found.values())


def _with_place(offering: OfferingDocument, outline: OfferingDocument | None) -> OfferingDocument:
    if outline is None:
        return offering
    return replace(
        offering,
        provider=offering.provider or outline.provider,
        place=offering.place or outline.place,
    )
