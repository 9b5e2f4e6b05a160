from __future__ import annotations

from datetime import timedelta

import pytest

from coaching import conversations, handoff, messages, take_home, tickets, visits
from coaching.conversations import Doorkeeper
from coaching.errors import ConversationGone, WrongToken
from coaching.models import Conversation, TakeHomePage
from coaching.privacy import erase
from coaching.transcript import Incoming
from coaching.visits import ABANDONED_AFTER

KIOSK = "f" * 32


@pytest.fixture
def visit(session, now):
    """Begin visits."""

    def visit(at=now, kiosk=KIOSK):
        return conversations.start(
            session, channel="kiosk", language="fi", plain_language=False, now=at, kiosk=kiosk
        )

    return visit


def test_an_ended_visit_opens_no_more(session, visit, now, pseudonyms):
    started = visit()
    ended = visits.end(session, started.id, KIOSK, now=now)
    assert ended.may_be_erased
    with pytest.raises(ConversationGone):
        Doorkeeper(pseudonyms, 30).open(session, started.token, now=now)
    assert visits.end(session, started.id, KIOSK, now=now) is None


def test_a_device_ends_its_own_visits_only(session, visit, begin, now):
    for conversation in (visit(kiosk="e" * 32), begin()):
        assert visits.end(session, conversation.id, KIOSK, now=now) is None
    assert visits.open_visits(session, KIOSK) == []


def test_visits_without_a_word_for_an_hour_are_abandoned(session, visit, begin, now):
    then = now - ABANDONED_AFTER - timedelta(seconds=1)
    left, talking = visit(at=then), visit(at=then)
    visit(), begin(at=then)
    for started, moment in ((left, then), (talking, now - ABANDONED_AFTER)):
        conversation = session.get(Conversation, started.id)
        messages.receive(session, conversation, Incoming("hei"), now=moment)
    session.flush()
    assert visits.abandoned_visits(session, now=now) == [(left.id, KIOSK)]


def test_a_ticket_or_a_promised_call_keeps_an_ended_visit(session, visit, now):
    with_ticket, with_call, plain = visit(), visit(), visit()
    tickets.issue(session, session.get(Conversation, with_ticket.id), now=now)
    handoff.request_callback(
        session, session.get(Conversation, with_call.id), ["x"], who="person", why="a", now=now
    )
    for started in (with_ticket, with_call, plain):
        visits.end(session, started.id, KIOSK, now=now)
    assert visits.erasable_visits(session, now=now) == [plain.id]
    later = now + tickets.LIVES + timedelta(seconds=1)
    assert set(visits.erasable_visits(session, now=later)) == {plain.id, with_ticket.id}


def test_a_ticket_gives_a_new_token_and_ends_the_old_one(session, visit, now, pseudonyms):
    started = visit()
    code = tickets.issue(session, session.get(Conversation, started.id), now=now).code
    handed, language = tickets.use(session, code, now=now)
    doorkeeper = Doorkeeper(pseudonyms, 30)
    assert language == "fi"
    assert doorkeeper.open(session, handed.token, now=now).id == started.id
    with pytest.raises(WrongToken):
        doorkeeper.open(session, started.token, now=now)
    assert tickets.use(session, code, now=now) is None
    assert visits.end(session, started.id, KIOSK, now=now) is None


def test_a_ticket_lives_five_minutes(session, visit, now):
    code = tickets.issue(session, session.get(Conversation, visit().id), now=now).code
    in_time, late = now + tickets.LIVES, now + tickets.LIVES + timedelta(seconds=1)
    assert tickets.find(session, code, now=in_time) is not None
    assert tickets.find(session, code, now=late) is None
    assert tickets.use(session, code, now=late) is None


def test_a_page_set_free_outlives_the_erasure(engine, session, visit, now, pseudonyms):
    pages = []
    for _ in range(2):
        started = visit()
        conversation = session.get(Conversation, started.id)
        page = take_home.keep(
            session, conversation, {"options": []}, expires_at=now + timedelta(days=14)
        )
        pages.append((started.id, page.key))
    visits.set_pages_free(session, pages[0][0])
    session.commit()
    for conversation_id, _ in pages:
        erase(engine, conversation_id, pseudonyms=pseudonyms, now=now)
    session.expire_all()
    assert session.get(TakeHomePage, pages[0][1]).conversation_id is None
    assert session.get(TakeHomePage, pages[1][1]) is None
