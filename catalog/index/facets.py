"""How many of the options found have which value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from catalog.geography import load_geography
from catalog.index.columns import UNKNOWN, Array, Columns
from catalog.models import MODES, SCHEDULES, TYPES

# A band ends with this price; the last has no end.
BANDS = (100, 500, 1000)
BAND_NAMES = ("free", "to_100", "to_500", "to_1000", "over_1000")

Counts = Mapping[str, int]


def count_facet(name: str, columns: Columns, options: Array, offerings: Array) -> dict[str, int]:
    """Count options by value, most first; an option counts for each value of its offerings.

    `options` and `offerings` are the rows of what was found, in order. Unknown values are left out.
    """
    counts = FACETS[name](columns, options, offerings)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _types(columns: Columns, options: Array, offerings: Array) -> Counts:
    return _numbered(columns.types[options], TYPES)


def _field_groups(columns: Columns, options: Array, offerings: Array) -> Counts:
    """Count by narrow field, or by broad field where no more is known."""
    counts: dict[str, int] = {}
    by_code = _numbered(columns.fields[options], columns.field_names)
    for code, count in by_code.items():
        counts[code[:3]] = counts.get(code[:3], 0) + count
    return counts


def _regions(columns: Columns, options: Array, offerings: Array) -> Counts:
    geography = load_geography()
    codes = columns.place_names
    regions = [geography.region_of(code) if geography.get(code) else "" for code in codes]
    known = sorted(set(regions) - {""})
    numbers = np.array([known.index(region) if region else UNKNOWN for region in regions] + [-1])
    region = numbers[columns.places[offerings]]
    pairs = columns.options[offerings].astype(np.int64) * (len(known) + 1) + region
    return _numbered(_once(pairs[region >= 0]) % (len(known) + 1), known)


def _modes(columns: Columns, options: Array, offerings: Array) -> Counts:
    return _with_bits(columns.modes, MODES, columns, offerings)


def _schedules(columns: Columns, options: Array, offerings: Array) -> Counts:
    return _with_bits(columns.schedules, SCHEDULES, columns, offerings)


def _languages(columns: Columns, options: Array, offerings: Array) -> Counts:
    known = columns.language_names
    return _with_bits(columns.languages, known, columns, offerings)


def _price_bands(columns: Columns, options: Array, offerings: Array) -> Counts:
    """Count by the lowest price of what was found of an option."""
    found = offerings[~np.isnan(columns.prices[offerings])]
    if not len(found):
        return {}
    options = columns.options[found]
    first = np.flatnonzero(np.concatenate(([True], options[1:] != options[:-1])))
    lowest = np.minimum.reduceat(columns.prices[found], first)
    return _numbered(np.searchsorted((0, *BANDS), lowest), BAND_NAMES)


FACETS: Mapping[str, Callable[[Columns, Array, Array], Counts]] = {
    "type": _types,
    "field": _field_groups,
    "region": _regions,
    "mode": _modes,
    "teaching_language": _languages,
    "schedule": _schedules,
    "price": _price_bands,
}


def _with_bits(
    column: Array, known: Sequence[str], columns: Columns, offerings: Array
) -> dict[str, int]:
    values, options = column[offerings], columns.options[offerings]
    counts: dict[str, int] = {}
    for bit, word in enumerate(known[: column.dtype.itemsize * 8 - 1]):
        count = len(_once(options[(values & (1 << bit)) > 0]))
        if count:
            counts[word] = count
    return counts


def _once(ordered: Array) -> Array:
    """Return a sorted column without repetitions."""
    if not len(ordered):
        return ordered
    ordered = ordered if (ordered[1:] >= ordered[:-1]).all() else np.sort(ordered)
    unlike: Array = ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]
    return unlike


def _numbered(numbers: Array, known: Sequence[str]) -> dict[str, int]:
    counts = np.bincount(numbers[numbers >= 0].astype(np.int64), minlength=len(known))
    return {word: int(count) for word, count in zip(known, counts, strict=False) if count}
