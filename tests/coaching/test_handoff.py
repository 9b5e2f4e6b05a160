from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from coaching import handoff, messages
from coaching.db import session_factory
from coaching.models import CallbackRequest, Conversation, HandoffChange
from coaching.transcript import Incoming
from tests.coaching.desk import add_coach
from tests.coaching.desk import begin as begin_talk


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


def changes(session, conversation):
    found = session.scalars(
        select(HandoffChange)
        .where(HandoffChange.conversation_id == conversation.id)
        .order_by(HandoffChange.id)
    )
    return [(change.state, change.who, change.why) for change in found]


def test_a_talk_with_a_coach_is_on_record_from_the_wish_to_the_end(session, conversation, now):
    coach, other = (add_coach(session, name, now=now) for name in ("maija", "pekka"))
    key = conversation.id
    assert handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=now)
    assert conversation.waiting_since == now
    assert handoff.claim(session, key, coach, now)
    assert (conversation.coach_id, conversation.waiting_since) == (coach.id, None)
    assert handoff.assign(session, key, coach, now, to=other)
    assert not handoff.give_back(session, key, coach, now)
    assert handoff.give_back(session, key, other, now)
    assert (conversation.state, conversation.coach_id) == ("with_bot", None)
    assert handoff.step_in(session, key, coach, now)
    assert handoff.close(session, key, coach, now, outcome="advised")
    assert (conversation.outcome, conversation.closed_at) == ("advised", now)
    assert changes(session, conversation) == [
        ("waiting", "person", "asked"),
        ("with_coach", "maija", "claimed"),
        ("with_coach", "maija", "assigned"),
        ("with_bot", "pekka", "given_back"),
        ("with_coach", "maija", "stepped_in"),
        ("closed", "maija", "closed"),
    ]


def test_only_one_of_two_coaches_gets_a_conversation(session, conversation, now):
    coach, other = (add_coach(session, name, now=now) for name in ("maija", "pekka"))
    handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=now)
    assert handoff.claim(session, conversation.id, coach, now)
    assert not handoff.claim(session, conversation.id, other, now)
    assert not handoff.step_in(session, conversation.id, other, now)
    assert not handoff.close(session, conversation.id, other, now, outcome="other")
    assert conversation.coach_id == coach.id
    assert not handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=now)


def test_nobody_is_given_what_does_not_wait_or_to_one_who_cannot_guide(session, conversation, now):
    coach = add_coach(session, now=now)
    assert not handoff.claim(session, conversation.id, coach, now)
    assert handoff.step_in(session, conversation.id, coach, now)
    reviewer = add_coach(session, "reviewer", now=now, role="reviewer")
    closed = add_coach(session, "closed", now=now, is_disabled=True)
    for other in (reviewer, closed):
        assert not handoff.assign(session, conversation.id, coach, now, to=other)


def test_a_lead_may_move_on_what_another_coach_has(session, conversation, now):
    coach, lead = add_coach(session, now=now), add_coach(session, "lead", now=now, role="lead")
    handoff.step_in(session, conversation.id, coach, now)
    assert handoff.assign(session, conversation.id, lead, now, to=lead)
    assert conversation.coach_id == lead.id


def test_whoever_leaves_the_queue_is_with_the_bot_again(session, conversation, now):
    handoff.ask_for_coach(session, conversation, why="asked", urgency=2, now=now)
    assert handoff.leave_queue(session, conversation, why="changed_mind", now=now)
    assert (conversation.state, conversation.waiting_since) == ("with_bot", None)
    assert not handoff.leave_queue(session, conversation, why="changed_mind", now=now)
    handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=now)
    assert conversation.urgency == 0


def test_an_unknown_outcome_is_refused(session, conversation, now):
    coach = add_coach(session, now=now)
    with pytest.raises(ValueError, match="lost"):
        handoff.close(session, conversation.id, coach, now, outcome="lost")


def test_of_many_coaches_who_claim_at_once_one_wins(either_engine, now):
    sessions = session_factory(either_engine)
    with sessions.begin() as session:
        coaches = [add_coach(session, f"coach{number}", now=now) for number in range(8)]
        keys = [begin_talk(session, now).id for _ in range(5)]
        for key in keys:
            conversation = session.get(Conversation, key)
            handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=now)
    together = threading.Barrier(len(coaches))

    def claim(coach):
        won = []
        for key in keys:
            together.wait(timeout=20)
            with sessions.begin() as session:
                won.append(handoff.claim(session, key, coach, now))
        return won

    with ThreadPoolExecutor(len(coaches)) as threads:
        results = list(threads.map(claim, coaches))

    winners = [sum(column) for column in zip(*results, strict=True)]
    assert winners == [1] * len(keys)
    with sessions() as session:
        for number, key in enumerate(keys):
            winner = next(coach for coach, won in zip(coaches, results, strict=True) if won[number])
            assert session.get(Conversation, key).coach_id == winner.id
            assert [state for state, _, _ in changes(session, session.get(Conversation, key))] == [
                "waiting",
                "with_coach",
            ]


def test_whoever_leaves_the_queue_allows_no_coach_to_see_anything(session, conversation, now):
    handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=now)
    conversation.consented_at = now
    assert handoff.leave_queue(session, conversation, why="changed_mind", now=now)
    assert conversation.consented_at is None
