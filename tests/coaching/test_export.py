from __future__ import annotations

import json

import pytest

from coaching import accounts, audit, handoff, messages, teams
from coaching.accounts import NewAccount
from coaching.desk_models import Note
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


def test_coaches_and_teams_are_called_by_their_names(engine, session, begin, pseudonyms, now):
    new = NewAccount("anna.a", "none", display_name="Anna")
    coach = accounts.add(session, new, now=now)
    conversation = session.get(Conversation, begin().id)
    conversation.team_id = teams.add(session, teams.Wishes("Etelä")).id
    handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=now)
    assert handoff.claim(session, conversation.id, coach, now)
    session.add(Note(conversation_id=conversation.id, who="anna.a", text="Soita.", written_at=now))
    audit.note(session, "anna.a", "view_conversation", pseudonyms.in_audit(conversation.id), now)
    audit.note(session, "anna.a", "view_conversation", pseudonyms.in_audit("0" * 32), now)
    session.commit()

    data = export_conversation(engine, conversation.id, pseudonyms=pseudonyms)

    (stored,) = data["conversations"]
    assert (stored["coach"], stored["team"]) == ("Anna", "Etelä")
    assert not {"coach_id", "team_id", "token_hash"} & set(stored)
    assert [(note["who"], note["text"]) for note in data["notes"]] == [("Anna", "Soita.")]
    assert [change["who"] for change in data["handoff_changes"]] == ["person", "Anna"]
    moment = now.isoformat()
    assert data["audit"] == [{"at": moment, "who": "Anna", "action": "view_conversation"}]
