"""The same tables and the same life of a conversation on a real PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from threading import Barrier

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url

from coaching import conversations, handoff, kiosks, messages, take_home, tickets, visits
from coaching.conversations import Doorkeeper
from coaching.db import MIGRATIONS, VERSION_TABLE, open_engine, session_factory, upgrade_engine
from coaching.demand import Group, Unmet, count_unmet, read_demand
from coaching.errors import ConversationGone
from coaching.export import export_conversation
from coaching.models import Conversation, events, metadata
from coaching.privacy import Pseudonyms, erase, purge
from coaching.transcript import Answer, Draft, Incoming, Understood
from coaching.transcript_index import is_declared

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
        options = {
            "version_table": VERSION_TABLE,
            "compare_type": True,
            "include_name": is_declared,
        }
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


def test_a_visit_to_a_kiosk_lives_and_leaves_its_page(engine):
    with session_factory(engine).begin() as session:
        token = kiosks.enrol(session, kiosks.add(session, "A", pin="1234", now=NOW), now=NOW)
        device = kiosks.find(session, token)
        kiosks.count_visit(session, device.id, now=NOW)
        kiosks.note_seen(session, device.id, now=NOW + timedelta(hours=1))
        started = conversations.start(
            session,
            channel="kiosk",
            language="fi",
            plain_language=False,
            now=NOW,
            kiosk=device.id,
        )
        conversation = session.get(Conversation, started.id)
        later = NOW + timedelta(days=14)
        page = take_home.keep(session, conversation, {"options": []}, expires_at=later)
        code = tickets.issue(session, conversation, now=NOW).code
    with session_factory(engine).begin() as session:
        assert not visits.end(session, started.id, device.id, now=NOW).may_be_erased
        assert tickets.use(session, code, now=NOW)[0].id == started.id
        assert kiosks.state_of(session, device.id, today=NOW.date()).visits_today == 1
        visits.set_pages_free(session, started.id)
    erase(engine, started.id, pseudonyms=NAMES, now=NOW)
    assert purge(engine, retention_days=90, pseudonyms=NAMES, now=NOW).pages == 0
    after = later + timedelta(seconds=1)
    assert purge(engine, retention_days=90, pseudonyms=NAMES, now=after).pages == 1
    assert purge(engine, retention_days=90, pseudonyms=NAMES, now=after).pages == 0
    with session_factory(engine)() as session:
        assert take_home.find(session, page.key).content == {}


def test_the_kiosks_tables_can_be_taken_back_and_made_again(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        assert "kiosks" not in inspect(connection).get_table_names()
        command.upgrade(config, "head")
        assert "kiosks" in inspect(connection).get_table_names()


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
        assert list(read_demand(session, weeks=1, today=NOW.date())) == [
            Group("743", "09", 2, {"": 2}, {"any": 2})
        ]
    purge(engine, retention_days=90, pseudonyms=NAMES, now=NOW + timedelta(days=1))
    with session_factory(engine)() as session:
        assert session.get(Conversation, started.id).counted is None


def test_two_who_purge_at_once_do_not_hinder_each_other(engine):
    with session_factory(engine).begin() as session:
        for _ in range(100):
            conversations.start(
                session, channel="test", language="fi", plain_language=False, now=NOW
            )
    both_begin = Barrier(2)

    def purge_too():
        both_begin.wait()
        return purge(engine, retention_days=90, pseudonyms=NAMES, now=NOW + timedelta(days=91))

    with ThreadPoolExecutor(2) as threads:
        reports = [future.result() for future in [threads.submit(purge_too) for _ in range(2)]]
    assert sum(report.expired for report in reports) == 100
