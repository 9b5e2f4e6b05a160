from __future__ import annotations

from datetime import timedelta

import pytest

from coaching import conversations, messages
from coaching.conversations import Doorkeeper
from coaching.errors import ConversationGone, UnknownConversation, WrongToken
from coaching.models import Conversation
from coaching.transcript import Draft, Incoming


@pytest.fixture
def doorkeeper(pseudonyms):
    return Doorkeeper(pseudonyms, token_days=30)


def say(session, conversation, *customs, now):
    drafts = [Draft(f"Reply {number}", custom=custom) for number, custom in enumerate(customs)]
    messages.store_replies(session, conversations.get(session, conversation), drafts, now=now)


def test_the_latest_reply_of_a_kind_is_found_in_its_own_conversation(session, begin, now):
    mine, other = begin(), begin()
    plans = [{"kind": "plan", "steps": [number]} for number in range(2)]
    say(session, mine.id, *plans, {"kind": "options"}, None, now=now)
    found = conversations.latest_custom(session, mine.id, "plan")
    assert found.custom == {"kind": "plan", "steps": [1]}
    assert conversations.latest_custom(session, mine.id, "saved") is None
    assert conversations.latest_custom(session, other.id, "plan") is None


def test_a_token_opens_its_conversation(session, begin, doorkeeper, now):
    started = begin()
    assert doorkeeper.open(session, started.token, now=now).id == started.id


def test_the_token_itself_is_not_stored(session, begin):
    started = begin()
    assert started.token not in str(vars(session.get(Conversation, started.id)))


def test_another_conversations_token_is_wrong(session, begin, doorkeeper, now):
    mine, other = begin(), begin()
    with pytest.raises(WrongToken):
        doorkeeper.open(session, other.token, now=now, conversation_id=mine.id)


@pytest.mark.parametrize("token", ["", ".", "a.b", "\udcff", "x" * 10_000, "0" * 32 + ".x"])
def test_a_token_of_nothing_is_wrong(session, begin, doorkeeper, now, token):
    begin()
    with pytest.raises(WrongToken):
        doorkeeper.open(session, token, now=now)


@pytest.mark.parametrize("conversation_id", ["no", "\x00", "\ud800", "0" * 32, "x" * 10_000])
def test_a_conversation_that_never_was_is_unknown(session, begin, doorkeeper, now, conversation_id):
    token = begin().token
    with pytest.raises(UnknownConversation):
        doorkeeper.open(session, token, now=now, conversation_id=conversation_id)


def test_a_token_dies_when_it_is_not_used_for_long(session, begin, doorkeeper, now):
    token = begin().token
    with pytest.raises(ConversationGone):
        doorkeeper.open(session, token, now=now + timedelta(days=30, seconds=1))


def test_each_use_prolongs_a_token(session, begin, doorkeeper, now):
    token = begin().token
    doorkeeper.open(session, token, now=now + timedelta(days=20))
    assert doorkeeper.open(session, token, now=now + timedelta(days=45))


def test_reading_gives_messages_and_replies_in_order(session, begin, now):
    conversation = session.get(Conversation, begin().id)
    messages.store_replies(session, conversation, [Draft("hello")], now=now)
    messages.receive(session, conversation, Incoming(text="hi"), now=now)
    messages.store_replies(session, conversation, [Draft("a"), Draft("b")], now=now)

    lines = conversations.read_after(session, conversation.id, 1)

    assert [(line.id, line.speaker, line.text) for line in lines] == [
        (2, "person", "hi"),
        (3, "bot", "a"),
        (4, "bot", "b"),
    ]


def test_reading_stops_at_the_limit(session, begin, now):
    conversation = session.get(Conversation, begin().id)
    messages.store_replies(session, conversation, [Draft(str(n)) for n in range(5)], now=now)
    lines = conversations.read_after(session, conversation.id, 1, limit=2)
    assert [line.id for line in lines] == [2, 3]


def test_the_last_words_are_typed_ones_oldest_first(session, begin, now):
    conversation = session.get(Conversation, begin().id)
    offer = Draft("?", buttons=[{"title": "Yes", "payload": "/affirm"}])
    messages.store_replies(session, conversation, [offer], now=now)
    for incoming in (
        Incoming(text="one"),
        Incoming(text="two"),
        Incoming(payload="/affirm"),
        Incoming(text="three"),
    ):
        messages.receive(session, conversation, incoming, now=now)
    assert conversations.last_words(session, conversation.id, count=2) == "two\nthree"
