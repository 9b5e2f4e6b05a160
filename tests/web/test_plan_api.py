from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

PLAN = {
    "kind": "plan",
    "steps": [{"text": "Enrol", "by": "2027-01-15", "code": "enrol", "option": "a"}],
}


@pytest.fixture
async def planner(person, rasa):
    """Return somebody who has been given a plan, and something else after it."""
    rasa.answer = lambda _: rasa.say("Here is your plan.", custom=PLAN)
    await person.say("make me a plan")
    rasa.answer = lambda _: rasa.say("Options", custom={"kind": "options", "options": []})
    await person.say("show more")
    return person


def address(person):
    return f"/api/conversations/{person.id}/plan.ics"


def first_event(content):
    return next(iter(Calendar.from_ical(content).walk("VEVENT")))


async def test_the_plan_comes_as_a_calendar_file(client, planner):
    response = await client.get(address(planner), headers=planner.headers)
    assert response.status == 200
    assert response.content_type == "text/calendar"
    assert response.charset == "utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="opastin.ics"'
    assert response.headers["Cache-Control"] == "no-store"
    event = first_event(await response.read())
    assert (str(event["summary"]), event.decoded("dtstart")) == ("Enrol", date(2027, 1, 15))


async def test_the_latest_plan_counts(client, planner, rasa):
    later = {**PLAN, "steps": [{**PLAN["steps"][0], "by": "2027-02-01"}]}
    rasa.answer = lambda _: rasa.say("A new plan.", custom=later)
    await planner.say("make me a plan")
    response = await client.get(address(planner), headers=planner.headers)
    event = first_event(await response.read())
    assert event.decoded("dtstart") == date(2027, 2, 1)


async def test_without_a_plan_it_is_said_how_to_get_one(client, person, rasa):
    await person.say("hello")
    response = await client.get(address(person), headers=person.headers)
    assert response.status == 404
    error = (await response.json())["error"]
    assert (error["code"], "Ask for a plan" in error["message"]) == ("no_plan", True)


async def test_only_its_token_opens_the_plan(client, planner, arrive):
    other = await arrive(client)
    assert (await client.get(address(planner))).status == 401
    assert (await client.get(address(planner), headers=other.headers)).status == 401
    in_address = f"{address(planner)}?token={planner.token}"
    assert (await client.get(in_address)).status == 401
    unknown = f"/api/conversations/{'0' * 32}/plan.ics"
    assert (await client.get(unknown, headers=planner.headers)).status == 404


async def test_an_erased_conversation_has_no_plan(client, planner):
    await client.delete(f"/api/conversations/{planner.id}", headers=planner.headers)
    assert (await client.get(address(planner), headers=planner.headers)).status == 410
