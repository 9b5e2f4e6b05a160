"""A part that lives and does nothing, which no closed connection tells."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.faults.crowd import talking_crowd

# Longer than the gateway waits for the bot, shorter than the supervisor's patience.
HANGING_SECONDS = 12.0


@pytest.mark.parametrize(
    ("module", "name"), [("bot.server", "Rasa"), ("bot.action_server", "an action server")]
)
async def test_a_process_that_stands_still(topology, note, module, name):
    process = topology.workers[0].child(module)
    async with talking_crowd(topology.url, topology.database) as crowd:
        began = time.monotonic()
        process.suspend()
        try:
            await asyncio.sleep(HANGING_SECONDS)
        finally:
            process.resume()
        note(f"{name} still for {HANGING_SECONDS:g} s", await crowd.recover(began))
    assert process.is_running()
