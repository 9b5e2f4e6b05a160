"""Places in a message: where to study, else where the person lives; places ruled out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.nlu.doubtful_names import case_said, is_place
from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.place_names import AT, BASIC, FOLK, FROM, OF, SHORTEST_WITH_SLIP, TO, Form, PlaceNames
from bot.nlu.reading import Token
from catalog.geography import Geography

ANYWHERE = "any"

_LONGEST_NAME = 3
# Words joined to one name ("seinä joki") must be long together, or chance makes names of them.
_SHORTEST_JOINED = 7
_POSTCODE_LENGTH = 5
_BARE_WORDS = 2
# Between the ends of a way: "Hangosta joka päivä junalla Helsinkiin".
_LONGEST_WAY = 4
_ALSO = frozenset(("myös", "också", "även", "also", "too"))
# Kinds of phrases whose words are never a misspelt place.
_KNOWN = (
    "competence", "field", "goal", "situation", "schedule", "online", "light", "cue:wish",
    "cue:held", "cue:home", "cue:study", "swedish_word", "finnish_word", "refine", "ordinal",
    "start_word", "month", "number_word", "language_name", "language_named", "language_talk:study",
    "language_talk:chat", "cue:past", "cue:duration", "no_negation", "negation:always",
    "free_of_charge", "area_word", "anywhere", "cue:name", "cue:service", "date_word:past",
    "date_word:start", "turn:contrast", "limit", "cue:budget", "cue:change", "cue:away",
    "cue:graduated", "abroad", "schooling", "cue:family", "cue:unfinished", "cue:workplace",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    code: str
    case: str
    first: int
    last: int
    # As the form itself says, whatever stands before it.
    spelled: str = BASIC


def find_places(
    phrases: Phrases,
    denials: Denials,
    *,
    names: PlaceNames,
    geography: Geography,
    asked: str | None,
    taken: frozenset[int] = frozenset(),
) -> list[Mention]:
    """Return `place` and `not_place` mentions; tokens in `taken` belong to something else."""
    found = [*_named(phrases, names, asked, taken), *_postcodes(phrases, geography, asked)]
    found.sort(key=lambda one: one.first)
    found = _without_own_region(found, phrases, geography)
    found = _without_far_ends(found, phrases)
    if asked is None:
        # Of several places, that of one's schooling is past; alone it is all there is to go by.
        now = [one for one in found if not _is_where_schooled(one, phrases)]
        found = now or found
    studied: list[Mention] = []
    lived: list[Mention] = []
    excluded: list[Mention] = []
    for one in found:
        if _is_elsewhere(one, phrases, asked):
            continue
        standing = denials.standing(one.first, one.last)
        if standing is Standing.DENIED and _is_left_not(one, phrases, denials):
            standing = Standing.SAID
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
    return [*named, *(() if named else _anywhere(phrases, asked)), *excluded]


def _is_also(mention: Mention, phrases: Phrases) -> bool:
    """Tell whether it will do as well as home: "mutta Torniokin käy"."""
    tokens = phrases.reading.tokens
    here = [token.word for token in tokens if token.clause == tokens[mention.first].clause]
    return tokens[mention.last - 1].word.endswith("kin") or not _ALSO.isdisjoint(here)


def _is_elsewhere(one: _Found, phrases: Phrases, asked: str | None) -> bool:
    """Tell whether it names a firm, a school, a relative's home or the goal of an errand."""
    first = one.first
    if any(first < match.first <= one.last + 3 for match in phrases.beside("surname", first)):
        return True
    before = phrases.reading.tokens[first].clause
    if phrases.covers("institution", one.last) and one.spelled in (BASIC, OF):
        return True
    if asked == "place":
        return False
    before_of = phrases.reading.tokens[first - 1].word == "of" if first > 1 else False
    if before_of and phrases.covers("institution", first - 2):
        return True
    if phrases.covers("firm_name", first) and phrases.beside("career", first, sentence=True):
        return not phrases.beside("cue:home", first)
    relatives = [
        cue
        for cue in phrases.beside("relative", first)
        if cue.last <= first and phrases.reading.tokens[cue.first].clause == before
    ]
    own = [
        one
        for one in phrases.beside("first_person", first)
        if not any(cue.first <= one.first < cue.last for cue in relatives)
    ]
    if relatives and not own:
        return True
    errand = phrases.beside("errand", first, sentence=True)
    return bool(errand) and not (
        phrases.beside("cue:home", first, sentence=True)
        or phrases.beside("too_far", first, sentence=True)
        or phrases.beside("language_talk:study", first, sentence=True)
        or phrases.beside("cue:workplace", first, sentence=True)
    )


def _is_where_schooled(one: _Found, phrases: Phrases) -> bool:
    """Tell whether one only went to school there: "valmistuin Oulussa"."""
    first = one.first
    schooled = [*phrases.beside("cue:graduated", first), *phrases.beside("schooled", first)]
    return (
        bool(schooled)
        and one.case in (AT, FROM)
        and not any(
            phrases.beside(kind, first)
            for kind in ("cue:wish", "cue:home", "cue:workplace", "situation", "at_work", "here")
        )
    )


def _is_left_not(one: _Found, phrases: Phrases, denials: Denials) -> bool:
    """Tell whether the denial is of leaving: "Lahden seudulta en pääse muuttamaan"."""
    area = phrases.covering("area_word", one.last)
    away = one.case == FROM or (
        area is not None and phrases.reading.tokens[one.last].word.endswith(("ta", "tä"))
    )
    return (
        away
        and any(place >= one.last for place in denials.places)
        and not any(
            place < one.first and _in_clause(place, one, phrases) for place in denials.places
        )
    )


def _in_clause(place: int, one: _Found, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    return tokens[place].clause == tokens[one.first].clause


def _named(
    phrases: Phrases, names: PlaceNames, asked: str | None, taken: frozenset[int]
) -> Iterator[_Found]:
    tokens = phrases.reading.tokens
    place = 0
    while place < len(tokens):
        if tokens[place].kind == "word" and place not in taken:
            for last in range(min(place + _LONGEST_NAME, len(tokens)), place, -1):
                form = _form(tokens[place:last], names)
                if form is not None and is_place(form, phrases, place, last, asked):
                    yield _Found(form.code, case_said(form, phrases, place), place, last, form.case)
                    place = last - 1
                    break
            else:
                slip = _slip(phrases, names, place, asked)
                if slip is not None:
                    case = case_said(slip, phrases, place)
                    yield _Found(slip.code, case, place, place + 1, slip.case)
        place += 1


def _form(words: Sequence[Token], names: PlaceNames) -> Form | None:
    if len(words) == 1:
        return names.exact(words[0].word) or names.around(words[0].word)
    if any(token.kind != "word" for token in words):
        return None
    joined = "".join(token.word for token in words)
    if len(joined) < _SHORTEST_JOINED:
        return None
    form = names.exact(joined)
    # "Kotka" "han" must not become one: parts of a name are long, or the name has them apart.
    if form is None or (form.doubtful and " " not in form.name):
        return None
    return form


def _slip(phrases: Phrases, names: PlaceNames, place: int, asked: str | None) -> Form | None:
    word = phrases.reading.tokens[place].word
    if len(word) < SHORTEST_WITH_SLIP or names.exact(word) is not None:
        return None
    if any(phrases.covers(kind, place) for kind in _KNOWN):
        return None
    bare = sum(token.kind == "word" for token in phrases.reading.tokens) <= _BARE_WORDS
    return names.with_slip(word, expected=asked == "place" and bare)


def _postcodes(phrases: Phrases, geography: Geography, asked: str | None) -> Iterator[_Found]:
    tokens = phrases.reading.tokens
    for place, token in enumerate(tokens):
        if (
            token.kind != "number"
            or len(token.word) != _POSTCODE_LENGTH
            or not token.word.isdecimal()
        ):
            continue
        code = geography.postcode(token.word)
        money = phrases.covers("unit:euros", place + 1) or (
            place > 0 and tokens[place - 1].word == "€"
        )
        earned = phrases.beside("cue:income", place) and asked != "place"
        if code is not None and not money and not earned and asked != "budget_eur":
            yield _Found(code, BASIC, place, place + 1)


def _without_own_region(
    found: list[_Found], phrases: Phrases, geography: Geography
) -> list[_Found]:
    """Drop a region named to explain the town before it: "Kauhajoki, Etelä-Pohjanmaa"."""
    kept: list[_Found] = []
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


def _is_outlined(one: _Found, found: list[_Found], phrases: Phrases, geography: Geography) -> bool:
    """Tell whether a place named later, and joined by no "or", says where in the region."""
    later = [other for other in found if other.first > one.last]
    inside = [other for other in later if geography.region_of(other.code) == one.code != other.code]
    return bool(inside) and not any(
        phrases.covers(kind, place)
        for kind in ("turn:or", "turn:joining")
        for place in range(one.last, inside[0].first)
    )


def _without_far_ends(found: list[_Found], phrases: Phrases) -> list[_Found]:
    """Drop where one moved from, and where the way is too long to go every day."""
    dropped: list[_Found] = []
    ways: list[_Found] = []
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


def _is_home(one: _Found, phrases: Phrases) -> bool:
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
    if asked == "place" and not phrases.all("anywhere"):
        for match in [*phrases.all("no_preference")][:1]:
            yield Mention("place", ANYWHERE, match.first, match.last)
