"""The queue: its order, whose it is, places in it, and waits that are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coaching import callback_requests, handoff, messages, queue
from coaching.db import session_factory
from coaching.routing import coaches_on_duty
from coaching.transcript import Incoming
from tests.coaching.desk import add_coach, add_team, begin

MINUTE = timedelta(minutes=1)


@pytest.fixture
def coach(session, now):
    return add_coach(session, now=now, seen_at=now)


@pytest.fixture
def ask(session, now):
    def ask(minutes_ago=0, *, urgency=0, **more):
        conversation = begin(session, now, **more)
        moment = now - minutes_ago * MINUTE
        handoff.ask_for_coach(session, conversation, why="asked", urgency=urgency, now=moment)
        return conversation

    return ask


def test_the_most_urgent_come_first_and_then_the_longest_waiting(session, now, coach, ask):
    late, early, crisis = ask(1), ask(5), ask(0, urgency=2)
    begin(session, now)
    found = queue.waiting(session, coach, now)
    assert [one.conversation_id for one in found] == [crisis.id, early.id, late.id]
    assert [queue.position(session, one) for one in (crisis, early, late)] == [0, 1, 2]
    assert found[1].waiting_since == now - 5 * MINUTE


def test_whoever_waits_grows_more_urgent_in_place_and_on_record(session, now, ask):
    other, one = ask(5), ask(1)
    handoff.ask_for_coach(session, one, why="crisis", urgency=2, now=now)
    handoff.ask_for_coach(session, one, why="asked", urgency=0, now=now)
    assert (one.urgency, one.waiting_since) == (2, now - MINUTE)
    assert [queue.position(session, item) for item in (one, other)] == [0, 1]


def test_a_coach_sees_the_own_teams_queue_and_what_is_nobodys(session, now, ask):
    ours, theirs = add_team(session, "ours"), add_team(session, "theirs")
    own, other, free = ask(3, team_id=ours.id), ask(2, team_id=theirs.id), ask(1)
    member = add_coach(session, "member", now=now, team_id=ours.id)
    lead = add_coach(session, "lead", now=now, team_id=ours.id, role="lead")

    def seen(coach):
        return [one.conversation_id for one in queue.waiting(session, coach, now)]

    assert seen(member) == [own.id, free.id]
    assert seen(lead) == [own.id, other.id, free.id]
    assert queue.position(session, other) == 0


def test_a_visit_to_a_kiosk_that_has_ended_waits_no_longer(session, now, coach, ask):
    ask(5, ended_at=now)
    assert queue.waiting(session, coach, now) == []


def test_no_wait_is_told_before_enough_are_known(session, now, coach, ask):
    for minutes in (2, 4):
        assert handoff.claim(session, ask(minutes).id, coach, now)
    assert queue.expected_wait(session, ask(), now) is None


def test_the_middle_of_recent_waits_is_told_less_what_has_passed(session, now, coach, ask):
    for minutes in (2, 4, 30):
        assert handoff.claim(session, ask(minutes).id, coach, now)
    assert queue.expected_wait(session, ask(), now) == 4 * MINUTE
    assert queue.expected_wait(session, ask(3), now) == MINUTE
    assert queue.expected_wait(session, ask(5), now) is None


def test_waits_of_old_and_of_other_teams_tell_nothing(session, now, coach, ask):
    team = add_team(session)
    for minutes in (2, 4, 30):
        claimed = ask(minutes, team_id=team.id)
        assert handoff.claim(session, claimed.id, coach, now)
    assert queue.expected_wait(session, ask(), now) is None
    later = now + timedelta(days=30)
    assert queue.expected_wait(session, ask(team_id=team.id), later) is None


def test_mine_are_those_i_have_with_the_unread_first(session, now, coach, ask):
    read, unread, waiting = ask(), ask(), ask()
    for one in (read, unread):
        assert handoff.claim(session, one.id, coach, now)
        messages.receive(session, one, Incoming("hei"), now=now)
    queue.set_read(session, read, read.last_number)
    held = queue.mine(session, coach)
    assert [(one.conversation_id, one.unread) for one in held] == [(unread.id, 1), (read.id, 0)]
    assert waiting.id not in {one.conversation_id for one in held}


def test_both_databases_queue_alike(either_engine, now):
    with session_factory(either_engine).begin() as session:
        team = add_team(session, hours={"mon": ["09:00", "15:00"]})
        coach = add_coach(session, now=now, seen_at=now, team_id=team.id)
        waits = [begin(session, now, team_id=team.id) for _ in range(4)]
        for minutes, one in enumerate(waits, start=1):
            handoff.ask_for_coach(session, one, why="asked", urgency=0, now=now - minutes * MINUTE)
        first, *others = reversed(waits)
        assert queue.position(session, waits[0]) == 3
        found = queue.waiting(session, coach, now)
        assert [one.conversation_id for one in found] == [one.id for one in (first, *others)]
        for one in (first, *others[:2]):
            assert handoff.claim(session, one.id, coach, now)
        messages.receive(session, first, Incoming("hei"), now=now)
        assert queue.mine(session, coach)[0].unread == 1
        assert queue.expected_wait(session, waits[0], now) == 2 * MINUTE
        assert coaches_on_duty(session, None, "fi", now) == [coach]
        request = handoff.request_callback(
            session, others[2], ["040 123 4567"], who="person", why="asked", now=now
        )
        assert handoff.open_requests(session, coach) == [request]
        assert callback_requests.take(session, request.id, coach)
        assert callback_requests.reveal(session, request.id, coach, subject="x", now=now)
        assert callback_requests.finish(session, request.id, coach, now=now)
        assert others[2].state == "closed"
