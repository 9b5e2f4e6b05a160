"""What filters and facets ask, as columns of numbers: a row an option, a row an offering."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import text
from sqlalchemy.engine import Connection

from catalog.geography import load_geography
from catalog.models import FUNDING, MODES, SCHEDULES, TYPES

Array = npt.NDArray[Any]

# What an education reaches and a demand asks for; schooling abroad can be of any level.
LADDER = {"none": 0, "basic": 1, "vocational": 2, "general_upper": 2, "bachelor": 3, "master": 4}
# Later than any last day of application.
NEVER_CLOSES = np.iinfo(np.int32).max
UNKNOWN = -1
READ_AT_ONCE = 10_000
# Sources name some thirty languages; what comes after that many shares a bit.
_LAST_BIT = 62


@dataclass(frozen=True)
class Columns:
    """Options in the order of their ids, and their offerings in the order of options."""

    ids: Array
    numbers: Array
    types: Array
    # Places in `field_codes`; likewise for places and teaching languages.
    fields: Array
    demands: Array
    withdrawn: Array
    funding: Array
    offering_ids: Array
    options: Array
    places: Array
    modes: Array
    schedules: Array
    languages: Array
    prices: Array
    apply_by: Array
    field_codes: Array
    place_codes: Array
    language_codes: Array

    @property
    def count(self) -> int:
        """Return the number of options."""
        return len(self.ids)

    @cached_property
    def starts(self) -> Array:
        """Return where the offerings of each option begin, and where the last ones end."""
        rows = np.arange(self.count + 1, dtype=self.options.dtype)
        starts: Array = np.searchsorted(self.options, rows)
        return starts

    @cached_property
    def field_names(self) -> list[str]:
        """Return the codes of fields as words, likewise of places and languages."""
        return _words(self.field_codes)

    @cached_property
    def place_names(self) -> list[str]:
        """Return the codes of places."""
        return _words(self.place_codes)

    @cached_property
    def language_names(self) -> list[str]:
        """Return the codes of teaching languages."""
        return _words(self.language_codes)

    @cached_property
    def positions(self) -> Array:
        """Return latitude and longitude of each place in radians; not a number where unknown."""
        places = [load_geography().get(code) for code in self.place_names]
        known = [(place.latitude, place.longitude) if place else (np.nan,) * 2 for place in places]
        positions: Array = np.radians(np.array(known, dtype=float).reshape(-1, 2))
        return positions

    def row_of(self, option_id: str) -> int | None:
        """Return the row of an option, None where it is unknown."""
        row = self.place_of(option_id)
        encoded = option_id.encode()
        return row if row < self.count and bytes(self.ids[row]) == encoded else None

    def place_of(self, option_id: str) -> int:
        """Return the row that an option has, or would have."""
        return int(np.searchsorted(self.ids, np.bytes_(option_id.encode())))

    def id_at(self, row: int) -> str:
        """Return the id of an option."""
        return bytes(self.ids[row]).decode()

    def offering_id_at(self, row: int) -> str:
        """Return the id of an offering."""
        return bytes(self.offering_ids[row]).decode()

    def arrays(self) -> dict[str, Array]:
        """Return every column by name."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


def read_columns(connection: Connection) -> Columns:
    """Read the columns of the whole catalogue."""
    fields, places, languages = _Codes(), _Codes(), _Codes()
    # Ids are compared as bytes, whatever the database thinks of letters.
    options = sorted(_option(row, fields) for row in _rows(connection, _OPTIONS))
    rows = {option[0]: row for row, option in enumerate(options)}
    offerings = sorted(
        _offering(row, rows[option_id], places, languages)
        for row in _rows(connection, _OFFERINGS)
        if (option_id := row[0].encode()) in rows
    )
    of_options = list(zip(*options, strict=True)) or [()] * 7
    of_offerings = list(zip(*offerings, strict=True)) or [()] * 9
    return Columns(
        ids=_bytes(of_options[0]),
        numbers=np.array(of_options[1], dtype=np.int32),
        types=np.array(of_options[2], dtype=np.int8),
        fields=np.array(of_options[3], dtype=np.int16),
        demands=np.array(of_options[4], dtype=np.int8),
        withdrawn=np.array(of_options[5], dtype=np.bool_),
        funding=np.array(of_options[6], dtype=np.uint8),
        options=np.array(of_offerings[0], dtype=np.int32),
        offering_ids=_bytes(of_offerings[2]),
        places=np.array(of_offerings[3], dtype=np.int16),
        modes=np.array(of_offerings[4], dtype=np.uint8),
        schedules=np.array(of_offerings[5], dtype=np.uint8),
        languages=np.array(of_offerings[6], dtype=np.int64),
        prices=np.array(of_offerings[7], dtype=np.float32),
        apply_by=np.array(of_offerings[8], dtype=np.int32),
        field_codes=_bytes([name.encode() for name in fields.names]),
        place_codes=_bytes([name.encode() for name in places.names]),
        language_codes=_bytes([name.encode() for name in languages.names]),
    )


def language_bits(words: Sequence[str], columns: Columns) -> int:
    """Return a number with a bit for each teaching language that the catalogue has."""
    known = columns.language_names
    return sum({1 << min(known.index(word), _LAST_BIT) for word in words if word in known})


def bits(words: Sequence[str], known: Sequence[str]) -> int:
    """Return a number with a bit for each of the words that is known."""
    return sum(1 << known.index(word) for word in set(words) if word in known)


class _Codes:
    """Numbers words as they come."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str | None) -> int:
        if not name:
            return UNKNOWN
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]


_OPTIONS = """
    SELECT o.id, e.number, o.type, o.field, o.education_required, o.withdrawn_on, o.funding
    FROM study_options o LEFT JOIN search_entries e ON e.option_id = o.id
"""
_OFFERINGS = """
    SELECT option_id, id, position, place, modes, schedule, teaching_languages, price_eur,
           apply_by, continuous
    FROM offerings
"""


def _rows(connection: Connection, query: str) -> Iterator[Any]:
    result = connection.execute(text(query).execution_options(stream_results=True))
    for some in result.partitions(READ_AT_ONCE):
        yield from some


def _option(row: Any, codes: _Codes) -> tuple[Any, ...]:
    id_, number, type_, field, education, withdrawn_on, funding = row
    return (
        id_.encode(),
        UNKNOWN if number is None else number,
        TYPES.index(type_) if type_ in TYPES else UNKNOWN,
        codes.number(field),
        LADDER.get(education or "none", 0),
        withdrawn_on is not None,
        _bits(funding, FUNDING),
    )


def _offering(row: Any, option: int, places: _Codes, languages: _Codes) -> tuple[Any, ...]:
    _, id_, position, place, modes, schedule, taught, price, apply_by, continuous = row
    return (
        option,
        position,
        id_.encode(),
        places.number(place),
        _bits(modes, MODES),
        _bits(schedule, SCHEDULES),
        _language_bits(taught, languages),
        np.nan if price is None else price,
        NEVER_CLOSES if continuous or apply_by is None else _ordinal(apply_by),
    )


@lru_cache(maxsize=10_000)
def _bits(words: str | None, known: tuple[str, ...]) -> int:
    return bits(words.split(";"), known) if words else 0


def _language_bits(words: str | None, codes: _Codes) -> int:
    found = 0
    for word in words.split(";") if words else ():
        found |= 1 << min(codes.number(word), _LAST_BIT)
    return found


@lru_cache(maxsize=10_000)
def _ordinal(day: str | date) -> int:
    # SQLite gives what it stores.
    return (date.fromisoformat(day) if isinstance(day, str) else day).toordinal()


def _bytes(words: Sequence[bytes]) -> Array:
    return np.array(words, dtype=f"S{max(map(len, words), default=1) or 1}")


def _words(codes: Array) -> list[str]:
    return [bytes(code).decode() for code in codes]
