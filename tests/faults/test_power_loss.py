"""The power goes while SQLite writes: what was written before is there, and nothing is damaged.

The log is cut at every sector of its last transactions, as a disk may have got to when the power
went, and once more with a sector of nonsense after the cut.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

import pytest

from coaching import conversations, messages
from coaching.db import open_engine, session_factory, upgrade
from coaching.transcript import Answer, Draft, Incoming
from opastin.doctor_sqlite import find_damage

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
SECTOR = 512
NONSENSE = bytes(range(256)) * 2
TURNS = 12
# Each cut opens and checks a database; these turns' frames are cut, the earlier ones stay.
CUT_TURNS = 3


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """Return a database in use, copied as it lies on the disk, and how the log grew by turn."""
    folder = tmp_path_factory.mktemp("power")
    path = folder / "conversations.db"
    upgrade(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    sizes = []
    with session_factory(engine).begin() as session:
        started = conversations.start(
            session, channel="test", language="fi", plain_language=False, now=NOW
        )
    for number in range(TURNS):
        _take_turn(engine, started.id, number)
        sizes.append(path.with_name("conversations.db-wal").stat().st_size)
    # Copied while it is open: closing it would empty the log.
    left = folder / "left"
    left.mkdir()
    for file in folder.glob("conversations.db*"):
        shutil.copy(file, left)
    engine.dispose()
    return left / "conversations.db", sizes


def _take_turn(engine, conversation_id, number):
    """Store a message in one transaction and its answer in another, as the gateway does."""
    write = session_factory(engine)
    with write.begin() as session:
        conversation = conversations.get(session, conversation_id)
        incoming = Incoming(text=f"viesti {number}", payload=None, client_id=f"said-{number}")
        received = messages.receive(session, conversation, incoming, now=NOW)
    with write.begin() as session:
        conversation = conversations.get(session, conversation_id)
        answer = Answer((Draft(text=f"vastaus {number}"),), language="fi", plain_language=False)
        messages.store_answer(session, conversation, received.line.id, answer, now=NOW)


@pytest.mark.parametrize("is_followed_by_nonsense", [False, True])
def test_every_turn_before_the_cut_is_there(life, tmp_path, is_followed_by_nonsense):
    path, sizes = life
    log = path.with_name("conversations.db-wal").read_bytes()
    assert len(log) == sizes[-1], "the log was written back meanwhile: cut earlier turns"
    nonsense = NONSENSE if is_followed_by_nonsense else b""
    for cut in range(sizes[-1 - CUT_TURNS], len(log) + 1, SECTOR):
        copy = tmp_path / f"{cut}.db"
        shutil.copy(path, copy)
        _wal_of(copy).write_bytes(log[:cut] + nonsense)
        whole = sum(size <= cut for size in sizes)
        # Before it is opened for reading, as `opastin doctor` finds it.
        assert find_damage(f"sqlite:///{copy}") is None
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            (taken,) = connection.execute("SELECT count(*) FROM messages").fetchone()
            (answered,) = connection.execute(
                "SELECT count(*) FROM replies WHERE answers IS NOT NULL"
            ).fetchone()
        assert whole <= answered <= taken <= whole + 1
        for file in tmp_path.iterdir():
            file.unlink()


def test_a_log_that_is_gone_loses_the_last_turns_and_nothing_else(life, tmp_path):
    path, _ = life
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    assert find_damage(f"sqlite:///{copy}") is None


def _wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
