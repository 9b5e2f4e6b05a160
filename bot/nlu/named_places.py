"""Names of places and postal codes as a message holds them, whatever is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.nlu.doubtful_names import case_said, is_place
from bot.nlu.lexicon import Phrases
from bot.nlu.place_names import BASIC, SHORTEST_WITH_SLIP, Form, PlaceNames
from bot.nlu.reading import Token
from catalog.geography import Geography

_LONGEST_NAME = 3
# Words joined to one name ("seinä joki") must be long together, or chance makes names of them.
_SHORTEST_JOINED = 7
_POSTCODE_LENGTH = 5
_BARE_WORDS = 2
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
class NamedPlace:
    """A place named in a message, with the case that its form and what stands before give it."""

    code: str
    case: str
    first: int
    last: int
    # As the form itself says, whatever stands before it.
    spelled: str = BASIC


def named_places(
    phrases: Phrases,
    *,
    names: PlaceNames,
    geography: Geography,
    asked: str | None,
    taken: frozenset[int],
) -> list[NamedPlace]:
    """Return the places of a message in their order; tokens in `taken` belong to something else."""
    found = [*_named(phrases, names, asked, taken), *_postcodes(phrases, geography, asked)]
    return sorted(found, key=lambda one: one.first)


def _named(
    phrases: Phrases, names: PlaceNames, asked: str | None, taken: frozenset[int]
) -> Iterator[NamedPlace]:
    tokens = phrases.reading.tokens
    place = 0
    while place < len(tokens):
        if tokens[place].kind == "word" and place not in taken:
            for last in range(min(place + _LONGEST_NAME, len(tokens)), place, -1):
                form = _form(tokens[place:last], names)
                if form is not None and is_place(form, phrases, place, last, asked):
                    yield NamedPlace(
                        form.code, case_said(form, phrases, place), place, last, form.case
                    )
                    place = last - 1
                    break
            else:
                slip = _slip(phrases, names, place, asked)
                if slip is not None:
                    case = case_said(slip, phrases, place)
                    yield NamedPlace(slip.code, case, place, place + 1, slip.case)
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


def _postcodes(phrases: Phrases, geography: Geography, asked: str | None) -> Iterator[NamedPlace]:
    tokens = phrases.reading.tokens
    for place, token in enumerate(tokens):
        if (
            token.kind != "number"
            or len(token.word) != _POSTCODE_LENGTH
            or not token.word.isdecimal()
        ):
            continue
        code = geography.postcode(token.word)
        before = tokens[place - 1].word if place else ""
        # "1.1.20260" is a slip of a date, and "12000 €", "99999 km" are amounts.
        counted = (
            before == "€"
            or (before in (".", "-") and token.joined)
            or any(
                phrases.covers(f"unit:{unit}", place + 1)
                for unit in ("euros", "kilometres", "hours")
            )
        )
        earned = phrases.beside("cue:income", place) and asked != "place"
        if code is not None and not counted and not earned and asked != "budget_eur":
            yield NamedPlace(code, BASIC, place, place + 1)
