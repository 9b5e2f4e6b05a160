"""What a coach reaches and what a coach who is gone leaves, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coaching import accounts, audit, callback_requests, handoff, queue
from coaching.models import CallbackRequest, Conversation
from tests.coaching.desk import add_coach, add_team, begin


@pytest.fixture
def either_session(either_engine):
    """Return a session on a new database of each kind."""
    with Session(either_engine, future=True) as session:
        yield session


def test_only_the_teams_coaches_claim_and_call(either_session, now):
    session = either_session
    here, there = add_team(session, "here"), add_team(session, "there")
    own = add_coach(session, "own", now=now, team_id=here.id)
    stranger = add_coach(session, "stranger", now=now, team_id=there.id)
    lead = add_coach(session, "lead", now=now, team_id=there.id, role="lead")
    waits = [begin(session, now, state="waiting", team_id=here.id) for _ in range(2)]
    for conversation in waits:
        assert not handoff.claim(session, conversation.id, stranger, now)
    assert handoff.claim(session, waits[0].id, own, now)
    assert handoff.claim(session, waits[1].id, lead, now)
    call = handoff.request_callback(
        session, begin(session, now, team_id=here.id), ["a@b.fi"], who="p", why="w", now=now
    )
    assert callback_requests.open_requests(session, stranger) == []
    assert not callback_requests.take(session, call.id, stranger)
    assert callback_requests.take(session, call.id, own)


@pytest.mark.parametrize("gone", [{"is_disabled": True}, {"role": "reviewer"}])
def test_what_a_coach_who_is_gone_had_is_for_others(either_session, now, gone):
    session = either_session
    maija, pekka = add_coach(session, now=now), add_coach(session, "pekka", now=now)
    talks = {
        coach.name: begin(session, now, state="with_coach", coach_id=coach.id)
        for coach in (maija, pekka)
    }
    for coach in (maija, pekka):
        call = handoff.request_callback(
            session, begin(session, now), ["a@b.fi"], who="p", why="w", now=now
        )
        assert callback_requests.take(session, call.id, coach)
    assert queue.deserted(session) == []
    assert callback_requests.free_deserted(session) == 0
    for name, value in gone.items():
        setattr(maija, name, value)
    session.flush()
    assert queue.deserted(session) == [talks["maija"].id]
    left = session.get(Conversation, talks["maija"].id)
    assert handoff.take_from_gone(session, left, now)
    assert not handoff.take_from_gone(session, session.get(Conversation, talks["pekka"].id), now)
    assert (left.state, left.coach_id, left.waiting_since) == ("waiting", None, now)
    assert callback_requests.free_deserted(session) == 1
    session.expire_all()
    calls = session.query(CallbackRequest).order_by(CallbackRequest.id).all()
    assert [(call.state, call.taken_by) for call in calls] == [("open", None), ("taken", "pekka")]
    assert accounts.may("reviewer", "guide") is False


def test_an_entry_is_known_from_its_time_on(either_session, now):
    session = either_session
    audit.note(session, "anna", "view_conversation", "hash", now)
    for since, known in ((timedelta(0), True), (timedelta(seconds=1), False)):
        assert (
            audit.is_noted(session, "anna", "view_conversation", "hash", since=now + since) is known
        )
    assert not audit.is_noted(session, "bertta", "view_conversation", "hash", since=now)
