"""The numbers of a message, in digits and words of three languages, with their units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.nlu.lexicon import Phrases
from bot.nlu.number_words import added, compound_number
from bot.nlu.reading import Token

_UNITS = (
    "hours", "euros", "kilometres", "mil", "miles", "credits", "percent", "years_old", "years",
    "half_years", "minutes", "days", "weeks", "months", "thousand",
)  # fmt: skip
_RANGE_MARKS = frozenset("-–—")
_RANGE_WORDS = frozenset(("to", "till", "viiva"))
_FROM = ("sta", "stä", "st")
_JOINING = frozenset(("and", "och", "o", "ja"))
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_LARGEST_DENOMINATOR = 4
_MINUSES = frozenset("-–−")
_MINUS_WORDS = frozenset(("minus", "miinus"))
# More digits than these count nothing, and would not fit a number.
_MOST_DIGITS = 12
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
        while numbers and (whole := _put_together(numbers[-1], number, phrases)) is not None:
            numbers.pop()
            number = whole
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
    tokens = phrases.reading.tokens
    for place, token in enumerate(tokens):
        if token.kind == "number":
            if not (_is_part_of_code(place, tokens) or _is_below_zero(place, phrases)):
                yield _with_unit(_value(token), place, place + 1, phrases)
        elif token.word in _FRACTIONS:
            yield _with_unit(_FRACTIONS[token.word], place, place + 1, phrases)
        elif token.kind == "word" and (value := compound_number(token.word)) is not None:
            yield _with_unit(float(value), place, place + 1, phrases)
    for match in phrases.all("number_word"):
        if match.first and phrases.covers("vague", match.first - 1):
            continue
        if match.last - match.first > 1 or compound_number(_word(match.first, phrases)) is None:
            yield _with_unit(float(match.value), match.first, match.last, phrases)


def _is_part_of_code(place: int, tokens: Sequence[Token]) -> bool:
    """Tell whether letters make it no number: "B2", "v1", both numbers of "1e999"."""
    after = tokens[place + 1 : place + 3]
    power = len(after) == 2 and after[0].word == "e" and after[0].joined
    if power and after[1].kind == "number" and after[1].joined:
        return True
    before = tokens[place - 1] if place else None
    return (
        before is not None
        and tokens[place].joined
        and before.kind == "word"
        and len(before.word) == 1
    )


def _is_below_zero(place: int, phrases: Phrases) -> bool:
    """Tell whether a minus stands before it that is neither a range's nor a list's dash."""
    if place == 0:
        return False
    tokens = phrases.reading.tokens
    before = tokens[place - 1]
    if before.word in _MINUS_WORDS:
        return True
    if before.word not in _MINUSES or before.joined or not tokens[place].joined:
        return False
    # "Budjetti -200e" only sets the number apart.
    apart = place > 1 and (
        tokens[place - 2].kind == "number"
        or bool(phrases.beside("cue:born", place))
        or any(phrases.covers(kind, place - 2) for kind in ("budget_word", "limit", "hours_word"))
    )
    items = sum(one.word in _MINUSES and not one.joined for one in tokens)
    return not apart and items == 1


def _word(place: int, phrases: Phrases) -> str:
    return phrases.reading.tokens[place].word


def _put_together(head: Number, tail: Number, phrases: Phrases) -> Number | None:
    """Return "two hundred" and "fifty" as one number, and so "1/2", "1 ½", "two and a half"."""
    if head.units:
        return None
    apart = tail.first - head.last
    link = _word(head.last, phrases) if apart == 1 else ""
    if link == "/":
        value = _ratio(head, tail, phrases)
    elif apart > 1 or (apart and link not in _JOINING):
        return None
    elif tail.value in _FRACTIONS.values() and head.value == int(head.value):
        value = head.value + tail.value
    elif is_word(head, phrases) and is_word(tail, phrases):
        value = added(head.value, tail.value)
    else:
        return None
    return None if value is None else replace(tail, value=value, first=head.first)


def _ratio(head: Number, tail: Number, phrases: Phrases) -> float | None:
    """Return what "1/2" is worth before a unit; without one it may be a day and a month."""
    tokens = phrases.reading.tokens
    together = tokens[head.last].joined and tokens[tail.first].joined
    proper = 0 < head.value < tail.value <= _LARGEST_DENOMINATOR
    return head.value / tail.value if together and proper and tail.units else None


def _value(token: Token) -> float:
    digits = token.word.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    head, dot, tail = digits.replace(",", ".").rpartition(".")
    if dot and len(tail) == 3 and head != "0":
        # "1.200" in Finnish, "1,200" in English.
        return float((head.replace(".", "") + tail)[:_MOST_DIGITS])
    whole = head.replace(".", "") if dot else tail
    return float(f"{whole[:_MOST_DIGITS]}.{tail if dot else 0}")


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
