"""PostgreSQL and Redis stopped, emptied or slow while people talk."""

from __future__ import annotations

import asyncio
import time

import pytest
from sqlalchemy import text

from tests.faults.crowd import talking_crowd
from tests.faults.records import reading

AWAY_SECONDS = 2.0
LOCKED_SECONDS = 5.0


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_postgresql_restarted(topology, postgresql_server, note, mode):
    async with talking_crowd(topology.url, topology.database) as crowd:
        began = time.monotonic()
        await asyncio.to_thread(postgresql_server.stop, mode)
        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(postgresql_server.start)
        note(f"PostgreSQL away for {AWAY_SECONDS:g} s ({mode})", await crowd.recover(began))


async def test_redis_killed_and_emptied(topology, note):
    async with talking_crowd(topology.url, topology.database) as crowd:
        began = time.monotonic()
        topology.redis.stop()
        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(topology.redis.start)
        note(f"Redis away for {AWAY_SECONDS:g} s, empty", await crowd.recover(began))


@pytest.mark.parametrize("table", ["conversations", "events"])
async def test_a_table_that_somebody_locks(topology, note, table):
    async with talking_crowd(topology.url, topology.database) as crowd:
        began = time.monotonic()
        await asyncio.to_thread(_lock, topology.database, table)
        note(f"`{table}` locked for {LOCKED_SECONDS:g} s", await crowd.recover(began))


def _lock(database: str, table: str) -> None:
    with reading(database) as connection:
        connection.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
        time.sleep(LOCKED_SECONDS)
        connection.rollback()
