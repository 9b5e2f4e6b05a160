"""When a person would begin: dates, months, seasons and spans, resolved against a given day.

A month or season gives its last day: what begins within it has begun by then. Autumn's studies
begin by the end of August.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.numbers import Number, find_numbers
from bot.nlu.reading import LONGEST

_DATE = re.compile(
    r"(?<![\w.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\."
    r"(?:(?P<year>\s?\d{4}|\d{2})(?![\d.]*\d)|(?!\d|\s?\d{5}))"
    r"|(?<!\d)(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})(?!\d)"
)
# Nobody plans studies further ahead.
_YEARS_AHEAD = 10
# "Senast 1.3" is a date only beside words for beginning.
_DAY_AND_MONTH = re.compile(r"(?<![\d.,])(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?![\d.,])")
_SHORT_DATE = re.compile(r"\s*(?P<day>\d{1,2})[./](?P<month>\d{1,2})\.?\s*")
_SEASON_ENDS = {"winter": 2, "spring": 5, "summer": 8, "autumn": 8}
# With fewer days left a season means the one of next year; "next" does so from its beginning.
_SEASON_PASSING = 30
_SEASON_RUNNING = 90
_NEXT = frozenset(("ensi", "ens", "nästa", "next", "tulevana"))
_SEASONS = frozenset(
    (
        "syksy", "syksyn", "kevät", "kevään", "kesä", "talvi", "hösten", "våren", "sommaren",
        "vintern", "spring", "autumn", "fall", "summer", "winter",
    )
)  # fmt: skip
_BEFORE = frozenset(("before", "före", "innan", "ennen"))
_MONTHS_IN = {"months": 1, "half_years": 6, "years": 12}
_WEEKDAYS = (
    ("maanantai", "måndag", "monday"),
    ("tiistai", "tisdag", "tuesday"),
    ("keskiviik", "onsdag", "wednesday"),
    ("torstai", "torsdag", "thursday"),
    ("perjantai", "fredag", "friday"),
)
_ORDINALS = frozenset(("st", "nd", "rd", "th", "of", "a", "e"))
# A date that is said with hardly another word is an answer.
_OTHER_WORDS = 1
# "Before March is over", and the first day of a month in words.
_OVER = re.compile(r"slut\w*|över|over|ends?|loppu\w*|loppua|lopulla|utgång")
_FIRST = frozenset(("first", "första", "ensimmäinen", "ensimmäisenä", "ensimmäistä"))
_ONE = frozenset(("viikon", "kuukauden", "vuoden", "week", "month", "year"))
_AHEAD = frozenset(("om", "in", "inom", "within"))


def find_start(
    phrases: Phrases, denials: Denials, *, asked: str | None, today: date
) -> list[Mention]:
    """Return when the person wants to begin, at most once; other days are not it."""
    options = sorted(
        _all(phrases, asked == "start_by", today), key=lambda one: (one.first, -one.last)
    )
    for mention in options:
        if denials.standing(mention.first, mention.last) is not Standing.SAID:
            continue
        if asked == "start_by" or _is_beginning(mention, phrases, today):
            return [mention]
    return []


def _is_beginning(mention: Mention, phrases: Phrases, today: date) -> bool:
    """Tell whether studies would begin then, and nothing else begins, ends or was."""
    tokens = phrases.reading.tokens
    words = sum(token.kind != "mark" for token in tokens)
    if words - (mention.last - mention.first) <= _OTHER_WORDS:
        return not phrases.all("date_word:past")
    if phrases.covers("date_word:end", mention.last) or (
        mention.first and phrases.covers("date_word:end_before", mention.first - 1)
    ):
        return False
    if _is_of_family(mention, phrases):
        return False
    past = phrases.beside("date_word:past", mention.first)
    if tokens[mention.first].word in _SEASONS and not past:
        # Bare seasons are found only with a year to come.
        return True
    starting = phrases.beside("date_word:start", mention.first, sentence=True)
    if starting:
        return not (past and _nearer(past, starting, mention.first))
    if past or mention.value == today.isoformat():
        return False
    return bool(phrases.beside("date_word:study", mention.first))


def _is_of_family(mention: Mention, phrases: Phrases) -> bool:
    """Tell whether somebody else begins: "kid starts school in August"."""
    family = phrases.beside("cue:family", mention.first)
    own = [
        one
        for one in phrases.beside("first_person", mention.first)
        if not any(cue.first - 1 <= one.first < cue.last for cue in family)
    ]
    tokens = phrases.reading.tokens
    clause = tokens[mention.first].clause
    apart = [
        one
        for one in phrases.beside("date_word:start", mention.first, sentence=True)
        if tokens[one.first].clause != clause
    ]
    return bool(family) and not own and not apart


def _nearer(past: list[Match], starting: list[Match], place: int) -> bool:
    nearest = min(abs(one.first - place) for one in past)
    return all(abs(one.first - place) >= nearest for one in starting)


def _all(phrases: Phrases, asked: bool, today: date) -> Iterator[Mention]:
    yield from _written(phrases, asked, today)
    yield from _months(phrases, today)
    yield from _spans(phrases, today)
    for match in phrases.all("start_word"):
        word = phrases.reading.tokens[match.first].word
        bare = word in _SEASONS and match.last - match.first == 1
        if bare and not asked and _year_after(match, phrases, today) is None:
            continue
        day = _named(match, phrases, asked, today)
        if day is not None:
            yield _mention(day, match.first, match.last)


def _mention(day: date, first: int, last: int) -> Mention:
    return Mention("start_by", day.isoformat(), first, last)


def _written(phrases: Phrases, asked: bool, today: date) -> Iterator[Mention]:
    text = phrases.reading.text[:LONGEST]
    matches = list(_DATE.finditer(text))
    if not matches:
        matches = [one for one in _DAY_AND_MONTH.finditer(text) if _is_day_to_begin(one, phrases)]
    if asked and not matches and (short := _SHORT_DATE.fullmatch(text)) is not None:
        matches = [short]
    for match in matches:
        day = _calendar_day(match.groupdict(), today)
        places = [
            place
            for place, token in enumerate(phrases.reading.tokens)
            if token.start < match.end() and token.end > match.start()
        ]
        if day is None or not today <= day < today.replace(today.year + _YEARS_AHEAD, day=1):
            continue
        if places:
            yield _mention(day, places[0], places[-1] + 1)


def _is_day_to_begin(match: re.Match[str], phrases: Phrases) -> bool:
    for place, token in enumerate(phrases.reading.tokens):
        if token.start <= match.start() < token.end:
            return bool(phrases.beside("date_word:start", place)) and not any(
                phrases.covers(f"unit:{unit}", place + 1) for unit in ("hours", "euros", "credits")
            )
    return False


def _calendar_day(parts: dict[str, str | None], today: date) -> date | None:
    if parts.get("iso_year"):
        numbers = (parts["iso_year"], parts["iso_month"], parts["iso_day"])
        return _day(*(int(number or 0) for number in numbers))
    year = int(parts.get("year") or today.year)
    day = _day(
        year + 2000 if year < 100 else year, int(parts["month"] or 0), int(parts["day"] or 0)
    )
    if day is not None and day < today and not parts.get("year"):
        return _day(day.year + 1, day.month, day.day)
    return day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(phrases: Phrases, today: date) -> Iterator[Mention]:
    numbers = find_numbers(phrases)
    for match in [*phrases.all("month"), *phrases.all("month_after_day")]:
        month = int(match.value)
        first, last, year, day = match.first, match.last, 0, 0
        for number in numbers:
            whole = number.value == int(number.value)
            if (
                number.first == match.last
                and whole
                and today.year <= number.value < today.year + _YEARS_AHEAD
            ):
                year, last = int(number.value), number.last
            elif whole and 1 <= number.value <= 31 and _is_day_of(number, match, phrases):
                day, first = int(number.value), number.first
        if not day and any(
            token.word in _FIRST for token in phrases.reading.tokens[max(0, first - 2) : last]
        ):
            day = 1
        if match.kind == "month_after_day" and not day:
            continue
        if not year:
            year = today.year + (month < today.month)
        found = _day(year, month, day) if day else _last_day(year, month)
        if found is not None and found < today:
            found = _day(year + 1, month, day) if day else _last_day(year + 1, month)
        words = [token.word for token in phrases.reading.tokens[max(0, first - 1) : first + 1]]
        over = any(_OVER.fullmatch(one.word) for one in phrases.reading.tokens[first : last + 3])
        if found is not None and not day and not over and not _BEFORE.isdisjoint(words):
            found = found.replace(day=1) - timedelta(days=1)
        if found is not None:
            yield _mention(found, first, last)


def _is_day_of(number: Number, month: Match, phrases: Phrases) -> bool:
    """Tell whether the number is the day of the month: "1. maaliskuuta", "1st of March"."""
    between = phrases.reading.tokens[number.last : month.first]
    return (
        number.last <= month.first
        and all(token.kind == "mark" or token.word in _ORDINALS for token in between[:3])
        and len(between) <= 2
    )


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _spans(phrases: Phrases, today: date) -> Iterator[Mention]:
    tokens = phrases.reading.tokens
    for number in find_numbers(phrases):
        before = tokens[number.first - 1].word if number.first else ""
        ahead = before in _AHEAD or phrases.covers("date_word:ahead", number.after)
        day = _after(number, today) if ahead else None
        if day is not None:
            first = number.first - (before in _AHEAD)
            yield _mention(day, first, min(number.after + (before not in _AHEAD), len(tokens)))
    for place, token in enumerate(tokens[:-1]):
        # "Kuukauden päästä" has no number.
        if token.word in _ONE and phrases.covers("date_word:ahead", place + 1):
            units = [
                unit
                for unit in ("weeks", "months", "years")
                if phrases.covers(f"unit:{unit}", place)
            ]
            day = _after(Number(1, place, place, frozenset(units), place + 1), today)
            if day is not None and not (place and phrases.covers("number_word", place - 1)):
                yield _mention(day, place, place + 2)


def _after(number: Number, today: date) -> date | None:
    if not 0 < number.value <= 60:
        return None
    if "weeks" in number.units:
        return today + timedelta(weeks=number.value)
    if "days" in number.units:
        return today + timedelta(days=number.value)
    lengths = [length for unit, length in _MONTHS_IN.items() if unit in number.units]
    if not lengths or number.value * lengths[0] > 60:
        return None
    months = number.value * lengths[0]
    count = today.year * 12 + today.month - 1 + int(months)
    last = _last_day(count // 12, count % 12 + 1)
    return last.replace(day=min(today.day, last.day))


def _named(match: Match, phrases: Phrases, asked: bool, today: date) -> date | None:
    name = match.value
    if phrases.all("distress"):
        return None
    if name in ("now", "now_if_asked"):
        starting = asked or bool(phrases.beside("date_word:start", match.first))
        return today if starting or name == "now" else None
    if name in ("next_week", "next_weekday"):
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=_weekday(match, phrases))
    if name == "next_month":
        return _last_day(today.year + today.month // 12, today.month % 12 + 1)
    if name in ("next_year", "this_year"):
        return date(today.year + (name == "next_year"), 12, 31)
    if name == "new_year":
        return _last_day(today.year + (today.month > 1), 1)
    if name not in _SEASON_ENDS:
        return None
    year = _year_after(match, phrases, today)
    if year is not None:
        return _last_day(year, _SEASON_ENDS[name])
    end = _last_day(today.year, _SEASON_ENDS[name])
    left = (end - today).days
    if name == "autumn":
        return end if left >= 0 else _last_day(today.year + 1, _SEASON_ENDS[name])
    said_next = phrases.reading.tokens[match.first].word in _NEXT
    if left < _SEASON_PASSING or (said_next and left < _SEASON_RUNNING):
        end = _last_day(today.year + 1, _SEASON_ENDS[name])
    return end


def _weekday(match: Match, phrases: Phrases) -> int:
    """Return the day of the week named in or right after the words; otherwise its last day."""
    for token in phrases.reading.tokens[match.first : match.last + 1]:
        for day, names in enumerate(_WEEKDAYS):
            if token.word.startswith(names):
                return day
    return 6


def _year_after(match: Match, phrases: Phrases, today: date) -> int | None:
    for number in find_numbers(phrases):
        if number.first == match.last and today.year <= number.value < today.year + _YEARS_AHEAD:
            return int(number.value)
    return None
