"""The filters of transcripts as typed into a form, and as the search takes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from catalog.geography import REGION_PREFIX, load_geography
from coaching.transcripts import Filters, Turn
from opastin.settings import TIME_ZONE

LONGEST = 200
MAX_NUMBER = 10**9
_YES, _NO = "yes", "no"


class UnknownPlace(ValueError):
    """No municipality or region is called so."""


class BadDate(ValueError):
    """A date cannot be read."""


@dataclass(frozen=True)
class Typed:
    """What the form was sent with, as it was typed; `search` is the key of the words."""

    search: str = ""
    person: str = ""
    since: str = ""
    until: str = ""
    channel: str = ""
    language: str = ""
    place: str = ""
    field: str = ""
    outcome: str = ""
    label: str = ""
    intent: str = ""
    below: str = ""
    least: str = ""
    most: str = ""
    rating: str = ""
    handoff: str = ""
    failed: str = ""
    older: str = ""
    newer: str = ""

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Typed:
        """Read what was sent; unknown names are left out."""
        sent = {name: values.get(name) for name in vars(cls())}
        return cls(
            **{
                name: value.strip()[:LONGEST]
                for name, value in sent.items()
                if isinstance(value, str)
            }
        )

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything but the words and the page is chosen."""
        return any(
            value
            for name, value in vars(self).items()
            if name not in ("search", "person", "older", "newer")
        )

    def query(self, **changes: str) -> str:
        """Return the address's question with these values, some of them changed."""
        values = {**vars(self), **changes}
        filled = {name: value for name, value in values.items() if value}
        return f"?{urlencode(filled)}" if filled else ""

    def turn(self) -> Turn:
        """Return which page is meant."""
        return Turn(older_than=_number(self.older), newer_than=_number(self.newer))

    def filters(self, words: str) -> Filters:
        """Return the filters for the search; raise UnknownPlace or BadDate."""
        until = _day(self.until)
        return Filters(
            words=words,
            only_person=bool(self.person),
            since=_begin(_day(self.since)),
            # The last day is meant whole.
            until=_begin(until + timedelta(days=1) if until else None),
            channel=self.channel,
            language=self.language,
            places=places_named(self.place) if self.place else (),
            field=self.field,
            outcome=self.outcome,
            label=self.label,
            intent=self.intent,
            below_confidence=_number(self.below),
            least_messages=_number(self.least),
            most_messages=_number(self.most),
            most_rating=_number(self.rating),
            handed_over={_YES: True, _NO: False}.get(self.handoff),
            least_failed=_number(self.failed),
        )


def places_named(name: str) -> tuple[str, ...]:
    """Return the codes that a typed place means: a region's are its municipalities' and its own."""
    code = _codes().get(_fold(name))
    if code is None:
        raise UnknownPlace
    if not code.startswith(REGION_PREFIX):
        return (code,)
    return (code, *load_geography().municipalities_in(code))


def place_names(language: str) -> list[str]:
    """Return the names of all places, to choose from while typing."""
    return sorted({place.name(language) for place in load_geography().places})


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    # Where a region and a municipality share a name, the region holds the municipality.
    places = sorted(load_geography().places, key=lambda place: place.kind == "region")
    return {_fold(name): place.code for place in places for name in place.names.values()}


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _number(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdigit()):
        return None
    return min(int(typed[:12]), MAX_NUMBER)


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise BadDate from error
    if not 2000 <= day.year < 3000:
        raise BadDate
    return day


def _begin(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), TIME_ZONE)
