"""Conversations for the tests of transcripts and reviews."""

from __future__ import annotations

from datetime import datetime, timezone

from coaching import figures, messages
from coaching.conversations import start
from coaching.desk_models import Coach
from coaching.models import Conversation
from coaching.transcript import Answer, Draft, Incoming, Understood

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)


def account(name="anna", role="lead", team_id=None):
    """Return an account that is in no database."""
    return Coach(id=1, name=name, role=role, team_id=team_id)


def begin(session, *, at=NOW, channel="web", language="fi"):
    """Return a new conversation."""
    started = start(session, channel=channel, language=language, plain_language=False, now=at)
    return session.get(Conversation, started.id)


def turn(session, conversation, words, *, reply="Selvä.", at=NOW, custom=None, **understood):
    """Let the person say something and the bot answer; return the message's number."""
    received = messages.receive(session, conversation, Incoming(words), now=at)
    meant = {"intent": "inform", "confidence": 0.9, "language": conversation.language, **understood}
    answer = Answer(
        [Draft(reply, custom=custom)], conversation.language, False, None, Understood(**meant)
    )
    messages.store_answer(session, conversation, received.line.id, answer, now=at)
    figures.renew(session, conversation.id, now=at)
    return received.line.id


def talk(session, *words, at=NOW, channel="web", language="fi", **understood):
    """Return a conversation in which a person says each of `words`."""
    conversation = begin(session, at=at, channel=channel, language=language)
    for said in words:
        turn(session, conversation, said, at=at, **understood)
    return conversation
