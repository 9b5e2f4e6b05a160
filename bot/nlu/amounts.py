"""Hours a week, money and distance, in digits and words of three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.numbers import Number, find_numbers, is_answer, is_near, is_word

KILOMETRES_IN_A_MIL = 10
KILOMETRES_IN_A_MILE = 1.609
DAYS_IN_A_WEEK = 7
MOST_WEEKLY_HOURS = 100
# More than that is a salary or a slip.
MOST_EUROS = 100_000
MOST_KILOMETRES = 2000
# A bare number is rather something else if it is smaller or larger.
_LEAST_BARE = 10
_LEAST_PRICE = 50
_ROUND = 10
_LEAST_POSTCODE = 10_000
_BETWEEN = 2
_FARTHEST_BARE = 150

# "En voi maksaa kuin satasen": how far before the number a denial turns "than" into a limit.
# "Viisikymppiä" is money, where nothing else was asked for.
_SLANG_MONEY = re.compile(r"\w{3,}kymp(?:piä|pii|illä|il)")
_THAN = frozenset(("kuin", "ku", "kun", "än", "than"))
_REACH = 6


def find_amounts(phrases: Phrases, denials: Denials, *, asked: str | None) -> list[Mention]:
    """Return hours, budget and distance; `asked` lets a bare number be the answer."""
    found = list(_free(phrases, denials, asked))
    for number in find_numbers(phrases):
        limited = _is_limit(number, phrases, denials)
        denied = denials.standing(number.first, number.after) is not Standing.SAID
        if denied and not limited:
            continue
        mention = (
            _hours(number, phrases, asked)
            or _budget(number, phrases, asked, limited=limited)
            or _distance(number, phrases, asked, limited=limited)
        )
        if mention is not None:
            found.append(mention)
    return found


def _is_limit(number: Number, phrases: Phrases, denials: Denials) -> bool:
    """Tell whether nothing beyond the number will do: "en yli 50 km", "yli 50 km ei käy"."""
    tokens = phrases.reading.tokens
    beyond = is_near(phrases, "no_limit", number, before=True)
    than = any(token.word in _THAN for token in tokens[max(0, number.first - 2) : number.first])
    before = any(
        number.first - _REACH <= place < number.first
        and tokens[place].sentence == tokens[number.first].sentence
        for place in [*denials.places, *(one.first for one in phrases.all("removed"))]
    )
    if is_near(phrases, "limit", number) and not beyond:
        covered = [one for one in denials.places if phrases.covers("limit", one)]
        return bool(covered)
    if not (beyond or than):
        return False
    after = beyond and any(number.after <= place < number.after + 3 for place in denials.places)
    return before or after


def _hours(number: Number, phrases: Phrases, asked: str | None) -> Mention | None:
    value = number.value
    weekly = is_near(phrases, "per_week", number) or bool(
        phrases.beside("in_total", number.first)
        and phrases.beside("per_week", number.first, sentence=True)
    )
    if "hours" in number.units:
        daily = is_near(phrases, "per_day", number)
        if daily and asked == "weekly_hours":
            value *= DAYS_IN_A_WEEK
        elif not weekly and asked != "weekly_hours":
            return None
    elif asked == "weekly_hours":
        if not is_answer(number, phrases):
            return None
    elif number.units or not (weekly and phrases.beside("hours_word", number.first)):
        return None
    if not 0 < value <= MOST_WEEKLY_HOURS or _about_work(number, phrases, asked):
        return None
    return Mention("weekly_hours", _neat(value), number.first, number.after)


def _about_work(number: Number, phrases: Phrases, asked: str | None) -> bool:
    """Tell whether the hours go to work, to a hobby or to waiting."""
    studying = phrases.beside("language_talk:study", number.first)
    if phrases.beside("other_hours", number.first) and not studying:
        return True
    working = phrases.beside("cue:labour", number.first)
    return bool(working) and not studying and asked != "weekly_hours"


def _budget(
    number: Number, phrases: Phrases, asked: str | None, *, limited: bool
) -> Mention | None:
    meant = asked == "budget_eur"
    named = bool(phrases.beside("budget_word", number.first, sentence=True))
    limited = (
        limited
        or meant
        or named
        or is_near(phrases, "limit", number)
        or bool(phrases.beside("cue:budget", number.first))
    )
    if "euros" not in number.units:
        slang = _SLANG_MONEY.fullmatch(phrases.reading.tokens[number.first].word) is not None
        words = is_word(number, phrases) and number.value >= 100
        # "Jag är 52 och ..., budget 500": a bare number counts after the word, or beside it.
        words_before = [
            *phrases.beside("budget_word", number.first),
            *(
                one
                for one in phrases.beside("budget_word", number.first, sentence=True)
                if one.first < number.first
            ),
        ]
        near = bool(words_before) and number.value < _LEAST_POSTCODE
        bare = not number.units and (
            meant
            or near
            or (words and limited)
            or (slang and asked is None)
            or _is_payable(number, phrases)
            or _is_price_limit(number, phrases)
        )
        if not (bare or ("thousand" in number.units and limited)):
            return None
        if not words and meant and not is_answer(number, phrases):
            return None
    if number.value > MOST_EUROS or (_asks(number, phrases) and not limited):
        return None
    return None if _is_other_money(number, phrases) else _euros(number)


def _is_payable(number: Number, phrases: Phrases) -> bool:
    """Tell whether a bare number ends the clause after a word for paying: "maksaa saa 500"."""
    if phrases.beside("cue:past", number.first):
        return False
    # "More than" stands between without a word of its own.
    between = _BETWEEN + int(is_near(phrases, "no_limit", number, before=True))
    paid = any(
        0 <= number.first - cue.last <= between
        for cue in phrases.beside("cue:budget", number.first, sentence=True)
    )
    return _ends(number, phrases) and paid and _LEAST_BARE <= number.value < _LEAST_POSTCODE


def _is_price_limit(number: Number, phrases: Phrases) -> bool:
    """Tell whether a clause is nothing but a round limit, like a price: "max 300"."""
    tokens = phrases.reading.tokens
    if not _ends(number, phrases) or number.value % _ROUND or number.value < _LEAST_PRICE:
        return False
    first = number.first
    if first and tokens[first - 1].word == ".":
        # "Max. 300".
        first -= 1
    limit = phrases.covering("limit", first - 1) if first else None
    if limit is None or number.value >= _LEAST_POSTCODE or phrases.beside("travel", number.first):
        return False
    before = tokens[limit.first - 1] if limit.first else None
    return (
        before is None or before.kind == "mark" or phrases.covers("turn:joining", limit.first - 1)
    )


def _ends(number: Number, phrases: Phrases) -> bool:
    """Tell whether nothing follows that the number could count."""
    tokens = phrases.reading.tokens
    if number.after >= len(tokens) or tokens[number.after].kind == "mark":
        return True
    return phrases.covers("turn:joining", number.after) or phrases.covers(
        "turn:contrast", number.after
    )


def _euros(number: Number) -> Mention:
    return Mention("budget_eur", _neat(number.value), number.first, number.after)


def _asks(number: Number, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    sentence = tokens[number.first].sentence
    return any(one.word == "?" for one in tokens if one.sentence == sentence)


def _is_other_money(number: Number, phrases: Phrases) -> bool:
    """Tell whether it is earned, spent on something else, too much, or for a credit or a month."""
    following = min(number.after, len(phrases.reading.tokens) - 1)
    costly = [*phrases.beside("too_much", number.first)]
    elsewhere = [
        one
        for one in phrases.beside("other_expense", number.first)
        if one.first < number.first or one.first <= number.after + 1
    ]
    return bool(
        phrases.beside("cue:income", number.first)
        or phrases.beside("paid_before", number.first)
        or (elsewhere and not phrases.beside("language_talk:study", number.first))
        or [one for one in costly if one.last > number.first]
        or phrases.covers("unit:credits", following)
        or is_near(phrases, "per_month", number)
    )


def _distance(
    number: Number, phrases: Phrases, asked: str | None, *, limited: bool
) -> Mention | None:
    value = number.value
    if "mil" in number.units:
        value *= KILOMETRES_IN_A_MIL
    elif "miles" in number.units:
        value = round(value * KILOMETRES_IN_A_MILE)
    elif "kilometres" not in number.units and not (
        asked == "max_distance_km" and is_answer(number, phrases)
    ):
        return None
    if asked != "max_distance_km" and not limited:
        before = is_near(phrases, "limit", number, before=True)
        travel = phrases.beside("travel", number.first) and not (
            phrases.beside("cue:workplace", number.first) or _is_habit(number, phrases)
        )
        if not (before or travel or is_near(phrases, "limit", number)):
            return _bare_distance(value, number, phrases)
        # "Asun 30 km päässä Seinäjoelta" is where one lives, not how far one would go.
        if phrases.beside("cue:home", number.first) and not (before or travel):
            return None
    if not 0 < value <= MOST_KILOMETRES:
        return None
    return Mention("max_distance_km", _neat(value), number.first, number.after)


def _bare_distance(value: float, number: Number, phrases: Phrases) -> Mention | None:
    """Return kilometres said without a limit, unless they are how far something else is."""
    other = any(
        phrases.beside(kind, number.first)
        for kind in ("cue:home", "cue:workplace", "cue:past", "cue:labour", "too_far", "exercise")
    )
    if (
        other
        or _is_habit(number, phrases)
        or not 0 < value <= _FARTHEST_BARE
        or _asks(number, phrases)
    ):
        return None
    return Mention("max_distance_km", _neat(value), number.first, number.after)


def _is_habit(number: Number, phrases: Phrases) -> bool:
    """Tell whether somebody goes so far as it is: "kävelen 10 km päivässä"."""
    often = phrases.beside("per_day", number.first) or phrases.beside("per_week", number.first)
    return bool(often) and not phrases.beside("cue:study", number.first)


def _free(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    tokens = phrases.reading.tokens
    matches = [*phrases.all("free_of_charge"), *phrases.all("no_money")]
    if asked == "budget_eur":
        matches += phrases.all("free_word")
    for match in matches:
        if match.last < len(tokens) and tokens[match.last].word in _THAN:
            # "Rahaa ei oo ku satanen" has some.
            continue
        last = tokens[match.last - 1]
        following = tokens[match.last] if match.last < len(tokens) else None
        predicate = following is None or following.kind != "word"
        looked_for = phrases.beside("existing", match.first) and phrases.beside("some", match.first)
        wished = looked_for or phrases.beside("cue:wish", match.first)
        asks = phrases.is_question(match.first) and not wished
        if asks and predicate and not (match.last - match.first > 1 and last.word != "free"):
            # "Onko opiskelu ilmaista?" asks, and wishes for nothing.
            continue
        if phrases.covers("not_free", match.first) or phrases.covers("not_free", match.last):
            continue
        own = denials.within(match.first, match.last)
        if own or denials.standing(match.first, match.last) is Standing.SAID:
            yield Mention("budget_eur", 0, match.first, match.last)


def _neat(value: float) -> float | int:
    return int(value) if value == int(value) else value
