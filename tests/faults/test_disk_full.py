"""The disk of the home is full, databases and logs alike, and later has room again."""

from __future__ import annotations

import asyncio
import time

import pytest
from aiohttp import ClientSession

from tests.conftest import running_service
from tests.faults.crowd import PEOPLE, talking_crowd
from tests.faults.small_disk import fill, small_disk
from tests.scale.people import arrive

DISK_MEGABYTES = 64
FULL_SECONDS = 5.0


@pytest.fixture
def service(tmp_path):
    """Return the whole service with its home on a small disk."""
    with (
        small_disk(tmp_path / "home", megabytes=DISK_MEGABYTES) as home,
        running_service(home) as running,
    ):
        yield running


async def test_a_full_disk(service, note):
    database = f"sqlite:///{service.home}/conversations.db"
    async with ClientSession() as session:
        person = await arrive(session, service.url, "en")
        async with talking_crowd(service.url, database, count=PEOPLE) as crowd:
            filler = await asyncio.to_thread(fill, service.home)
            began = time.monotonic()
            await _until_apologised(session, person)
            await asyncio.sleep(FULL_SECONDS)
            filler.unlink()
            note(f"disk full for over {FULL_SECONDS:g} s", await crowd.recover(began))
        assert await person.say("Hi, I live in Tampere")
    assert service.process.poll() is None


async def _until_apologised(session, person):
    """Say things until there is no room for them, and check what is told then."""
    deadline = time.monotonic() + 60.0
    while True:
        body = {"conversation": person.id, "text": "Is there room?"}
        async with session.post(
            f"{person.url}/api/messages", json=body, headers=person.headers
        ) as response:
            answer = await response.json()
        if response.status >= 500:
            break
        assert time.monotonic() < deadline, "the disk did not get full"
    assert answer["error"]["message"]
