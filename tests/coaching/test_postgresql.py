"""The same tables and the same life of a conversation on a real PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from coaching import conversations, handoff, messages
from coaching.conversations import Doorkeeper
from coaching.db import VERSION_TABLE, open_engine, session_factory, upgrade_engine
from coaching.demand import Group, Unmet, count_unmet, read_demand
from coaching.errors import ConversationGone
from coaching.export import export_conversation
from coaching.models import Conversation, events, metadata
from coaching.privacy import Pseudonyms, erase, purge
from coaching.transcript import Answer, Draft, Incoming, Understood

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)
NAMES = Pseudonyms(b"a key for tests only")


@pytest.fixture
def engine(postgresql):
    """Return a database of our own on the server of all tests."""
    server = create_engine(postgresql, future=True, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE conversations")
    url = make_url(postgresql).set(database="conversations")
    engine = open_engine(url.render_as_string(hide_password=False))
    upgrade_engine(engine)
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE conversations")
    server.dispose()


def test_a_conversation_lives_and_is_erased(engine):
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []

    with session_factory(engine).begin() as session:
        started = conversations.start(
            session, channel="test", language="fi", plain_language=False, now=NOW
        )
        conversation = Doorkeeper(NAMES, 30).open(session, started.token, now=NOW)
        received = messages.receive(session, conversation, Incoming("hei 🙂"), now=NOW)
        answer = Answer([Draft("a")], "sv", True, "place", Understood(slots={"place": "743"}))
        messages.store_answer(session, conversation, received.line.id, answer, now=NOW)
        handoff.request_callback(
            session, conversation, ["040 123 4567"], who="person", why="asked", now=NOW
        )
        session.execute(events.insert().values(sender_id=started.id, type_name="user"))
    assert export_conversation(engine, started.id)["messages"][0]["slots"] == {"place": "743"}

    erasure = erase(engine, started.id, pseudonyms=NAMES, now=NOW)

    assert erasure.removed["events"] == 1
    assert set(erasure.left.values()) == {0}
    with session_factory(engine)() as session, pytest.raises(ConversationGone):
        Doorkeeper(NAMES, 30).open(session, started.token, now=NOW)
    assert purge(engine, retention_days=90, pseudonyms=NAMES, now=NOW).expired == 0


def test_unmet_demand_is_counted_and_forgotten(engine):
    unmet = Unmet("743", "09", "", "any", "far")
    for _ in range(2):
        with session_factory(engine).begin() as session:
            started = conversations.start(
                session, channel="web", language="fi", plain_language=False, now=NOW
            )
            conversation = session.get(Conversation, started.id)
            assert count_unmet(session, conversation, unmet, today=NOW.date())
            assert not count_unmet(session, conversation, unmet, today=NOW.date())
    with session_factory(engine)() as session:
        assert list(read_demand(session, weeks=1, today=NOW.date())) == [Group("743", "09", 2)]
    purge(engine, retention_days=90, pseudonyms=NAMES, now=NOW + timedelta(days=1))
    with session_factory(engine)() as session:
        assert session.get(Conversation, started.id).counted is None
