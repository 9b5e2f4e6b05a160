from __future__ import annotations

import json

import pytest

from coaching import messages
from coaching.errors import UnknownConversation
from coaching.export import export_conversation
from coaching.models import Conversation
from coaching.transcript import Incoming


def test_everything_of_one_conversation_is_handed_out(engine, session, begin, now):
    mine, other = begin(), begin()
    for started, words in ((mine, "mine"), (other, "not mine")):
        conversation = session.get(Conversation, started.id)
        messages.receive(session, conversation, Incoming(words), now=now)
    session.commit()

    data = json.loads(json.dumps(export_conversation(engine, mine.id)))

    assert [row["text"] for row in data["messages"]] == ["mine"]
    assert data["conversations"][0]["created_at"] == now.isoformat()
    assert "token_hash" not in data["conversations"][0]


def test_nothing_of_nobody(engine):
    with pytest.raises(UnknownConversation):
        export_conversation(engine, "0" * 32)
