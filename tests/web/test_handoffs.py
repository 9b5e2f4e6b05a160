"""What coaches do, and what people see of it: at once, whatever the bot is doing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from aiohttp import web

from tests.web.handoffs import MONDAY, OFFERED, YES, Office
from web.hub import DESK, Follower
from web.keys import HUB

LIMIT_SECONDS = 5.0


@pytest.fixture
async def client(open_gateway, settings):
    return await open_gateway(replace(settings, fixed_now=MONDAY, bot_timeout_seconds=30.0))


@pytest.fixture
def office(client):
    return Office(client, MONDAY)


@pytest.fixture
async def maija(office):
    return await office.coach()


@pytest.fixture
def wait(person, rasa):
    """Bring the person into the queue."""

    async def wait():
        rasa.answer = lambda _: rasa.say("A coach?", custom=OFFERED, asked="handoff")
        await person.say("human please")
        rasa.answer = rasa.echo
        assert (await person.post(payload=YES)).status == 200

    return wait


async def texts(person, after=0):
    return [(line["from"], line["text"]) for line in await person.history(after)]


async def test_a_coach_joins_speaks_and_leaves_by_name(person, office, maija, wait, rasa):
    await wait()
    seen = (await person.history())[-1]["id"]
    assert await office.handoffs.claim(person.id, maija)
    asked = len(rasa.requests)
    line = await office.handoffs.say(person.id, maija, "Hei!", None)
    assert line is not None
    assert await person.say("hello") == []
    assert await office.handoffs.close(person.id, maija, "advised")
    joined, spoken, own, left = await person.history(seen)
    assert (joined["from"], joined["custom"]["name"]) == ("system", "Maija")
    assert joined["text"] == "Maija answers you now. Opastin stays silent."
    assert (spoken["from"], spoken["name"], spoken["text"]) == ("coach", "Maija", "Hei!")
    assert own["text"] == "hello"
    assert (left["custom"]["state"], left["custom"]["name"]) == ("closed", "Maija")
    assert len(rasa.requests) == asked
    assert (await person.say("and now?"))[0]["from"] == "bot"


async def test_of_two_coaches_one_has_the_conversation(person, office, maija, wait):
    pekka = await office.coach("pekka")
    await wait()
    claims = await asyncio.gather(
        *(office.handoffs.claim(person.id, coach) for coach in (maija, pekka))
    )
    assert sorted(claims) == [False, True]
    winner, other = (maija, pekka) if claims[0] else (pekka, maija)
    assert await office.handoffs.say(person.id, other, "Hei!") is None
    assert await office.handoffs.say(person.id, winner, "Hei!") is not None


async def test_a_takeover_does_not_wait_for_an_action_that_hangs(person, office, maija, rasa):
    rasa.delay_seconds = 10.0
    hanging = asyncio.create_task(person.post(text="what is there?", client_id="a"))
    while not rasa.requests:
        await asyncio.sleep(0.01)
    began = time.monotonic()
    assert await office.handoffs.step_in(person.id, maija)
    assert await office.handoffs.say(person.id, maija, "Hei!") is not None
    told = await texts(person)
    # What is asserted is that nobody waits for the bot, not how quick a machine is.
    assert time.monotonic() - began < LIMIT_SECONDS
    assert told[-1] == ("coach", "Hei!")

    response = await hanging
    assert time.monotonic() - began < LIMIT_SECONDS
    assert (response.status, (await response.json())["replies"]) == (200, [])
    assert await person.say("what is there?", client_id="a") == []
    assert await person.say("hello Maija") == []
    assert len(rasa.requests) == 1


async def test_an_answer_that_comes_after_another_workers_takeover_is_told_to_nobody(
    open_gateway, settings, person, office, maija, rasa
):
    other = Office(await open_gateway(replace(settings, fixed_now=MONDAY)), MONDAY)
    rasa.delay_seconds = 0.5
    hanging = asyncio.create_task(person.say("what is there?"))
    while not rasa.requests:
        await asyncio.sleep(0.01)
    assert await other.handoffs.step_in(person.id, maija)
    assert await hanging == []
    speakers = [speaker for speaker, _ in await texts(person)]
    assert speakers == ["bot", "person", "system", "system"]


async def test_a_bot_that_fails_after_a_takeover_makes_no_excuses(
    open_gateway, settings, person, office, maija, rasa
):
    other = Office(await open_gateway(replace(settings, fixed_now=MONDAY)), MONDAY)
    rasa.delay_seconds = 0.5
    rasa.answer = lambda _: web.Response(status=500)
    hanging = asyncio.create_task(person.say("what is there?"))
    while not rasa.requests:
        await asyncio.sleep(0.01)
    assert await other.handoffs.step_in(person.id, maija)
    assert await hanging == []


async def test_a_bot_that_speaks_up_by_itself_is_heard_by_nobody(person, office, maija, rasa):
    """Rasa forgets a pause when its session expires; here it is never asked at all."""
    assert await office.handoffs.step_in(person.id, maija)
    rasa.answer = lambda _: rasa.say("Hello again! Let's start.")
    for words in ("hello", "/restart", "/session_start", "anybody?"):
        assert await person.say(words) == []
    assert rasa.requests == []
    assert {speaker for speaker, _ in await texts(person)} == {"bot", "system", "person"}


async def test_whoever_steps_in_unasked_sees_nothing_before_the_person_allows_it(
    person, office, maija, rasa
):
    assert await office.handoffs.step_in(person.id, maija)
    question = (await person.history())[-1]
    assert question["text"] == "May Maija see what you have told Opastin?"
    assert (await office.conversation(person.id)).consented_at is None
    response = await person.post(payload='/handoff{"answer": "hide"}', client_id="a")
    assert "can't see" in (await response.json())["replies"][0]["text"]
    assert (await office.conversation(person.id)).consented_at is None
    response = await person.post(payload='/handoff{"answer": "show"}')
    assert "can now see" in (await response.json())["replies"][0]["text"]
    assert (await office.conversation(person.id)).consented_at == MONDAY
    assert rasa.requests == []


async def test_back_with_the_bot_it_goes_on_with_what_was_told(person, office, maija, wait, rasa):
    await wait()
    await office.handoffs.claim(person.id, maija)
    rasa.meanings["I live in Seinäjoki"] = (
        "inform",
        {"place": "743", "language": "fi", "interest": "live"},
    )
    await person.say("I live in Seinäjoki")
    assert await office.handoffs.give_back(person.id, maija)
    await office.handoffs.finish()
    left, back = (await person.history())[-2:]
    assert (left["custom"]["state"], left["custom"]["name"]) == ("with_bot", "Maija")
    assert left["text"] == "Opastin answers you again."
    assert back["text"] == 'You said: /inform{"choice": "back", "place": "743"}'
    assert (await office.conversation(person.id)).state == "with_bot"
    assert (await person.say("thanks"))[0]["text"] == "You said: thanks"


async def test_a_bot_that_is_away_leaves_the_person_with_a_word(person, office, maija, wait, rasa):
    await wait()
    await office.handoffs.claim(person.id, maija)
    rasa.answer = lambda _: web.Response(status=500)
    assert await office.handoffs.give_back(person.id, maija)
    await office.handoffs.finish()
    assert (await person.history())[-1]["text"] == "Opastin answers you again."


async def test_another_coach_gets_the_conversation_by_name(person, office, maija, wait):
    pekka = await office.coach("pekka")
    await wait()
    await office.handoffs.claim(person.id, maija)
    assert await office.handoffs.assign(person.id, maija, pekka)
    assert not await office.handoffs.assign(person.id, maija, maija)
    assert (await person.history())[-1]["custom"]["name"] == "Pekka"
    assert await office.handoffs.say(person.id, pekka, "Hei!") is not None


async def test_a_gateway_that_starts_anew_knows_who_has_the_conversation(
    open_gateway, settings, person, office, maija, wait, rasa
):
    await wait()
    await office.handoffs.claim(person.id, maija)
    asked = len(rasa.requests)
    again = await open_gateway(replace(settings, fixed_now=MONDAY))
    person.client = again
    assert await person.say("hello") == []
    assert len(rasa.requests) == asked
    assert await Office(again, MONDAY).handoffs.say(person.id, maija, "Hei!") is not None


async def test_the_desk_hears_that_something_is_new_and_nothing_else(
    client, person, office, maija, wait
):
    follower = Follower()
    client.app[HUB].join(DESK, follower)
    await wait()
    await office.handoffs.claim(person.id, maija)
    await person.say("my secret")
    frames = follower.frames
    assert {"queue": True} in frames
    assert {"conversation": person.id} in frames
    assert "secret" not in str(frames)
    assert all(set(frame) <= {"queue", "conversation"} for frame in frames)


async def test_the_operator_may_put_a_conversation_in_the_queue(person, office, maija):
    assert await office.handoffs.ask(person.id, why="asked", urgency=1, who="operator")
    assert (await office.conversation(person.id)).state == "waiting"
    assert await office.handoffs.claim(person.id, maija)
    assert not await office.handoffs.ask(person.id, why="asked", urgency=1, who="operator")


async def test_what_a_killed_gateway_left_unanswered_is_the_coachs(
    open_gateway, settings, person, office, maija, rasa
):
    rasa.delay_seconds = 10.0
    hanging = asyncio.create_task(person.post(text="what is there?", client_id="a"))
    while not rasa.requests:
        await asyncio.sleep(0.01)
    # The gateway dies here: what it was doing is known to nobody but the database.
    hanging.cancel()
    person.client = await open_gateway(replace(settings, fixed_now=MONDAY))
    again = Office(person.client, MONDAY)
    assert await again.handoffs.step_in(person.id, maija)
    assert await person.say("what is there?", client_id="a") == []
    assert [line["from"] for line in await person.history()].count("person") == 1
    assert len(rasa.requests) == 1
