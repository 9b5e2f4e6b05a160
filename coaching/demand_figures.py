"""Figures of unmet demand in which no small group can be found, not by subtraction either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coaching.demand import Group

# Groups under this many are hidden, and others are told in bands as wide.
SMALLEST = 5
# Types or modes of which each is too small to be told by itself.
OTHERS = "others"


@dataclass(frozen=True)
class Band:
    """A number that is told only roughly: at least, and at most."""

    at_least: int
    at_most: int

    @classmethod
    def around(cls, number: int) -> Band:
        """Return the band of a counted number: 1-4, 5-9, 10-14 and so on."""
        if number < SMALLEST:
            return cls(1, SMALLEST - 1)
        lowest = number - number % SMALLEST
        return cls(lowest, lowest + SMALLEST - 1)

    @classmethod
    def total(cls, bands: Iterable[Band]) -> Band:
        """Add bands up: a total says nothing that the bands do not say."""
        parts = list(bands)
        return cls(sum(part.at_least for part in parts), sum(part.at_most for part in parts))

    def __str__(self) -> str:
        if self.at_most < SMALLEST:
            return f"<{SMALLEST}"
        return f"{self.at_least}-{self.at_most}"


@dataclass(frozen=True)
class PlaceDemand:
    """Unmet demand in a place: in all, and by broad field, the largest first."""

    place: str
    total: Band
    fields: Mapping[str, Band]


def by_place(groups: Iterable[Group]) -> tuple[PlaceDemand, ...]:
    """Return the figures of each place, in the order that the places come in."""
    bands: dict[str, dict[str, Band]] = {}
    for group in groups:
        bands.setdefault(group.place, {})[group.field] = Band.around(group.searches)
    return tuple(
        PlaceDemand(place, Band.total(fields.values()), _largest_first(fields))
        for place, fields in bands.items()
    )


def by_field(places: Iterable[PlaceDemand]) -> Mapping[str, Band]:
    """Return the figures of each field over all places, added up from the places' own."""
    bands: dict[str, list[Band]] = {}
    for place in places:
        for field, band in place.fields.items():
            bands.setdefault(field, []).append(band)
    return _largest_first({field: Band.total(parts) for field, parts in bands.items()})


def by_aspect(groups: Iterable[Group], aspect: str) -> Mapping[str, Band]:
    """Return the figures of each type or mode (`types`, `modes`) over all places.

    Only groups that are not hidden themselves are counted in, so that nothing can be told of a
    hidden one by subtraction. What is too small stands together under `OTHERS`.
    """
    numbers: Counter[str] = Counter()
    for group in groups:
        if group.searches >= SMALLEST:
            numbers.update(getattr(group, aspect))
    small = sum(number for number in numbers.values() if number < SMALLEST)
    bands = {name: Band.around(number) for name, number in numbers.items() if number >= SMALLEST}
    figures = _largest_first(bands)
    return {**figures, OTHERS: Band.around(small)} if small else figures


def _largest_first(fields: Mapping[str, Band]) -> dict[str, Band]:
    # Within a band the order must not tell which is larger; what is not known comes last.
    def order(item: tuple[str, Band]) -> tuple[int, bool, str]:
        field, band = item
        return (-band.at_most, not field, field)

    return dict(sorted(fields.items(), key=order))
