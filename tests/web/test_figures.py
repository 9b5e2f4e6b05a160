from __future__ import annotations

import asyncio

import pytest

from web import figures

QUERY = "SELECT messages, read_upto FROM conversation_figures"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Wait for nothing to settle."""
    monkeypatch.setattr(figures, "SETTLE_SECONDS", 0)


async def counted(rows, upto):
    """Return the only conversation's figures once they are read up to a line."""
    for _ in range(250):
        found = rows(QUERY)
        if found and found[0][1] >= upto:
            return found[0][0]
        await asyncio.sleep(0.02)
    raise AssertionError(rows(QUERY))


async def test_figures_follow_what_is_said(person, rows):
    await person.say("hei")
    assert await counted(rows, 3) == 1
    await person.say("lisää")
    assert await counted(rows, 5) == 2


async def test_what_was_said_before_a_stop_is_caught_up_with(
    open_gateway, settings, arrive, rows, monkeypatch
):
    monkeypatch.setattr(figures, "SETTLE_SECONDS", 3600)
    first = await open_gateway(settings)
    person = await arrive(first, language="fi")
    await person.say("hei")
    assert rows("SELECT read_upto FROM conversation_figures WHERE read_upto > 2") == []
    await first.close()
    await open_gateway(settings)
    assert await counted(rows, 3) == 1


async def test_a_failure_stops_nobody(person, rows, monkeypatch, caplog):
    words = "what somebody said"

    def fail(*arguments, **more):
        raise ValueError(words)

    with monkeypatch.context() as broken:
        broken.setattr(figures.figures, "renew", fail)
        await person.say("hei")
        for _ in range(250):
            if "could not be renewed" in caplog.text:
                break
            await asyncio.sleep(0.02)
    assert words not in caplog.text
    await person.say("lisää")
    assert await counted(rows, 5) == 2
