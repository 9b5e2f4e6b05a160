"""What the measures read, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from coaching import callback_requests, figures, handoff
from coaching.desk_models import Coach
from coaching.measure_scope import last_weeks
from coaching.questions import count_questions
from coaching.talks import read_talks
from opastin.settings import TIME_ZONE
from tests.coaching.transcripts import begin, talk, turn

# Monday 09.30 in Finland, in the second week of the two that are read.
NOW = datetime(2026, 3, 2, 7, 30, tzinfo=timezone.utc)
TODAY = date(2026, 3, 4)


@pytest.fixture
def engine(either_engine):
    return either_engine


def read(session, weeks=2, **narrowed):
    return read_talks(session, last_weeks(weeks, TODAY, TIME_ZONE, **narrowed))


def test_the_weeks_end_with_this_one():
    scope = last_weeks(2, TODAY, TIME_ZONE)
    assert scope.names == ("2026-W09", "2026-W10")
    assert scope.since == datetime(2026, 2, 23, tzinfo=TIME_ZONE)
    assert scope.until == datetime(2026, 3, 9, tzinfo=TIME_ZONE)


def test_weeks_and_hours_are_finlands_own(session):
    """Half past ten on Sunday night in London is Monday in Finland."""
    talk(session, "hei", at=datetime(2026, 3, 1, 22, 30, tzinfo=timezone.utc))
    talk(session, "hei", at=datetime(2026, 3, 1, 21, 30, tzinfo=timezone.utc))
    talk(session, "hei", at=NOW)
    found = {(one.week, one.is_off_hours) for one in read(session)}
    assert found == {("2026-W10", True), ("2026-W09", True), ("2026-W10", False)}


def test_only_who_said_something_to_the_service_counts(session):
    begin(session, at=NOW)
    figures.renew(session, begin(session, at=NOW).id, now=NOW)
    talk(session, "hei", at=NOW, channel="test")
    talk(session, "hei", at=NOW - timedelta(weeks=2))
    assert read(session) == []


def test_conversations_are_narrowed_down(session):
    talk(session, "hei", at=NOW, slots={"place": "743"})
    talk(session, "hej", at=NOW, channel="kiosk", language="sv", slots={"place": "905"})
    assert [one.place for one in read(session, places=frozenset({"743", "maakunta_14"}))] == ["743"]
    assert [one.channel for one in read(session, channel="kiosk")] == ["kiosk"]
    assert [one.language for one in read(session, language="fi")] == ["fi"]
    assert read(session, team_id=3) == []


def test_a_wait_for_a_coach_is_measured(session):
    coach = Coach(
        name="anna",
        display_name="Anna",
        password_hash="none",
        role="coach",
        language="fi",
        languages=["fi"],
        is_disabled=False,
        is_available=True,
        created_at=NOW,
    )
    session.add(coach)
    session.flush()
    conversation = talk(session, "ihminen", at=NOW)
    handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=NOW)
    assert handoff.claim(session, conversation.id, coach, NOW + timedelta(minutes=4))
    later = NOW + timedelta(minutes=20)
    assert handoff.close(session, conversation.id, coach, later, outcome="advised")
    (found,) = read(session)
    assert (found.asked_for_coach, found.had_coach, found.wait_minutes) == (True, True, 4)
    assert found.is_success


@pytest.mark.parametrize(
    ("custom", "is_success"), [(None, False), ({"kind": "options"}, True), ({"kind": "plan"}, True)]
)
def test_options_or_a_plan_are_a_success(session, custom, is_success):
    turn(session, begin(session, at=NOW), "hei", at=NOW, custom=custom)
    assert [one.is_success for one in read(session)] == [is_success]


def test_a_call_back_is_a_success_once_it_is_done(session):
    conversation = talk(session, "soittakaa", at=NOW)
    request = callback_requests.request_callback(
        session, conversation, ["040 123 4567"], who="person", why="asked", now=NOW
    )
    assert [one.is_success for one in read(session)] == [False]
    request.state = callback_requests.DONE
    session.flush()
    assert [one.is_success for one in read(session)] == [True]


def test_a_question_counts_once_in_a_conversation(session):
    talk(session, "mitä maksaa", "entä tämä", at=NOW, intent="faq_cost")
    talk(session, "hinta?", "huono", at=NOW, intent="faq_cost")
    talk(session, "hei", at=NOW, intent="greet")
    scope = last_weeks(2, TODAY, TIME_ZONE)
    assert count_questions(session, scope) == {"faq_cost": 2}
