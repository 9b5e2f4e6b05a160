"""Places in a message: where to study first, then where the person lives; places ruled out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.place_names import AT, BASIC, FOLK, FROM, OF, TO, Form, PlaceNames
from bot.nlu.reading import Token
from catalog.geography import Geography

ANYWHERE = "any"

_LONGEST_NAME = 3
# Words joined to one name ("seinä joki") must be long together, or chance makes names of them.
_SHORTEST_JOINED = 7
_POSTCODE_LENGTH = 5
_SHORT_ANSWER = 4
_LOCAL = frozenset((AT, FROM, TO))
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
    studied: list[Mention] = []
    lived: list[Mention] = []
    excluded: list[Mention] = []
    for one in found:
        standing = denials.standing(one.first, one.last)
        if standing is Standing.VOID:
            continue
        if standing is Standing.DENIED:
            excluded.append(Mention("not_place", one.code, one.first, one.last))
        else:
            mention = Mention("place", one.code, one.first, one.last)
            (lived if _is_home(one, phrases) else studied).append(mention)
    return [*studied, *lived, *_anywhere(phrases, asked), *excluded]


def _named(
    phrases: Phrases, names: PlaceNames, asked: str | None, taken: frozenset[int]
) -> Iterator[_Found]:
    tokens = phrases.reading.tokens
    place = 0
    while place < len(tokens):
        if tokens[place].kind == "word" and place not in taken:
            for last in range(min(place + _LONGEST_NAME, len(tokens)), place, -1):
                form = _form(tokens[place:last], names)
                if form is not None and _counts(form, phrases, place, last, asked):
                    yield _Found(form.code, _case(form, phrases, place), place, last)
                    place = last - 1
                    break
            else:
                slip = _slip(phrases, names, place)
                if slip is not None:
                    yield _Found(slip.code, _case(slip, phrases, place), place, place + 1)
        place += 1


def _form(words: Sequence[Token], names: PlaceNames) -> Form | None:
    if len(words) == 1:
        return names.exact(words[0].word)
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


def _case(form: Form, phrases: Phrases, place: int) -> str:
    for case in (FROM, TO, AT):
        match = phrases.covering(f"preposition:{case}", place - 1) if place else None
        if match is not None and match.last == place and form.case in (BASIC, OF):
            return case
    return form.case


def _counts(form: Form, phrases: Phrases, first: int, last: int, asked: str | None) -> bool:
    if form.case == FOLK and form.doubtful:
        return False
    if not form.doubtful:
        return True
    tokens = phrases.reading.tokens
    token = tokens[first]
    if asked == "place" and (len(tokens) <= _SHORT_ANSWER or not form.never):
        return True
    if form.case in _LOCAL and not form.never:
        return True
    if form.case == OF and phrases.covers("area_word", last):
        return True
    if not token.capital:
        return False
    if form.case in _LOCAL or _case(form, phrases, first) in _LOCAL:
        return True
    if len(tokens) <= 2:
        return form.common
    listed = form.common and first > 0 and phrases.covers("turn:or", first - 1)
    return (listed or not form.person) and _capital_tells(phrases, first)


def _capital_tells(phrases: Phrases, place: int) -> bool:
    """Tell whether a capital letter here means a place, and no sentence's start or surname."""
    tokens = phrases.reading.tokens
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is None or before.sentence != tokens[place].sentence:
        return after is None or after.word in (",", "/") or phrases.covers("turn:or", place + 1)
    if phrases.covers("cue:name", place - 1) or (before.kind == "word" and before.capital):
        return False
    return not (after is not None and after.kind == "word" and after.capital)


def _slip(phrases: Phrases, names: PlaceNames, place: int) -> Form | None:
    word = phrases.reading.tokens[place].word
    if names.exact(word) is not None or any(phrases.covers(kind, place) for kind in _KNOWN):
        return None
    return names.with_slip(word)


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
        kept.append(one)
    return kept


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
