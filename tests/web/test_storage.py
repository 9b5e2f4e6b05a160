"""The conversations' database for the event loop."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coaching.models import Conversation
from web.storage import Storage


@pytest.fixture
async def storage(tmp_path: Path):
    """Return a database of its own."""
    storage = Storage(f"sqlite:///{tmp_path / 'conversations.db'}")
    await storage.prepare()
    yield storage
    storage.close()


async def test_writers_of_a_file_stand_in_line_instead_of_sleeping(storage: Storage) -> None:
    inside, most = 0, 0

    def work(session: Session) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        session.scalar(select(func.count()).select_from(Conversation))
        inside -= 1

    await asyncio.gather(*(storage.write(work) for _ in range(50)))
    assert most == 1


async def test_readers_do_not_wait_for_a_writer(storage: Storage) -> None:
    begun, read = threading.Event(), threading.Event()

    def write(session: Session) -> bool:
        begun.set()
        return read.wait(timeout=10)

    writing = asyncio.create_task(storage.write(write))
    await asyncio.to_thread(begun.wait, 10)
    await storage.read(lambda session: session.scalar(select(func.count(Conversation.id))))
    read.set()
    assert await writing
