from __future__ import annotations

import pytest
from sqlalchemy import select

from coaching import handoff, messages
from coaching.models import CallbackRequest, Conversation, HandoffChange
from coaching.transcript import Incoming


@pytest.fixture
def conversation(session, begin):
    return session.get(Conversation, begin().id)


def test_a_change_is_recorded_with_who_when_and_why(session, conversation, now):
    handoff.change_state(session, conversation, "waiting", who="person", why="asked", now=now)
    change = session.scalars(select(HandoffChange)).one()
    assert (change.state, change.who, change.why, change.changed_at) == (
        "waiting",
        "person",
        "asked",
        now,
    )


def test_staying_where_one_is_is_no_change(session, conversation, now):
    assert not handoff.change_state(
        session, conversation, "with_bot", who="bot", why="nothing", now=now
    )
    assert session.scalars(select(HandoffChange)).all() == []


def test_an_unknown_state_is_refused(session, conversation, now):
    with pytest.raises(ValueError, match="asleep"):
        handoff.change_state(session, conversation, "asleep", who="bot", why="x", now=now)


def test_a_callback_request_keeps_the_contact_and_the_last_words(session, conversation, now):
    messages.receive(session, conversation, Incoming("evenings suit me"), now=now)
    handoff.request_callback(
        session, conversation, ["040 123 4567"], who="person", why="asked", now=now
    )
    (request,) = handoff.open_requests(session)
    assert (request.contact, request.words) == ("040 123 4567", "evenings suit me")
    assert conversation.state == "callback"


def test_a_newer_request_replaces_the_older(session, conversation, now):
    for contact in ("040 123 4567", "050 123 4567"):
        handoff.request_callback(
            session, conversation, [contact], who="person", why="asked", now=now
        )
    assert [request.contact for request in handoff.open_requests(session)] == ["050 123 4567"]
    states = session.scalars(select(CallbackRequest.state).order_by(CallbackRequest.id)).all()
    assert states == ["replaced", "open"]
