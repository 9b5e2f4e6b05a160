"""Places in a message: where to study, else where the person lives; places ruled out."""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.named_places import NamedPlace, named_places
from bot.nlu.negation import Denials, Standing
from bot.nlu.other_places import (
    is_elsewhere,
    is_left_not,
    is_ruled_out,
    is_where_schooled,
)
from bot.nlu.place_names import FOLK, FROM, PlaceNames
from bot.nlu.place_relations import without_far_ends, without_origins, without_own_region
from bot.nlu.preferences import place_does_not_matter
from catalog.geography import Geography

ANYWHERE = "any"

_ALSO = frozenset(("myös", "också", "även", "also", "too"))


def find_places(
    phrases: Phrases,
    denials: Denials,
    *,
    names: PlaceNames,
    geography: Geography,
    asked: str | None,
    taken: frozenset[int] = frozenset(),
) -> list[Mention]:
    """Return `place` and `not_place` mentions; tokens in `taken` belong to something else.

    `other_place` marks names that tell of something else: where one moved from, a firm, a surname.
    """
    found = named_places(phrases, names=names, geography=geography, asked=asked, taken=taken)
    every = found
    found = without_own_region(found, phrases, geography)
    found = without_far_ends(found, phrases)
    found = without_origins(found, phrases)
    if asked is None:
        # Of several places, that of one's schooling is past; alone it is all there is to go by.
        now = [one for one in found if not is_where_schooled(one, phrases)]
        found = now or found
    studied: list[Mention] = []
    lived: list[Mention] = []
    excluded: list[Mention] = []
    others = [Mention("other_place", one.code, one.first, one.last) for one in every]
    others = [one for one in others if all(one.first != other.first for other in found)]
    for one in found:
        if is_elsewhere(one, phrases, asked):
            others.append(Mention("other_place", one.code, one.first, one.last))
            continue
        standing = denials.standing(one.first, one.last)
        if standing is Standing.DENIED and is_left_not(one, phrases, denials):
            standing = Standing.SAID
        elif standing is Standing.SAID and is_ruled_out(one, found, phrases, denials):
            standing = Standing.DENIED
        here = one.first > 0 and phrases.covers("here", one.first - 1)
        if here:
            standing = Standing.SAID
        if standing is Standing.VOID:
            continue
        if standing is Standing.DENIED:
            excluded.append(Mention("not_place", one.code, one.first, one.last))
        else:
            mention = Mention("place", one.code, one.first, one.last)
            (lived if _is_home(one, phrases) else studied).append(mention)
    named = [*lived, *studied] if studied and _is_also(studied[0], phrases) else studied or lived
    return [*named, *(() if named else _anywhere(phrases, asked)), *excluded, *others]


def _is_also(mention: Mention, phrases: Phrases) -> bool:
    """Tell whether it will do as well as home: "mutta Torniokin käy"."""
    tokens = phrases.reading.tokens
    here = [token.word for token in tokens if token.clause == tokens[mention.first].clause]
    return tokens[mention.last - 1].word.endswith("kin") or not _ALSO.isdisjoint(here)


def _is_home(one: NamedPlace, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    clause = tokens[one.first].clause
    home = [match for match in phrases.beside("cue:home", one.first) if match.first < one.first]
    study = [match for match in phrases.beside("cue:study", one.first) if match.first < one.first]
    if one.case in (FROM, FOLK):
        # "Löytyisikö Seinäjoelta jotain" looks for studies there.
        return not any(
            tokens[match.first].word.startswith(
                ("löyty", "etsi", "haen", "onko", "oisko", "olisiko")
            )
            for match in phrases.beside("cue:study", one.first)
        )
    if home:
        return not study or study[-1].first < home[-1].first
    later = [
        match
        for match in phrases.all("cue:home")
        if one.last <= match.first <= one.last + 1 and tokens[match.first].clause == clause
    ]
    work = [match for match in phrases.beside("cue:workplace", one.first) if not study]
    return bool(later or work)


def _anywhere(phrases: Phrases, asked: str | None) -> Iterator[Mention]:
    for match in phrases.all("anywhere"):
        yield Mention("place", ANYWHERE, match.first, match.last)
    match = None if phrases.all("anywhere") else place_does_not_matter(phrases, asked)
    if match is not None:
        yield Mention("place", ANYWHERE, match.first, match.last)
