from __future__ import annotations

from datetime import datetime, timezone

import pytest

from opastin.settings import TIME_ZONE
from web.opening_words import hours_in_words, when_in_words

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=TIME_ZONE)
WEEK = {day: ["09:00", "15:00"] for day in ("mon", "tue", "wed", "thu")}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "ma–to 9–15, pe 9.30–13"),
        ("sv", "mån–tors 9–15, fre 9.30–13"),
        ("en", "Mon–Thu 9:00–15:00, Fri 9:30–13:00"),
    ],
)
def test_days_with_the_same_hours_are_told_together(language, words):
    assert hours_in_words(WEEK | {"fri": ["09:30", "13:00"]}, language) == words


def test_a_day_between_that_is_closed_parts_the_row():
    hours = {"mon": ["09:00", "15:00"], "wed": ["09:00", "15:00"]}
    assert hours_in_words(hours, "fi") == "ma 9–15, ke 9–15"
    assert hours_in_words({}, "fi") == ""


@pytest.mark.parametrize(
    ("moment", "fi", "sv", "en"),
    [
        ((2026, 11, 23, 10), "tänään klo 12", "i dag kl. 12", "today at 12:00"),
        ((2026, 11, 24, 7), "huomenna klo 9", "i morgon kl. 9", "tomorrow at 9:00"),
        (
            (2026, 12, 28, 7),
            "maanantaina 28.12. klo 9",
            "måndag 28.12. kl. 9",
            "on Monday 28 December at 9:00",
        ),
    ],
)
def test_moments_are_told_in_finlands_time(moment, fi, sv, en):
    utc = datetime(*moment, tzinfo=timezone.utc)
    told = [when_in_words(utc, NOW, language) for language in ("fi", "sv", "en")]
    assert told == [fi, sv, en]
