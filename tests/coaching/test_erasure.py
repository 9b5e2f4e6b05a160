from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from coaching import db, erasure, figures, handoff, messages, sqlite_file, take_home, tickets
from coaching.conversations import Doorkeeper
from coaching.db import VERSION_TABLE, open_engine, session_factory
from coaching.desk_models import ConversationLabel, Note, Review
from coaching.erasure import NothingToErase, erase, personal_tables, purge
from coaching.errors import ConversationGone
from coaching.models import Conversation, Erased, events, metadata, tracker_snapshots
from coaching.sqlite_file import ErasureIncomplete, rewrite, rewrite_if_small
from coaching.transcript import Answer, Draft, Incoming, Understood

SECRET = "my-secret-wish"
# Tables that hold nothing of a person who asks for guidance.
NOBODYS = {
    "erased",
    "demand",
    "kiosks",
    "audit",
    "canned_replies",
    "coach_sessions",
    "coaches",
    "login_failures",
    "teams",
}


@pytest.fixture
def talk(session, begin, now):
    """Return a conversation that has a row in every table."""

    def talk(words=SECRET, turns=1, at=now):
        started = begin(at=at)
        conversation = session.get(Conversation, started.id)
        for turn in range(turns):
            received = messages.receive(session, conversation, Incoming(f"{words} {turn}"), now=at)
            draft = Draft(words * 20, buttons=[{"title": words, "payload": f"/inform{turn}"}])
            answer = Answer([draft], "fi", False, None, Understood(slots={"interest": words}))
            messages.store_answer(session, conversation, received.line.id, answer, now=at)
            session.execute(
                events.insert().values(sender_id=started.id, type_name="user", data=words * 50)
            )
        session.execute(
            tracker_snapshots.insert().values(
                sender_id=started.id, watermark=1, state=words, updated=0.0
            )
        )
        handoff.request_callback(session, conversation, [words], who="person", why="asked", now=at)
        take_home.keep(session, conversation, {"title": words}, expires_at=at + timedelta(days=14))
        tickets.issue(session, conversation, now=at)
        session.add_all(_desk_rows(started.id, received.line.id, words, at))
        figures.renew(session, started.id, now=at)
        session.commit()
        return started

    return talk


def _desk_rows(conversation_id, number, words, at):
    yield Note(conversation_id=conversation_id, who="coach", text=words, written_at=at)
    yield ConversationLabel(conversation_id=conversation_id, label=words)
    yield Review(
        conversation_id=conversation_id,
        number=number,
        verdict="corrected",
        paraphrase=words,
        language="fi",
        who="coach",
        decided_at=at,
    )


def test_every_table_but_the_erased_the_counts_and_the_devices_is_reached():
    reached = {table.name for table, _ in personal_tables()}
    assert set(metadata.tables) - reached == NOBODYS
    assert VERSION_TABLE not in metadata.tables


def test_erasing_removes_every_row_and_says_how_many(engine, talk, pseudonyms, now):
    started = talk()
    result = erase(engine, started.id, pseudonyms=pseudonyms, now=now)
    assert min(result.removed.values()) >= 1
    assert set(result.left.values()) == {0}


@pytest.mark.parametrize("turns", [1, 150])
def test_no_word_is_left_in_the_files(engine, database, talk, pseudonyms, now, turns):
    started = talk(turns=turns)
    talk("somebody else")
    erase(engine, started.id, pseudonyms=pseudonyms, now=now)
    left = b"".join(path.read_bytes() for path in database.parent.glob("conversations.db*"))
    assert b"somebody else" in left
    assert SECRET.encode() not in left
    # The search keeps stems, not words.
    assert b"secret" not in left
    assert started.id.encode() not in left


def test_a_large_file_is_rewritten_later_and_its_log_emptied_at_once(
    engine, database, talk, pseudonyms, now, monkeypatch
):
    started, other = talk(turns=30), talk("somebody else")
    monkeypatch.setattr(sqlite_file, "SMALL_BYTES", 1000)
    result = erase(engine, started.id, pseudonyms=pseudonyms, now=now, wipe=rewrite_if_small)
    assert not result.is_thorough
    log = database.with_name(database.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    before = database.stat().st_size
    assert rewrite(engine)
    assert database.stat().st_size < before
    left = b"".join(path.read_bytes() for path in database.parent.glob("conversations.db*"))
    assert b"somebody else" in left
    assert not [word for word in (SECRET, "secret", started.id) if word.encode() in left]
    monkeypatch.undo()
    assert erase(
        engine, other.id, pseudonyms=pseudonyms, now=now, wipe=rewrite_if_small
    ).is_thorough


def test_other_conversations_stay(engine, session, talk, pseudonyms, now):
    mine, other = talk(), talk("other")
    erase(engine, mine.id, pseudonyms=pseudonyms, now=now)
    assert session.scalars(select(Conversation.id)).all() == [other.id]


def test_the_token_answers_gone(engine, session, talk, pseudonyms, now):
    started = talk()
    erase(engine, started.id, pseudonyms=pseudonyms, now=now)
    with pytest.raises(ConversationGone):
        Doorkeeper(pseudonyms, 30).open(session, started.token, now=now)


def test_erasing_twice_says_when_it_was_done(engine, talk, pseudonyms, now):
    started = talk()
    erase(engine, started.id, pseudonyms=pseudonyms, now=now)
    with pytest.raises(NothingToErase) as caught:
        erase(engine, started.id, pseudonyms=pseudonyms, now=now + timedelta(days=1))
    assert caught.value.erased_at == now


def test_erasing_what_never_was_says_so(engine, pseudonyms, now):
    with pytest.raises(NothingToErase) as caught:
        erase(engine, "0" * 32, pseudonyms=pseudonyms, now=now)
    assert caught.value.erased_at is None


def test_a_row_that_stays_is_noticed(engine, talk, pseudonyms, now, monkeypatch):
    started = talk()
    monkeypatch.setattr(erasure, "_remove", lambda connection, conversation_id: {"messages": 1})
    with pytest.raises(ErasureIncomplete, match="events: 1"):
        erase(engine, started.id, pseudonyms=pseudonyms, now=now)


def test_a_reader_that_holds_the_log_is_noticed(
    engine, database, talk, pseudonyms, now, monkeypatch
):
    started = talk()
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 10)
    impatient = open_engine(str(engine.url))
    with closing(sqlite3.connect(database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        with pytest.raises(ErasureIncomplete, match="Another process"):
            erase(impatient, started.id, pseudonyms=pseudonyms, now=now)
    impatient.dispose()


def test_purging_erases_what_was_not_used_for_long(engine, session, talk, pseudonyms, now):
    old, new = talk(at=now - timedelta(days=91)), talk(at=now - timedelta(days=89))
    report = purge(engine, retention_days=90, pseudonyms=pseudonyms, now=now)
    assert (report.expired, report.erased_before) == (1, 0)
    assert session.scalars(select(Conversation.id)).all() == [new.id]
    assert session.get(Erased, pseudonyms.of_erased(old.id)) is not None


def test_purging_nothing_removes_nothing(engine, talk, pseudonyms, now):
    talk()
    report = purge(engine, retention_days=90, pseudonyms=pseudonyms, now=now)
    assert report.rows == {}


def test_what_came_back_after_an_erasure_is_purged_again(engine, talk, pseudonyms, now):
    started = talk()
    erase(engine, started.id, pseudonyms=pseudonyms, now=now)
    with engine.begin() as connection:
        connection.execute(events.insert().values(sender_id=started.id, type_name="bot"))
    report = purge(engine, retention_days=90, pseudonyms=pseudonyms, now=now)
    assert (report.expired, report.erased_before, report.rows["events"]) == (0, 1, 1)


def test_events_of_nobody_we_know_are_left(engine, pseudonyms, now):
    with engine.begin() as connection:
        connection.execute(events.insert().values(sender_id="terminal", type_name="bot"))
    purge(engine, retention_days=90, pseudonyms=pseudonyms, now=now)
    with engine.begin() as connection:
        assert connection.execute(delete(events)).rowcount == 1


def test_another_process_may_hold_the_database_open(engine, talk, pseudonyms, now):
    other = open_engine(str(engine.url))
    with session_factory(other)() as session:
        session.get(Conversation, "0" * 32)
        session.rollback()
        assert erase(engine, talk().id, pseudonyms=pseudonyms, now=now)
    other.dispose()
