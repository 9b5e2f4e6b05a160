"""Hours a week, money, distance and age, in digits and words of three languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.reading import Token

KILOMETRES_IN_A_MIL = 10
DAYS_IN_A_WEEK = 7
MOST_WEEKLY_HOURS = 100
# More than that is a salary or a slip, less than that is nobody's age who asks us.
MOST_EUROS = 100_000
MOST_KILOMETRES = 2000
AGES = range(14, 100)
# Ages from which a rule of study support differs.
UNDER_25, FROM_25_TO_29, FROM_30 = "under_25", "25_29", "30_plus"

_UNITS = (
    "hours", "euros", "kilometres", "mil", "credits", "percent", "years_old", "years", "minutes",
    "days", "weeks", "months", "thousand",
)  # fmt: skip
_RANGE_MARKS = frozenset("-–—")
_NEAR = 4
_SHORT_ANSWER = 6
# "Vuotias" and "åring" can be nothing but an age; "v" and "år" can.
_TELLING_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the units that may follow it; of a range, the larger end."""

    value: float
    first: int
    last: int
    units: frozenset[str]
    # One past the unit, or past the number where no unit follows.
    after: int


def find_amounts(phrases: Phrases, *, asked: str | None, today: date) -> list[Mention]:
    """Return hours, budget, distance and age group; `asked` lets a bare number be the answer."""
    found = list(_free(phrases, asked))
    for number in find_numbers(phrases):
        mention = (
            _hours(number, phrases, asked)
            or _budget(number, phrases, asked)
            or _distance(number, phrases, asked)
            or _age(number, phrases, asked, today)
        )
        if mention is not None:
            found.append(mention)
    found += [
        Mention("age_group", one.value, one.first, one.last) for one in phrases.all("age_named")
    ]
    return found


def find_numbers(phrases: Phrases) -> list[Number]:
    """Return the numbers of a message in their order."""
    plain = sorted(_plain(phrases), key=lambda number: number.first)
    numbers: list[Number] = []
    for number in plain:
        if numbers and number.first < numbers[-1].after:
            # "1,5 tonnia" is one number.
            continue
        if numbers and _is_range(numbers[-1], number, phrases):
            low = numbers.pop()
            number = Number(
                max(low.value, number.value), low.first, number.last, number.units, number.after
            )
        numbers.append(number)
    return numbers


def _plain(phrases: Phrases) -> Iterator[Number]:
    for place, token in enumerate(phrases.reading.tokens):
        if token.kind == "number":
            yield _with_unit(_value(token), place, place + 1, phrases)
    for match in phrases.all("number_word"):
        if match.first and phrases.covers("vague", match.first - 1):
            continue
        yield _with_unit(float(match.value), match.first, match.last, phrases)


def _value(token: Token) -> float:
    digits = token.word.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    head, dot, tail = digits.replace(",", ".").rpartition(".")
    if dot and "," not in digits and len(tail) == 3:
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
    if len(between) != 1 or low.value > high.value or (low.units and low.units != high.units):
        return False
    word = between[0].word
    return word in _RANGE_MARKS or phrases.covers("turn:or", low.after) or word in ("to", "till")


def _hours(number: Number, phrases: Phrases, asked: str | None) -> Mention | None:
    value = number.value
    if "hours" in number.units:
        weekly = _near(phrases, "per_week", number)
        daily = _near(phrases, "per_day", number)
        if daily and asked == "weekly_hours":
            value *= DAYS_IN_A_WEEK
        elif not weekly and asked != "weekly_hours":
            return None
    elif asked != "weekly_hours" or not _is_answer(number, phrases):
        return None
    if not 0 < value <= MOST_WEEKLY_HOURS or _about_work(number, phrases, asked):
        return None
    return Mention("weekly_hours", _neat(value), number.first, number.after)


def _about_work(number: Number, phrases: Phrases, asked: str | None) -> bool:
    working = phrases.beside("cue:labour", number.first)
    studying = phrases.beside("language_talk:study", number.first)
    return bool(working) and not studying and asked != "weekly_hours"


def _budget(number: Number, phrases: Phrases, asked: str | None) -> Mention | None:
    meant = asked == "budget_eur"
    limited = (
        meant or _near(phrases, "limit", number) or bool(phrases.beside("cue:budget", number.first))
    )
    if "euros" not in number.units:
        words = phrases.covers("number_word", number.first) and number.value >= 100
        bare = not number.units and (meant or (words and limited and not _has_unit(number)))
        if not (bare or ("thousand" in number.units and limited)):
            return None
        if not words and meant and not _is_answer(number, phrases):
            return None
    tokens = phrases.reading.tokens
    following = min(number.after, len(tokens) - 1)
    question = any(
        one.word == "?" for one in tokens if one.sentence == tokens[number.first].sentence
    )
    if (
        number.value > MOST_EUROS
        or (question and not limited)
        or phrases.beside("cue:income", number.first)
        or phrases.beside("too_much", number.first)
        or phrases.covers("unit:credits", following)
        or _near(phrases, "per_month", number)
        or _near(phrases, "no_limit", number, before=True)
    ):
        return None
    return Mention("budget_eur", _neat(number.value), number.first, number.after)


def _distance(number: Number, phrases: Phrases, asked: str | None) -> Mention | None:
    value = number.value
    if "mil" in number.units:
        value *= KILOMETRES_IN_A_MIL
    elif "kilometres" not in number.units and not (
        asked == "max_distance_km" and _is_answer(number, phrases)
    ):
        return None
    if asked != "max_distance_km":
        before = _near(phrases, "limit", number, before=True)
        if not before and not _near(phrases, "limit", number):
            return None
        # "Asun 30 km päässä Seinäjoelta" is where one lives, not how far one would go.
        if phrases.beside("cue:home", number.first) and not before:
            return None
        if _near(phrases, "no_limit", number, before=True):
            return None
    if not 0 < value <= MOST_KILOMETRES:
        return None
    return Mention("max_distance_km", _neat(value), number.first, number.after)


def _age(number: Number, phrases: Phrases, asked: str | None, today: date) -> Mention | None:
    before = phrases.covering("cue:age", number.first - 1) if number.first else None
    if number.value in range(today.year - 99, today.year - 13) and phrases.beside(
        "cue:born", number.first
    ):
        return _age_group(
            range(int(today.year - number.value - 1), int(today.year - number.value) + 1), number
        )
    if number.value not in AGES:
        return None
    certain = phrases.covering("unit:years_old", number.last) or phrases.covering(
        "unit:years_old", number.last + 1
    )
    strict = certain is not None and certain.weight >= _TELLING_LETTERS
    in_years = "years_old" in number.units and "years" not in number.units
    said = (
        strict
        or (asked == "age_group" and _is_answer(number, phrases))
        or bool(number.first and phrases.covers("cue:age_sure", number.first - 1))
        or (before is not None and (in_years or (_ends(number, phrases) and _only_years(number))))
        or (in_years and _ends(number, phrases))
    )
    others = (
        phrases.beside("cue:duration", number.first) if not strict else _family(phrases, number)
    )
    if not said or others:
        return None
    age = int(number.value)
    if _near(phrases, "no_limit", number, before=True):
        return _age_group(range(age, 100), number)
    if number.first and phrases.covers("limit", number.first - 1):
        return _age_group(range(14, age), number)
    return _age_group(range(age, age + 1), number)


def _ends(number: Number, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    if number.after >= len(tokens) or tokens[number.after].kind == "mark":
        return True
    return tokens[number.after].clause != tokens[number.first].clause


def _only_years(number: Number) -> bool:
    return number.units <= {"years_old", "years"}


def _family(phrases: Phrases, number: Number) -> bool:
    return bool(phrases.beside("cue:family", number.first))


def _age_group(ages: range, number: Number) -> Mention | None:
    groups = {UNDER_25 if age < 25 else FROM_25_TO_29 if age < 30 else FROM_30 for age in ages}
    if len(groups) != 1:
        return None
    return Mention("age_group", groups.pop(), number.first, number.after)


def _free(phrases: Phrases, asked: str | None) -> Iterator[Mention]:
    tokens = phrases.reading.tokens
    matches = [*phrases.all("free_of_charge")]
    if asked == "budget_eur":
        matches += phrases.all("free_word")
    for match in matches:
        last = tokens[match.last - 1]
        asks = phrases.is_question(match.first)
        following = tokens[match.last] if match.last < len(tokens) else None
        predicate = following is None or following.kind != "word"
        if asks and predicate and not (match.last - match.first > 1 and last.word != "free"):
            # "Onko opiskelu ilmaista?" asks, and wishes for nothing.
            continue
        yield Mention("budget_eur", 0, match.first, match.last)


def _near(phrases: Phrases, kind: str, number: Number, *, before: bool = False) -> bool:
    tokens = phrases.reading.tokens
    sentence = tokens[number.first].sentence
    last = number.first if before else number.after + _NEAR
    return any(
        tokens[match.first].sentence == sentence
        and not (kind == "no_limit" and phrases.covers("limit", match.first))
        for match in phrases.between(kind, max(0, number.first - _NEAR), last)
    )


def _is_answer(number: Number, phrases: Phrases) -> bool:
    words = sum(token.kind != "mark" for token in phrases.reading.tokens)
    return not number.units and words <= _SHORT_ANSWER


def _has_unit(number: Number) -> bool:
    return bool(number.units)


def _neat(value: float) -> float | int:
    return int(value) if value == int(value) else value
