"""Call-backs for the desk: who may take one, who sees the contact, what is forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coaching import callback_requests as callbacks
from coaching.desk_models import AuditEntry
from coaching.models import Conversation
from tests.coaching.desk import add_coach, add_team, begin


@pytest.fixture
def coach(session, now):
    return add_coach(session, now=now)


@pytest.fixture
def request_of(session, now):
    def request_of(contact="040 123 4567", **more):
        conversation = begin(session, now, **more)
        return callbacks.request_callback(
            session, conversation, [contact], who="person", why="asked", now=now
        )

    return request_of


def test_the_contact_is_shown_to_whoever_took_the_request_and_audited(
    session, now, coach, request_of
):
    other, request = add_coach(session, "other", now=now), request_of()
    assert callbacks.reveal(session, request.id, coach, subject="hash", now=now) is None
    assert callbacks.take(session, request.id, coach)
    assert not callbacks.take(session, request.id, other)
    assert callbacks.reveal(session, request.id, other, subject="hash", now=now) is None
    assert callbacks.reveal(session, request.id, coach, subject="hash", now=now) == "040 123 4567"
    (entry,) = session.scalars(select(AuditEntry)).all()
    assert (entry.who, entry.action, entry.subject) == ("maija", "reveal_contact", "hash")


def test_a_request_put_back_is_open_to_all_again(session, now, coach, request_of):
    other, request = add_coach(session, "other", now=now), request_of()
    callbacks.take(session, request.id, coach)
    assert not callbacks.put_back(session, request.id, other)
    assert callbacks.put_back(session, request.id, coach)
    assert callbacks.take(session, request.id, other)


def test_a_request_that_is_done_forgets_the_contact_and_closes_the_conversation(
    session, now, coach, request_of
):
    request = request_of()
    assert not callbacks.finish(session, request.id, coach, now=now)
    callbacks.take(session, request.id, coach)
    assert callbacks.finish(session, request.id, coach, now=now)
    session.refresh(request)
    assert (request.state, request.contact, request.done_at) == ("done", "", now)
    assert callbacks.open_requests(session) == []
    assert not callbacks.finish(session, request.id, coach, now=now)


def test_an_earlier_request_keeps_no_contact(session, now, request_of):
    first = request_of()
    conversation = session.get(Conversation, first.conversation_id)
    callbacks.request_callback(session, conversation, ["a@b.fi"], who="person", why="x", now=now)
    session.refresh(first)
    assert (first.state, first.contact) == ("replaced", "")


def test_a_coach_sees_the_requests_of_the_own_team_and_of_none(session, now, request_of):
    ours, theirs = add_team(session, "ours"), add_team(session, "theirs")
    own, other, free = (
        request_of(team_id=ours.id),
        request_of(team_id=theirs.id),
        request_of(),
    )
    member = add_coach(session, "member", now=now, team_id=ours.id)
    lead = add_coach(session, "lead", now=now, team_id=ours.id, role="lead")
    assert [one.id for one in callbacks.open_requests(session, member)] == [own.id, free.id]
    assert len(callbacks.open_requests(session, lead)) == 3
    assert other.id in {one.id for one in callbacks.open_requests(session)}
