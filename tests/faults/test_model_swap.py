"""A new model, worker by worker, while people talk: their conversations go on."""

from __future__ import annotations

import asyncio
import time

import pytest

from opastin.model import ensure_shared_model
from tests.faults.crowd import talking_crowd
from tests.faults.newer_model import make_newer_model


@pytest.fixture
def newer_model(tmp_path, topology):
    """Return a model that differs from the one in use; the workers get theirs back afterwards."""
    program = topology.workers[0].program
    yield make_newer_model(ensure_shared_model(), tmp_path)
    for worker in topology.workers:
        worker.program = program
        worker.stop()


async def test_conversations_go_on_with_a_new_model(topology, newer_model, note):
    async with talking_crowd(topology.url, topology.database) as crowd:
        began = time.monotonic()
        for worker in topology.workers:
            await asyncio.to_thread(worker.stop)
            worker.program = ("-m", "tests.faults.worker_with_model", str(newer_model))
            worker.start()
            await asyncio.to_thread(worker.wait)
            assert any(newer_model.name in part for part in worker.child("bot.server").cmdline())
        recovery = await crowd.recover(time.monotonic())
        hit = await crowd.recover(began)
        note("a new model, both workers one by one", hit)
        assert recovery.apologies == 0
