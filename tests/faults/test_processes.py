"""Each process killed outright while people talk, as a machine short of memory does it."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.faults.crowd import talking_crowd

# What starts a dead process again, systemd or Kubernetes, takes so long to see it.
NOTICED_SECONDS = 1.0


async def test_a_killed_gateway(topology, note):
    async with talking_crowd(topology.url, topology.database) as crowd:
        gateway = await _busiest(topology.gateways)
        began = time.monotonic()
        gateway.kill()
        await asyncio.sleep(NOTICED_SECONDS)
        gateway.start()
        note("a gateway killed", await crowd.recover(began))


@pytest.mark.parametrize(
    ("module", "name"), [("bot.server", "Rasa"), ("bot.action_server", "an action server")]
)
async def test_a_killed_child_of_a_worker(topology, note, module, name):
    worker = topology.workers[0]
    async with talking_crowd(topology.url, topology.database) as crowd:
        began = time.monotonic()
        worker.child(module).kill()
        note(f"{name} killed", await crowd.recover(began))
        # Nobody but its own supervisor has started it again.
        await asyncio.to_thread(worker.wait)
        assert worker.child(module).is_running()


async def test_a_killed_worker(topology, note):
    async with talking_crowd(topology.url, topology.database) as crowd:
        began = time.monotonic()
        topology.workers[1].kill()
        await asyncio.sleep(NOTICED_SECONDS)
        topology.workers[1].start()
        note("a worker killed", await crowd.recover(began))


async def _busiest(parts):
    """Return the one that has the people: nginx keeps those of one address at one gateway."""
    before = [part.spent() for part in parts]
    await asyncio.sleep(2.0)
    work = [part.spent() - spent for part, spent in zip(parts, before, strict=True)]
    return parts[work.index(max(work))]
