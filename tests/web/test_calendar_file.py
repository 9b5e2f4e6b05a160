from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from web.calendar_file import calendar_of

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=timezone.utc)
NASTY = "Ilmoittaudu; nyt,\nBEGIN:VEVENT\r\nSUMMARY:väärä \\n " + "😀ä" * 250


def step(**values):
    return {"text": "Ilmoittaudu", "by": "2027-01-15", "code": "enrol", "option": "a"} | values


def written(*steps, conversation="c" * 32, language="fi", now=NOW):
    return calendar_of(steps, conversation=conversation, language=language, now=now)


def events(content):
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_step_is_a_whole_day_in_which_one_is_free():
    (event,) = events(written(step()))
    assert event.decoded("dtstart") == date(2027, 1, 15)
    assert event.decoded("dtend") == date(2027, 1, 16)
    assert event.decoded("dtstamp") == NOW
    assert str(event["summary"]) == "Ilmoittaudu"
    assert event["transp"] == "TRANSPARENT"
    assert b"DTSTART;VALUE=DATE:20270115\r\n" in written(step())


def test_the_moment_of_writing_is_told_in_utc_as_the_format_demands():
    here = NOW.astimezone(ZoneInfo("Europe/Helsinki"))
    assert b"\r\nDTSTAMP:20261102T120000Z\r\n" in written(step(), now=here)


def test_a_step_without_a_day_is_no_event():
    assert events(written(step(by=None))) == []


def test_a_step_keeps_its_event_and_others_have_theirs():
    def uid(**values):
        return events(written(step(**values)))[0]["uid"]

    assert uid() == uid(by="2027-03-01", text="Anmäl dig")
    others = {uid(code="start"), uid(option="b"), uid(option=None)}
    assert len(others | {uid()}) == 4
    assert events(written(step(), conversation="d" * 32))[0]["uid"] != uid()


def test_nothing_of_the_conversation_is_told_but_the_steps():
    assert b"c" * 32 not in written(step())


def test_hostile_words_stay_words():
    content = written(step(text=NASTY), step(code="start"))
    first, second = events(content)
    assert str(first["summary"]) == " ".join(NASTY.split())
    assert str(second["summary"]) == "Ilmoittaudu"
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == 2
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(b"\n" not in line and b"\r" not in line for line in lines)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=500))
def test_any_words_come_back(text):
    (event,) = events(written(step(text=text)))
    assert str(event["summary"]) == " ".join(text.split())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_language_of_the_words_is_told(language):
    (event,) = events(written(step(), language=language))
    assert event["summary"].params["LANGUAGE"] == language
