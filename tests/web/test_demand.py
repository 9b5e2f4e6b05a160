"""What the bot tells of unmet demand is counted, and reaches nobody's eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

UNMET = {"place": "743", "field": "09", "type": None, "mode": "any", "kind": "far"}
OPTIONS = {"kind": "options", "options": [], "total": 0, "fallback": None}
COUNTED = "SELECT week, place, field, type, mode, kind, searches FROM demand"


@pytest.fixture
async def visitor(open_gateway, settings, arrive):
    """Somebody on a web page, on a Sunday."""
    client = await open_gateway(replace(settings, fixed_today=date(2026, 3, 1)))
    return await arrive(client, language="en", channel="web")


async def test_a_search_is_counted_and_taken_out(visitor, rasa, rows):
    rasa.answer = lambda _: rasa.say("None near.", custom={**OPTIONS, "demand": UNMET})
    (reply,) = await visitor.say("nursing")
    assert reply["custom"] == OPTIONS
    assert rows(COUNTED) == [("2026-W09", "743", "09", "", "any", "far", 1)]
    assert [line["custom"] for line in await visitor.history(after=2)] == [OPTIONS]


async def test_nothing_at_all_leaves_no_custom_part(visitor, rasa, rows):
    rasa.answer = lambda _: rasa.say("Nothing.", custom={"demand": {**UNMET, "kind": "nothing"}})
    (reply,) = await visitor.say("nursing")
    assert reply["custom"] is None
    assert len(rows(COUNTED)) == 1


async def test_the_same_search_again_is_not_counted_again(visitor, rasa, rows):
    rasa.answer = lambda _: rasa.say("None near.", custom={**OPTIONS, "demand": UNMET})
    for client_id in ("a", "a", "b"):
        await visitor.say("nursing", client_id=client_id)
    assert [row[-1] for row in rows(COUNTED)] == [1]


@pytest.mark.parametrize("told", ["far", [], {"kind": "other"}, {**UNMET, "place": 743}])
async def test_what_is_not_as_agreed_is_taken_out_and_not_counted(visitor, rasa, rows, told):
    rasa.answer = lambda _: rasa.say("None near.", custom={**OPTIONS, "demand": told})
    (reply,) = await visitor.say("nursing")
    assert reply["custom"] == OPTIONS
    assert rows(COUNTED) == []


async def test_counts_outlive_the_conversation(visitor, rasa, rows):
    rasa.answer = lambda _: rasa.say("None near.", custom={**OPTIONS, "demand": UNMET})
    await visitor.say("nursing")
    await visitor.client.delete(f"/api/conversations/{visitor.id}", headers=visitor.headers)
    assert (len(rows(COUNTED)), rows("SELECT id FROM conversations")) == (1, [])
