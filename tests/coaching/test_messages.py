from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from coaching import messages
from coaching.errors import AnsweredMeanwhile, ConversationGone, PayloadNotIssued
from coaching.models import Conversation, Message
from coaching.transcript import Answer, Draft, Incoming, Understood


@pytest.fixture
def conversation(session, begin):
    return session.get(Conversation, begin().id)


def answer(*texts, language="fi", asked=None, heard=None):
    return Answer(
        tuple(map(Draft, texts)), language, False, asked, Understood("inform", 0.9, heard)
    )


def test_numbers_rise_through_messages_and_replies(session, conversation, now):
    first = messages.receive(session, conversation, Incoming(text="a"), now=now)
    replies = messages.store_answer(session, conversation, first.line.id, answer("b", "c"), now=now)
    second = messages.receive(session, conversation, Incoming(text="d"), now=now)
    assert [first.line.id, *(line.id for line in replies), second.line.id] == [1, 2, 3, 4]


def test_the_same_client_id_is_stored_once(session, conversation, now):
    first = messages.receive(session, conversation, Incoming("a", client_id="x"), now=now)
    again = messages.receive(session, conversation, Incoming("b", client_id="x"), now=now)
    assert (again.line, again.text, again.is_repeated) == (first.line, "a", True)


def test_an_answered_message_is_answered_the_same(session, conversation, now):
    first = messages.receive(session, conversation, Incoming("a", client_id="x"), now=now)
    stored = messages.store_answer(session, conversation, first.line.id, answer("b"), now=now)
    again = messages.receive(session, conversation, Incoming("a", client_id="x"), now=now)
    assert again.answer == stored


def test_a_failed_message_has_no_answer_yet(session, conversation, now):
    first = messages.receive(session, conversation, Incoming("a", client_id="x"), now=now)
    sorry = Draft("sorry", is_failure=True)
    messages.store_failure(session, conversation, first.line.id, sorry, now=now)
    again = messages.receive(session, conversation, Incoming("a", client_id="x"), now=now)
    assert again.answer is None


def test_a_failure_is_told_once(session, conversation, now):
    first = messages.receive(session, conversation, Incoming("a"), now=now)
    sorry = Draft("sorry", is_failure=True)
    told = messages.store_failure(session, conversation, first.line.id, sorry, now=now)
    again = messages.store_failure(session, conversation, first.line.id, sorry, now=now)
    assert told == again


def test_what_the_bot_heard_counts_when_it_is_another_language(session, conversation, now):
    first = messages.receive(session, conversation, Incoming("hej"), now=now)
    messages.store_answer(session, conversation, first.line.id, answer("b", heard="sv"), now=now)
    second = messages.receive(session, conversation, Incoming("hej"), now=now)
    changed = answer("b", language="sv", heard="sv")
    messages.store_answer(session, conversation, second.line.id, changed, now=now)
    third = messages.receive(session, conversation, Incoming("hej"), now=now)
    assert [first.heard, second.heard, third.heard] == [None, "sv", None]
    assert [first.is_first, second.is_first] == [True, False]


def test_the_answers_language_is_the_conversations_from_now_on(session, conversation, now):
    first = messages.receive(session, conversation, Incoming("hej"), now=now)
    (reply,) = messages.store_answer(
        session, conversation, first.line.id, answer("b", language="sv", asked="place"), now=now
    )
    assert reply.language == conversation.language == "sv"
    assert conversation.asked == "place"


def test_what_was_understood_is_kept(session, conversation, now):
    first = messages.receive(session, conversation, Incoming("hej"), now=now)
    messages.store_answer(session, conversation, first.line.id, answer("b"), now=now)
    message = session.get(Message, (conversation.id, first.line.id))
    assert (message.intent, message.confidence) == ("inform", 0.9)


def test_payloads_of_buttons_and_of_options_are_accepted(session, conversation, now):
    action = {"title": "More", "payload": '/ask_details{"option":"a"}'}
    draft = Draft(
        "?",
        buttons=[{"title": "Yes", "payload": "/affirm"}],
        custom={"kind": "options", "options": [{"id": "a", "actions": [action]}]},
    )
    messages.store_replies(session, conversation, [draft, draft], now=now)
    for payload, title in (("/affirm", "Yes"), (action["payload"], "More")):
        received = messages.receive(session, conversation, Incoming(payload=payload), now=now)
        assert (received.payload, received.line.text) == (payload, title)


def test_a_payload_of_another_conversation_is_refused(session, conversation, begin, now):
    other = session.get(Conversation, begin().id)
    offer = Draft("?", buttons=[{"title": "Yes", "payload": "/affirm"}])
    messages.store_replies(session, other, [offer], now=now)
    with pytest.raises(PayloadNotIssued):
        messages.receive(session, conversation, Incoming(payload="/affirm"), now=now)


@pytest.mark.parametrize("typed", ["Iltaisin", " iltaisin. ", "ILTAISIN"])
def test_the_words_of_an_open_button_are_that_button(session, conversation, now, typed):
    first = messages.receive(session, conversation, Incoming("moi"), now=now)
    button = {"title": "Iltaisin", "payload": '/inform{"schedule": "evening"}'}
    asked = Answer((Draft("Milloin?", buttons=[button]),), "fi", False, "schedule", None)
    messages.store_answer(session, conversation, first.line.id, asked, now=now)
    taken = messages.receive(session, conversation, Incoming(typed), now=now)
    assert (taken.payload, taken.text) == (button["payload"], typed)
    # Of an earlier question, they are words like any others.
    messages.store_answer(session, conversation, taken.line.id, answer("Selvä."), now=now)
    assert messages.receive(session, conversation, Incoming(typed), now=now).payload is None


def test_a_turn_asks_the_database_little(session, conversation, now):
    # Each statement is a tenth of what the gateway may add to a turn.
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: asked.append(a[2]))
    first = messages.receive(session, conversation, Incoming("a", client_id="x"), now=now)
    session.commit()
    assert [sql.split()[0] for sql in asked if not sql.startswith("BEGIN")] == [
        "SELECT",
        "INSERT",
        "UPDATE",
    ]
    asked.clear()
    offer = Draft("b", buttons=[{"title": "c", "payload": "/d"}])
    told = Answer((offer,), "sv", True, "place", Understood("inform", 0.9, "sv", {"a": 1}))
    messages.store_answer(session, conversation, first.line.id, told, now=now)
    session.commit()
    assert [sql.split()[0] for sql in asked if not sql.startswith("BEGIN")] == [
        "UPDATE",
        "UPDATE",
        "INSERT",
        "SELECT",
        "INSERT",
    ]
    session.expire_all()
    assert (conversation.language, conversation.plain_language) == ("sv", True)
    assert (conversation.asked, conversation.last_number) == ("place", 2)


def test_an_answer_to_a_message_that_is_gone_is_not_kept(session, conversation, now):
    with pytest.raises(ConversationGone):
        messages.store_answer(session, conversation, 5, answer("b"), now=now)


def test_of_two_answers_the_first_stands(session, conversation, now):
    number = messages.receive(session, conversation, Incoming("a"), now=now).line.id
    stored = messages.store_answer(session, conversation, number, answer("b"), now=now)
    with pytest.raises(AnsweredMeanwhile):
        messages.store_answer(session, conversation, number, answer("c"), now=now, is_first=True)
    assert messages.stored_answer(session, conversation.id, number) == stored


def test_a_clock_set_back_makes_nothing_look_unused(session, conversation, now):
    messages.receive(session, conversation, Incoming("a"), now=now - timedelta(days=400))
    assert conversation.used_at >= now
