"""What rules options out of a search: known violations only, an unknown value passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import cos, radians

import numpy as np

from catalog.geography import REGION_PREFIX, Geography, load_geography
from catalog.index.columns import LADDER, UNKNOWN, Array, Columns, bits, language_bits
from catalog.models import FUNDING, MODES, SCHEDULES, TYPES

EARTH_RADIUS_KM = 6371.0
# By the bits of an offering's modes. Blended teaching can't be followed from home.
_BITS = np.arange(1 << len(MODES))
_IS_REMOTE = ((_BITS & bits(("online", "distance"), MODES)) > 0) & (
    (_BITS & bits(("blended",), MODES)) == 0
)
_MAY_BE_REMOTE = _IS_REMOTE | (_BITS == 0)
_MAY_BE_THERE = ~_IS_REMOTE | ((_BITS & bits(("in_person",), MODES)) > 0)


@dataclass(frozen=True)
class Near:
    """Within so many kilometres of one of the positions (latitude, longitude)."""

    positions: tuple[tuple[float, float], ...]
    km: float


@dataclass(frozen=True)
class Filters:
    """What a learner can take; nothing given rules nothing out but what has been withdrawn.

    `education` is what the learner has, `open_on` the day to apply on. `remote` is True for what
    can be studied at home only, False for one who wants none of that. What can be studied at
    home is near, and in all `places`, unless `remote` is False. An option must have one of
    `funding`, which sources tell only where it is there.
    """

    field: str | None = None
    types: tuple[str, ...] = ()
    teaching_languages: tuple[str, ...] = ()
    max_price: float | None = None
    education: str | None = None
    open_on: date | None = None
    remote: bool | None = None
    near: Near | None = None
    places: tuple[str, ...] = ()
    schedule: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    include_withdrawn: bool = False


def near_places(codes: Iterable[str], km: float) -> Near:
    """Return what lies within so many kilometres of the main towns of these places."""
    places = filter(None, map(load_geography().get, codes))
    return Near(tuple((place.latitude, place.longitude) for place in places), km)


def passing_offerings(columns: Columns, filters: Filters, among: Array | None = None) -> Array:
    """Return the offerings that nothing known rules out, in order.

    `among` is a mask of the options to look at; the others' offerings are left out.
    """
    by_option = among
    for mask in _of_options(columns, filters):
        by_option = mask if by_option is None else by_option & mask
    if among is not None and by_option is not None:
        return _sifted(columns, filters, np.flatnonzero(by_option[columns.options]))
    # Most are looked at, so whole columns are compared: that is faster than picking rows.
    passing: Array | None = None if by_option is None else by_option[columns.options]
    for rule in _OFFERING_RULES:
        fitting = rule(columns, filters, slice(None))
        if fitting is not None:
            passing = fitting if passing is None else passing & fitting
    return np.arange(len(columns.options)) if passing is None else np.flatnonzero(passing)


def _sifted(columns: Columns, filters: Filters, offerings: Array) -> Array:
    for rule in _OFFERING_RULES:
        mask = rule(columns, filters, offerings)
        if mask is not None:
            offerings = offerings[mask]
    return offerings


def known_field(columns: Columns, field: str) -> Array:
    """Return a mask of the options that are of the field, of one under it or one above it."""
    codes = columns.field_names
    # An unknown field is -1, which is the last of the table.
    wished = [code.startswith(field) or field.startswith(code) for code in codes] + [False]
    mask: Array = np.array(wished)[columns.fields]
    return mask


def distances(columns: Columns, near: Near) -> Array:
    """Return the kilometres from the nearest position for each place of `place_codes`.

    The last one is for an unknown place, which is infinitely far.
    """
    here = columns.positions
    nearest = np.full(len(here) + 1, np.inf)
    for latitude, longitude in near.positions:
        north, east = radians(latitude), radians(longitude)
        heights = np.sin((here[:, 0] - north) / 2) ** 2
        widths = np.sin((here[:, 1] - east) / 2) ** 2
        chords = heights + cos(north) * np.cos(here[:, 0]) * widths
        lines = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chords)))
        nearest[:-1] = np.fmin(nearest[:-1], lines)
    return nearest


def is_remote(columns: Columns) -> Array:
    """Return a mask of the offerings that can be studied at home; blended teaching cannot."""
    mask: Array = _IS_REMOTE[columns.modes]
    return mask


def _of_options(columns: Columns, filters: Filters) -> Iterator[Array]:
    if not filters.include_withdrawn:
        yield ~columns.withdrawn
    if filters.field is not None:
        yield known_field(columns, filters.field) | (columns.fields == UNKNOWN)
    if filters.types:
        wished = np.array([type_ in filters.types for type_ in TYPES] + [False])
        yield wished[columns.types]
    reached = LADDER.get(filters.education or "")
    if reached is not None:
        yield columns.demands <= reached
    if filters.funding:
        yield (columns.funding & bits(filters.funding, FUNDING)) > 0


def _is_open(columns: Columns, filters: Filters, some: Array | slice) -> Array | None:
    if filters.open_on is None:
        return None
    mask: Array = columns.apply_by[some] >= filters.open_on.toordinal()
    return mask


def _is_cheap_enough(columns: Columns, filters: Filters, some: Array | slice) -> Array | None:
    if filters.max_price is None:
        return None
    # What is not known is not a number, which no comparison holds for.
    mask: Array = ~(columns.prices[some] > np.float32(filters.max_price))
    return mask


def _is_taught_so(columns: Columns, filters: Filters, some: Array | slice) -> Array | None:
    if not filters.teaching_languages:
        return None
    taught = columns.languages[some]
    mask: Array = ((taught & language_bits(filters.teaching_languages, columns)) > 0) | (
        taught == 0
    )
    return mask


def _is_at_such_times(columns: Columns, filters: Filters, some: Array | slice) -> Array | None:
    if not filters.schedule:
        return None
    times = columns.schedules[some]
    mask: Array = ((times & bits(filters.schedule, SCHEDULES)) > 0) | (times == 0)
    return mask


def _is_as_remote(columns: Columns, filters: Filters, some: Array | slice) -> Array | None:
    if filters.remote is None:
        return None
    mask: Array = (_MAY_BE_REMOTE if filters.remote else _MAY_BE_THERE)[columns.modes[some]]
    return mask


def _is_reachable(columns: Columns, filters: Filters, some: Array | slice) -> Array | None:
    reachable = _reachable(columns, filters)
    if reachable is None:
        return None
    there: Array = reachable[columns.places[some]]
    return there if filters.remote is False else there | _IS_REMOTE[columns.modes[some]]


# The cheapest and strictest first: each looks only at what the ones before have left.
_OFFERING_RULES = (
    _is_open,
    _is_reachable,
    _is_as_remote,
    _is_cheap_enough,
    _is_taught_so,
    _is_at_such_times,
)


def _reachable(columns: Columns, filters: Filters) -> Array | None:
    """Return which places will do, the unknown one last; None where any will."""
    if filters.near is None and not filters.places:
        return None
    will_do = np.ones(len(columns.place_codes) + 1, dtype=np.bool_)
    if filters.near is not None:
        will_do[:-1] &= (distances(columns, filters.near) <= filters.near.km)[:-1]
    if filters.places:
        geography = load_geography()
        codes = columns.place_names
        will_do[:-1] &= np.array([_is_in(code, filters.places, geography) for code in codes], bool)
    return will_do


def _is_in(code: str, wished: tuple[str, ...], geography: Geography) -> bool:
    """Say whether a place is one of those wished, lies in one, or may be in one."""
    if code in wished or geography.get(code) is None:
        return True
    if code.startswith(REGION_PREFIX):
        return any(geography.get(own) and geography.region_of(own) == code for own in wished)
    return geography.region_of(code) in wished
