"""Places of one message beside each other: a town and its region, the ends of a way."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.nlu.lexicon import Phrases
from bot.nlu.named_places import NamedPlace
from bot.nlu.place_names import AT, FROM, TO
from catalog.geography import Geography

# Between the ends of a way: "Hangosta joka päivä junalla Helsinkiin".
_LONGEST_WAY = 4


def without_own_region(
    found: list[NamedPlace], phrases: Phrases, geography: Geography
) -> list[NamedPlace]:
    """Drop a region named to explain the town before it: "Kauhajoki, Etelä-Pohjanmaa"."""
    kept: list[NamedPlace] = []
    for one in found:
        before = kept[-1] if kept else None
        if before is not None and one.first - before.last <= 1:
            between = phrases.reading.tokens[before.last : one.first]
            explains = not between or between[0].word in (",", "(")
            if explains and geography.region_of(before.code) == one.code != before.code:
                continue
            if explains and before.code == one.code:
                continue
            if explains and geography.region_of(one.code) == before.code != one.code:
                kept.pop()
        kept.append(one)
    return [one for one in kept if not _is_outlined(one, kept, phrases, geography)]


def without_far_ends(found: list[NamedPlace], phrases: Phrases) -> list[NamedPlace]:
    """Drop where one moved from, and where the way is too long to go every day."""
    dropped: list[NamedPlace] = []
    ways: list[NamedPlace] = []
    for one, other in pairwise(found):
        if one.case != FROM or other.first - one.last > _LONGEST_WAY:
            continue
        if phrases.beside("too_far", one.first, sentence=True):
            dropped.append(other)
        elif other.case in (TO, AT) and any(
            match.first < one.first for match in phrases.beside("moved", one.first)
        ):
            dropped.append(one)
        elif other.case == TO and phrases.beside("travel", one.first):
            # Who goes from one to the other may study in either.
            ways.append(one)
    found = [replace(one, case=AT) if one in ways else one for one in found]
    return [one for one in found if one not in dropped]


def without_origins(found: list[NamedPlace], phrases: Phrases) -> list[NamedPlace]:
    """Drop where one comes from if it is also said where one lives: "kotoisin Sallasta"."""
    living = [one for one in found if phrases.beside("living", one.first)]
    return [
        one
        for one in found
        if not (phrases.beside("origin", one.first) and any(other != one for other in living))
    ]


def _is_outlined(
    one: NamedPlace, found: list[NamedPlace], phrases: Phrases, geography: Geography
) -> bool:
    """Tell whether a place named later, and joined by no "or", says where in the region."""
    later = [other for other in found if other.first > one.last]
    inside = [other for other in later if geography.region_of(other.code) == one.code != other.code]
    return bool(inside) and not any(
        phrases.covers(kind, place)
        for kind in ("turn:or", "turn:joining")
        for place in range(one.last, inside[0].first)
    )
