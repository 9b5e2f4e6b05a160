"""The machine's clock is set forward or back while people talk.

`OPASTIN_NOW` fixes a moment for good, so these are tests in one process with a clock of their own.
"""

from __future__ import annotations

import asyncio
from dataclasses import fields
from datetime import datetime, timedelta

import pytest

from opastin.settings import TIME_ZONE, Settings
from tests.web.conftest import Person
from web import retention
from web.failures import RETENTION
from web.keys import METRICS

NOON = datetime(2026, 11, 22, 12, tzinfo=TIME_ZONE)
BACK, FORWARD = timedelta(hours=-1), timedelta(hours=1)


class SettingsWithClock(Settings):
    """Settings whose moment a test moves."""

    moment = NOON

    def now(self) -> datetime:
        return type(self).moment


@pytest.fixture
def settings(settings):
    SettingsWithClock.moment = NOON
    return SettingsWithClock(**{one.name: getattr(settings, one.name) for one in fields(settings)})


def jump(settings: Settings, by: timedelta) -> None:
    type(settings).moment += by


@pytest.mark.parametrize("by", [BACK, FORWARD, timedelta(days=-400)])
async def test_a_conversation_goes_on_in_order(person: Person, settings, by):
    await person.say("before", client_id="a")
    jump(settings, by)
    await person.say("after", client_id="b")
    again = await person.say("after", client_id="b")
    assert again[-1]["text"] == "You said: after"
    lines = await person.history()
    own = [line["text"] for line in lines if line["from"] == "person"]
    assert own == ["before", "after"]
    assert [line["id"] for line in lines] == [1, 2, 3, 4, 5]


async def test_a_token_is_dead_only_while_the_clock_is_too_far_ahead(person, settings):
    jump(settings, timedelta(days=29))
    await person.say("still here")
    jump(settings, timedelta(days=31))
    assert (await person.post(text="too late")).status == 410
    jump(settings, timedelta(days=-60))
    assert await person.say("and back")


async def test_a_token_is_not_used_up_by_a_clock_set_back(person, settings):
    jump(settings, timedelta(days=-400))
    assert await person.say("long ago")
    jump(settings, timedelta(days=400))
    assert await person.say("now")


async def test_a_ticket_to_another_device_dies_when_the_clock_is_set_forward(
    client, person, settings
):
    response = await client.post(f"/api/conversations/{person.id}/continue", headers=person.headers)
    path = (await response.json())["url"].partition("/continue")[2]
    assert (await client.get(f"/continue{path}")).status == 200
    jump(settings, FORWARD)
    assert (await client.get(f"/continue{path}")).status in (404, 410)


async def test_what_was_taken_home_is_not_lost_by_a_clock_set_back(client, person, settings, rasa):
    from tests.web.kiosk import PLAN, path_of

    rasa.answer = lambda _: rasa.say("Plan", custom=PLAN)
    await person.say("plan")
    response = await client.post(
        f"/api/conversations/{person.id}/take-home", headers=person.headers
    )
    path = path_of((await response.json())["url"])
    jump(settings, timedelta(days=-30))
    assert (await client.get(path)).status == 200
    jump(settings, timedelta(days=60))
    assert (await client.get(path)).status in (404, 410)


async def test_a_clock_set_far_forward_erases_nothing(open_gateway, arrive, settings, monkeypatch):
    monkeypatch.setattr(retention, "PURGE_SECONDS", 0.02)
    client = await open_gateway(settings)
    person = await arrive(client)
    await person.say("before")
    jump(settings, timedelta(days=400))
    failures = client.app[METRICS].failures_by_kind
    while failures[RETENTION] < 2:
        await asyncio.sleep(0.01)
    jump(settings, timedelta(days=-400))
    assert len(await person.history()) == 3


def test_time_that_has_passed_is_no_jump(monkeypatch):
    uptime = 1000.0
    monkeypatch.setattr(retention, "_uptime_seconds", lambda: uptime)
    passed = retention.PassedTime(NOON)
    uptime += timedelta(days=30).total_seconds()
    passed.check(NOON + timedelta(days=30, hours=23))
    passed.check(NOON - timedelta(days=400))
    with pytest.raises(retention.ClockJumped):
        passed.check(NOON + timedelta(days=31, hours=1))
