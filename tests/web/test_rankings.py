from __future__ import annotations

import asyncio
import threading

import pytest

from web import options_api, rankings


@pytest.fixture
def gate(monkeypatch):
    """Have every ranking wait until the gate is opened."""
    gate = threading.Event()

    def wait(*_, **__):
        gate.wait(30)
        return {}

    monkeypatch.setattr(options_api, "suggest", wait)
    monkeypatch.setattr(options_api, "suggestions_as_json", wait)
    yield gate
    gate.set()


async def test_a_flood_of_rankings_is_refused_and_keeps_nobody_waiting(
    client, person, gate, monkeypatch
):
    monkeypatch.setattr(rankings, "MOST_WAITING", 3)
    taken = rankings.THREADS + 3
    asked = [asyncio.create_task(client.post("/api/suggest", json={})) for _ in range(taken + 2)]
    for number, done in enumerate(asyncio.as_completed(asked, timeout=30), 1):
        response = await done
        assert (response.status, response.headers["Retry-After"]) == (429, "2")
        if number == 2:
            break
    assert await person.say("still answered")
    gate.set()
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status for answer in answers) == [200] * taken + [429] * 2
    assert (await client.post("/api/suggest", json={})).status == 200
