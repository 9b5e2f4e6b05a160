"""Whether a name that is also a word or a person's name means a place: "Lahti", "salo"."""

from __future__ import annotations

import re

from bot.nlu.lexicon import Phrases
from bot.nlu.place_names import AT, BASIC, FOLK, FROM, OF, TO, Form, load_place_names
from bot.nlu.reading import Token

_SHORT_ANSWER = 4
# "Tre", "roi" and their like are words of other languages.
_ABBREVIATION = 3
_LOCAL = frozenset((AT, FROM, TO))
# "Inte Åbo utan Salo", "ei Helsinki, mieluummin Lahti", "ennen Kiikala, nyt Salo".
_LEADING = frozenset(
    (
        "vaan", "utan", "but", "mieluummin", "mielummin", "hellre", "rather", "nykyisin", "nyt",
        "numera",
    )
)  # fmt: skip
_FITTING = ("language_fits", "courtesy")
_FITS = frozenset(("går", "funkar", "passar", "duger"))
_SURNAME = re.compile(r"\w{3,}(?:nen|ström|berg|qvist|kvist|sson|lund|holm|gren|sen)")


def case_said(form: Form, phrases: Phrases, place: int) -> str:
    """Return the case of a name, or what a preposition before it makes of it."""
    for case in (FROM, TO, AT):
        match = phrases.covering(f"preposition:{case}", place - 1) if place else None
        if match is not None and match.last == place and form.case in (BASIC, OF):
            return case
    return form.case


def is_place(form: Form, phrases: Phrases, first: int, last: int, asked: str | None) -> bool:
    """Tell whether a form that may be another word, or a person, means a place here."""
    if form.case == FOLK and form.doubtful:
        return False
    if not form.doubtful:
        return True
    tokens = phrases.reading.tokens
    token = tokens[first]
    if phrases.covers("number_word", first) and not token.capital and asked != "place":
        return False
    if asked == "place" and (len(tokens) <= _SHORT_ANSWER or not form.never):
        return True
    if form.case in _LOCAL and (not form.never or _is_home(token, first, phrases)):
        return True
    if form.case == BASIC and _SURNAME.fullmatch(_following(last, phrases)):
        return False
    if token.capital and first and tokens[first - 1].word in _LEADING and _is_apart(last, phrases):
        return True
    if form.case in (BASIC, OF) and _is_area(form, last, phrases):
        return True
    if _is_all_said(first, last, phrases) and (form.common or form.person):
        return asked in (None, "place") and len(token.word) > _ABBREVIATION
    spelled = form.case in (BASIC, OF) and len(token.word) > _ABBREVIATION
    if spelled and case_said(form, phrases, first) in _LOCAL and _is_apart(last, phrases):
        # "I kemi" is in chemistry, unless one lives there.
        subject = phrases.covers("field", first) and not token.capital
        return not subject or bool(phrases.beside("cue:home", first))
    if len(token.word) > _ABBREVIATION and _is_weighed(first, last, phrases):
        return True
    listed = (form.common or token.capital) and _is_listed(first, last, phrases)
    if listed and not form.person:
        return True
    item = spelled and _is_item(first, last, phrases)
    if item and (token.capital or not (form.never or form.person)):
        return True
    if not token.capital:
        return False
    if listed and _is_item(first, last, phrases, joined=True):
        return True
    if form.case in _LOCAL or case_said(form, phrases, first) in _LOCAL:
        return True
    if len(tokens) <= 2:
        return form.common
    return (listed or not form.person or _is_sentence(first, last, phrases)) and _capital_tells(
        phrases, first
    )


def _is_home(token: Token, place: int, phrases: Phrases) -> bool:
    return token.capital and bool(phrases.beside("cue:home", place))


def _following(last: int, phrases: Phrases) -> str:
    tokens = phrases.reading.tokens
    return tokens[last].word if last < len(tokens) and tokens[last].capital else ""


def _is_area(form: Form, last: int, phrases: Phrases) -> bool:
    match = phrases.covering("area_word", last)
    return match is not None and (form.case == OF or match.last - match.first > 1)


def _is_all_said(first: int, last: int, phrases: Phrases) -> bool:
    words = [place for place, one in enumerate(phrases.reading.tokens) if one.kind != "mark"]
    return words == list(range(first, last))


def _is_sentence(first: int, last: int, phrases: Phrases) -> bool:
    """Tell whether the name is a sentence of its own: "No work now. Lahti", "Salo käy"."""
    tokens = phrases.reading.tokens
    here = tokens[first].sentence
    words = [
        place
        for place, one in enumerate(tokens)
        if one.sentence == here
        and one.kind == "word"
        and not (place >= last and any(phrases.covers(kind, place) for kind in _FITTING))
    ]
    return words == list(range(first, last))


def _is_weighed(first: int, last: int, phrases: Phrases) -> bool:
    """Tell whether a clause says that it would do, or is too far: "Lahti liian kaukana"."""
    tokens = phrases.reading.tokens
    if last >= len(tokens) or (first and tokens[first - 1].clause == tokens[first].clause):
        return False
    far = [one for one in phrases.beside("too_far", first) if one.first <= last + 1]
    fits = tokens[first].capital and (
        phrases.covers("language_fits", last) or tokens[last].word in _FITS
    )
    return bool(far) or fits


def _is_apart(last: int, phrases: Phrases) -> bool:
    """Tell whether no other name follows, as in "med Salo Oy"."""
    tokens = phrases.reading.tokens
    return last >= len(tokens) or not (tokens[last].kind == "word" and tokens[last].capital)


def _is_listed(first: int, last: int, phrases: Phrases) -> bool:
    """Tell whether "or" or a comma joins it to a neighbouring name: "nokia tai ylöjärvi"."""
    tokens = phrases.reading.tokens
    joined = ("turn:or", "turn:joining")
    for link, other in ((first - 1, first - 2), (last, last + 1)):
        if not 0 <= link < len(tokens) or not 0 <= other < len(tokens):
            continue
        if any(phrases.covers(kind, link) for kind in joined) or tokens[link].word in "/,":
            near = load_place_names().exact(tokens[other].word)
            if (
                near is not None
                and tokens[other].kind == "word"
                and (not near.never or tokens[other].capital)
            ):
                return True
    return False


def _is_item(first: int, last: int, phrases: Phrases, *, joined: bool = False) -> bool:
    """Tell whether marks keep the name apart from all else: "welder, Nivala. Evenings".

    A name at the very beginning may greet, and after "regards" it signs. A name that "or" joins
    to another has a mark on one side only.
    """
    tokens = phrases.reading.tokens
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if before is None and not (joined or (after is not None and after.word == ".")):
        return False
    if before is not None and phrases.covers("cue:name", first - 1):
        return False
    if first > 1 and any(phrases.covers(kind, first - 2) for kind in ("courtesy", "cue:name")):
        return False
    begins = before is None or before.kind == "mark"
    ends = after is None or after.kind == "mark"
    return (begins or ends) if joined else (begins and ends)


def _capital_tells(phrases: Phrases, place: int) -> bool:
    """Tell whether a capital letter here means a place, and no sentence's start or surname."""
    tokens = phrases.reading.tokens
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is None or before.sentence != tokens[place].sentence:
        return after is None or after.kind != "word" or phrases.covers("turn:or", place + 1)
    if phrases.covers("cue:name", place - 1) or (before.kind == "word" and before.capital):
        return False
    return not (after is not None and after.kind == "word" and after.capital)
