"""Whether a named place is where the person is or would study, or something else altogether."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlu.lexicon import Phrases
from bot.nlu.named_places import NamedPlace
from bot.nlu.negation import Denials, Standing
from bot.nlu.place_names import AT, BASIC, FROM, OF, TO

# Between a word for leaving and what is left: "away from here, Helsinki".
_LONGEST_LEAVING = 1
# "Leaving for Oulu" goes there, and "an officer out of Mariehamn" is from there.
_TOWARDS = frozenset(("for", "to", "till", "mot", "of"))
_FAR = frozenset(("far", "långt", "kaukana", "kauas"))
_LENGTHS = ("kilometres", "mil", "miles", "hours", "minutes")


def is_elsewhere(one: NamedPlace, phrases: Phrases, asked: str | None) -> bool:
    """Tell whether it names a firm, a school, a relative's home or the goal of an errand."""
    first = one.first
    if any(first < match.first <= one.last + 3 for match in phrases.beside("surname", first)):
        return True
    if phrases.covers("no_place", first) or _is_surname(one, phrases) or _is_thing(one, phrases):
        return True
    if phrases.beside("lived_before", first):
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
        if cue.last <= first
        and phrases.reading.tokens[cue.first].clause == before
        and not phrases.covers("parent_oneself", cue.first)
    ]
    own = [
        one
        for one in (*phrases.beside("first_person", first), *phrases.beside("oneself", first))
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


def _is_surname(one: NamedPlace, phrases: Phrases) -> bool:
    """Tell whether a first name makes a person of it: "Karl Borgå", "Aino Kuopio neuvoi"."""
    tokens = phrases.reading.tokens
    before = tokens[one.first - 1] if one.first else None
    if before is None or not (before.capital and phrases.covers("first_name", one.first - 1)):
        return False
    if one.spelled != BASIC or not tokens[one.first].capital:
        return False
    after = tokens[one.last] if one.last < len(tokens) else None
    # "Aino Kuopio 34 hoitaja" leaves out its commas.
    return (
        one.first == 1
        if after is None
        else (
            after.kind == "word"
            and not any(phrases.covers(kind, one.last) for kind in ("competence", "field", "light"))
        )
    )


def _is_thing(one: NamedPlace, phrases: Phrases) -> bool:
    """Tell whether a firm's name stands for what it makes: "en Nokia", "Fiskarsin sakset"."""
    tokens = phrases.reading.tokens
    if one.first and phrases.covers("owned", one.first - 1) and one.spelled == BASIC:
        return tokens[one.first].capital or phrases.covers("firm_name", one.first)
    return (
        one.spelled == OF
        and one.last < len(tokens)
        and phrases.covers("product", one.last)
        and tokens[one.last].clause == tokens[one.first].clause
    )


def is_left(one: NamedPlace, phrases: Phrases) -> bool:
    """Tell whether going away is spoken of: "pois Porista", "leave Helsinki"."""
    tokens = phrases.reading.tokens
    for cue in phrases.beside("cue:away", one.first):
        before = 0 <= one.first - cue.last <= _LONGEST_LEAVING
        after = cue.first == one.last and one.case == FROM
        if not (before or after) or one.case in (AT, TO):
            continue
        if any(token.word in _TOWARDS for token in tokens[cue.last - 1 : one.first]):
            continue
        # "30 km away from Tampere" is near it.
        measured = cue.first and (
            tokens[cue.first - 1].word in _FAR
            or any(phrases.covers(f"unit:{unit}", cue.first - 1) for unit in _LENGTHS)
        )
        if not measured:
            return True
    return False


def is_ruled_out(
    one: NamedPlace, found: Sequence[NamedPlace], phrases: Phrases, denials: Denials
) -> bool:
    """Tell whether the person would not study there, without a denial right before it."""
    if is_left(one, phrases):
        return True
    if one.case != FROM and not phrases.beside("cue:home", one.first):
        # "Tampere ei ole liian kaukana" rules nothing out.
        far = [
            cue
            for cue in phrases.beside("too_far", one.first)
            if cue.last > one.first
            and not any(one.last <= place < cue.first for place in denials.places)
        ]
        if far or _is_way_too_long(one, phrases):
            return True
    later = min((other.first for other in found if other.first > one.first), default=None)
    # "Jag bor i Vasa men vill inte studera där".
    return any(
        there.first >= one.last
        and (later is None or there.first < later)
        and phrases.beside("cue:study", there.first)
        and any(place < there.first for place in denials.places)
        and denials.standing(there.first, there.last) is Standing.DENIED
        for there in phrases.all("there")
    )


def _is_way_too_long(one: NamedPlace, phrases: Phrases) -> bool:
    """Tell whether the way there is: "liian pitkä matka Ouluun", "it is too far to Oulu"."""
    return one.case == TO and bool(phrases.beside("too_far", one.first))


def is_where_schooled(one: NamedPlace, phrases: Phrases) -> bool:
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


def is_left_not(one: NamedPlace, phrases: Phrases, denials: Denials) -> bool:
    """Tell whether the denial is of leaving: "Lahden seudulta en pääse muuttamaan"."""
    far = [cue for cue in phrases.beside("too_far", one.first) if cue.last <= one.first]
    if is_left(one, phrases) or (far and one.case == FROM):
        return True
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


def _in_clause(place: int, one: NamedPlace, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    return tokens[place].clause == tokens[one.first].clause
