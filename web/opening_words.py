"""Opening hours as people say them: "ma–pe 9–15", "huomenna klo 9"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, get_day_names

from coaching.opening import WEEKDAYS, Hours
from opastin.settings import TIME_ZONE
from web.labels import Labels

FILES = ("handoff",)
_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
_DAY = {"fi": "EEEE d.M.", "sv": "EEEE d.M.", "en": "EEEE d MMMM"}


def hours_in_words(hours: Hours, language: str) -> str:
    """Return the hours of a week, days alike together; "" where there are none.

    >>> hours_in_words({"mon": ["09:00", "15:00"], "tue": ["09:00", "15:00"]}, "fi")
    'ma–ti 9–15'
    """
    return ", ".join(
        f"{_days(first, last, language)} {_clock(begin, language)}–{_clock(end, language)}"
        for first, last, (begin, end) in _runs(hours)
    )


def when_in_words(moment: datetime, now: datetime, language: str) -> str:
    """Return a moment to come as a day and a time in Finland."""
    words = Labels(language, files=FILES)
    local, today = moment.astimezone(TIME_ZONE), now.astimezone(TIME_ZONE).date()
    clock = _clock(f"{local:%H:%M}", language)
    if local.date() == today:
        return words.text("today", time=clock)
    if local.date() == today + timedelta(days=1):
        return words.text("tomorrow", time=clock)
    return words.text("later", day=_day(local.date(), language), time=clock)


def _runs(hours: Hours) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Yield rows of days with the same hours: the first day, the last one, and the hours."""
    run: tuple[int, int, tuple[str, str]] | None = None
    for number, name in enumerate(WEEKDAYS):
        given = hours.get(name)
        span = (given[0], given[1]) if given else None
        if run is not None and span == run[2]:
            run = (run[0], number, run[2])
            continue
        if run is not None:
            yield run
        run = None if span is None else (number, number, span)
    if run is not None:
        yield run


def _days(first: int, last: int, language: str) -> str:
    names = get_day_names("abbreviated", "stand-alone", locale=_LOCALES[language])
    return str(names[first]) if first == last else f"{names[first]}–{names[last]}"


def _day(value: date, language: str) -> str:
    return str(format_date(value, _DAY[language], locale=_LOCALES[language]))


def _clock(written: str, language: str) -> str:
    """Return a time of day as short as the language has it: "9", "9.30", "9:00"."""
    value = time.fromisoformat(written)
    if language == "en":
        return f"{value.hour}:{value:%M}"
    return f"{value.hour}.{value:%M}" if value.minute else str(value.hour)
