"""One at a time in each conversation, whatever becomes of processes and of Redis."""

from __future__ import annotations

import asyncio
import time

import pytest

from opastin import locks
from opastin.locks import ConversationLocks
from tests.redis_server import running_redis

# Long enough that a busy machine renews in time.
HELD_SECONDS, LEASE_SECONDS, RENEW_SECONDS = 4.0, 1.5, 0.2


@pytest.fixture
def redis():
    with running_redis() as server:
        yield server


@pytest.fixture
async def processes(redis, monkeypatch):
    """Return the locks as two processes have them, which expire soon."""
    monkeypatch.setattr(locks, "LEASE_SECONDS", LEASE_SECONDS)
    monkeypatch.setattr(locks, "RENEW_SECONDS", RENEW_SECONDS)
    pair = [ConversationLocks(redis.url, kind="turn", held_seconds=HELD_SECONDS) for _ in range(2)]
    yield pair
    for one in pair:
        await one.close()


async def enter(lock, order, name):
    async with lock.alone("a"):
        order.append(name)


async def test_a_lock_is_kept_for_longer_than_its_lease(processes):
    order = []
    async with processes[0].alone("a"):
        waiting = asyncio.create_task(enter(processes[1], order, "second"))
        await asyncio.sleep(LEASE_SECONDS + 0.5)
        order.append("first")
    await waiting
    assert order == ["first", "second"]


async def test_the_lock_of_a_dead_process_opens_after_its_lease(processes):
    # Taken as by a process that dies at once: nobody renews it.
    await processes[0]._take("a")
    await asyncio.wait_for(enter(processes[1], [], "second"), HELD_SECONDS)


async def test_a_lock_that_is_held_too_long_opens_by_itself(processes):
    order = []
    async with processes[0].alone("a"):
        await asyncio.wait_for(enter(processes[1], order, "second"), 3 * HELD_SECONDS)
        order.append("first")
    assert order == ["second", "first"]


async def test_a_lock_that_redis_has_forgotten_is_taken_again(processes, redis):
    order = []
    async with processes[0].alone("a"):
        redis.stop()
        redis.start()
        await asyncio.sleep(5 * RENEW_SECONDS)
        waiting = asyncio.create_task(enter(processes[1], order, "second"))
        await asyncio.sleep(0.5)
        order.append("first")
    await waiting
    assert order == ["first", "second"]


async def test_a_clock_that_jumps_opens_and_keeps_no_lock(processes, monkeypatch):
    order, real = [], time.time
    async with processes[0].alone("a"):
        for hours in (-1, 2):
            monkeypatch.setattr("time.time", lambda jump=hours: real() + 3600 * jump)
            waiting = asyncio.create_task(enter(processes[1], order, "second"))
            await asyncio.sleep(0.3)
            assert order == []
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.wait_for(enter(processes[1], order, "second"), HELD_SECONDS)
