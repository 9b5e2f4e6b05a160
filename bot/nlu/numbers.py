"""The numbers of a message, in digits and words of three languages, with their units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.nlu.lexicon import Phrases
from bot.nlu.number_words import added, compound_number
from bot.nlu.reading import Token

_UNITS = (
    "hours", "euros", "kilometres", "mil", "credits", "percent", "years_old", "years", "minutes",
    "days", "weeks", "months", "thousand",
)  # fmt: skip
_RANGE_MARKS = frozenset("-–—")
_RANGE_WORDS = frozenset(("to", "till", "viiva"))
_FROM = ("sta", "stä", "st")
_JOINING = frozenset(("and", "och"))
_NEAR = 4
_SHORT_ANSWER = 6


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the units that may follow it; of a range, the larger end."""

    value: float
    first: int
    last: int
    units: frozenset[str]
    # One past the unit, or past the number where no unit follows.
    after: int


def find_numbers(phrases: Phrases) -> list[Number]:
    """Return the numbers of a message in their order."""
    plain = sorted(_plain(phrases), key=lambda number: number.first)
    numbers: list[Number] = []
    for number in plain:
        if numbers and number.first < numbers[-1].after:
            # "1,5 tonnia" is one number.
            continue
        if numbers and (whole := _put_together(numbers[-1], number, phrases)) is not None:
            numbers[-1] = whole
            continue
        if numbers and _is_range(numbers[-1], number, phrases):
            low = numbers.pop()
            number = replace(number, value=max(low.value, number.value), first=low.first)
        numbers.append(number)
    return numbers


def is_near(phrases: Phrases, kind: str, number: Number, *, before: bool = False) -> bool:
    """Tell whether a phrase of this kind stands within a few words of the number."""
    tokens = phrases.reading.tokens
    sentence = tokens[number.first].sentence
    last = number.first if before else number.after + _NEAR
    return any(
        tokens[match.first].sentence == sentence
        and not (kind == "no_limit" and phrases.covers("limit", match.first))
        for match in phrases.between(kind, max(0, number.first - _NEAR), last)
    )


def is_answer(number: Number, phrases: Phrases) -> bool:
    """Tell whether a bare number answers the question that was just asked."""
    words = sum(token.kind != "mark" for token in phrases.reading.tokens)
    return not number.units and words <= _SHORT_ANSWER


def is_word(number: Number, phrases: Phrases) -> bool:
    """Tell whether the number is written in letters."""
    return phrases.reading.tokens[number.first].kind == "word"


def _plain(phrases: Phrases) -> Iterator[Number]:
    for place, token in enumerate(phrases.reading.tokens):
        if token.kind == "number":
            yield _with_unit(_value(token), place, place + 1, phrases)
        elif token.kind == "word" and (value := compound_number(token.word)) is not None:
            yield _with_unit(float(value), place, place + 1, phrases)
    for match in phrases.all("number_word"):
        if match.first and phrases.covers("vague", match.first - 1):
            continue
        if match.last - match.first > 1 or compound_number(_word(match.first, phrases)) is None:
            yield _with_unit(float(match.value), match.first, match.last, phrases)


def _word(place: int, phrases: Phrases) -> str:
    return phrases.reading.tokens[place].word


def _put_together(head: Number, tail: Number, phrases: Phrases) -> Number | None:
    """Return "two hundred" and "fifty" as one number."""
    if head.units or not (is_word(head, phrases) and is_word(tail, phrases)):
        return None
    joined = tail.first == head.last + 1 and _word(head.last, phrases) in _JOINING
    if tail.first != head.last and not joined:
        return None
    value = added(head.value, tail.value)
    return None if value is None else replace(tail, value=value, first=head.first)


def _value(token: Token) -> float:
    digits = token.word.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    head, dot, tail = digits.replace(",", ".").rpartition(".")
    if dot and len(tail) == 3 and head != "0":
        # "1.200" in Finnish, "1,200" in English.
        return float(head.replace(".", "") + tail)
    return float(f"{head.replace('.', '')}.{tail}") if dot else float(digits[:12])


def _with_unit(value: float, first: int, last: int, phrases: Phrases) -> Number:
    tokens = phrases.reading.tokens
    place = last
    if place < len(tokens) and tokens[place].word in _RANGE_MARKS:
        place += 1
    units, after = set(), last
    for unit in _UNITS:
        match = phrases.covering(f"unit:{unit}", place)
        if match is not None and match.first == place:
            units.add(unit)
            after = max(after, match.last)
    if "thousand" in units and value < 100:
        euros = phrases.covering("unit:euros", after)
        return Number(
            value * 1000, first, last, frozenset({"thousand"}), euros.last if euros else after
        )
    if first > 0 and tokens[first - 1].word == "€" and not units:
        return Number(value, first - 1, last, frozenset({"euros"}), last)
    return Number(value, first, last, frozenset(units), after)


def _is_range(low: Number, high: Number, phrases: Phrases) -> bool:
    between = phrases.reading.tokens[low.after : high.first]
    if not between and low.value < high.value and not low.units:
        # "Viidestä kymmeneen" has its dash in the cases.
        return _word(low.first, phrases).endswith(_FROM) and is_word(high, phrases)
    if len(between) != 1 or low.value > high.value or (low.units and low.units != high.units):
        return False
    word = between[0].word
    return word in _RANGE_MARKS or word in _RANGE_WORDS or phrases.covers("turn:or", low.after)
