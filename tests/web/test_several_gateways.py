"""Two gateways on one database and one Redis: what happens at one reaches people at the other."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import replace

import pytest
from aiohttp import web

from tests.redis_server import running_redis
from tests.web.conftest import Person
from tests.web.handoffs import MONDAY, OFFERED, YES, Office
from tests.web.test_chat_socket import close_code, listen, read
from web import relay
from web.hub import DESK, GONE
from web.keys import HUB, METRICS, TURNS


@pytest.fixture(scope="module")
def redis():
    with running_redis() as server:
        yield server


@pytest.fixture
async def gateways(open_gateway, settings, redis):
    """Return two gateways that share their database and Redis."""
    if redis.process is None:
        redis.start()
    shared = replace(settings, redis_url=redis.url, messages_per_minute=5, fixed_now=MONDAY)
    return [await open_gateway(shared), await open_gateway(shared)]


@pytest.fixture
async def person(gateways, arrive):
    """Return somebody who began at the first gateway."""
    return await arrive(gateways[0], language="en")


@pytest.fixture
def elsewhere(gateways, person):
    """Return the same person at the second gateway."""
    started = {"conversation": person.id, "token": person.token, "replies": person.replies}
    return Person(gateways[1], started)


async def test_what_is_said_at_one_is_shown_at_the_other_in_order(person, elsewhere):
    async with listen(elsewhere) as socket:
        await socket.send_json({"client_id": "a", "text": "here"})
        await read(socket, 3)
        await person.say("there", client_id="b")
        typing_or_lines = [frame for frame in await read(socket, 3) if "message" in frame]
        assert [frame["message"]["id"] for frame in typing_or_lines] == [4, 5]
        assert typing_or_lines[0]["message"]["text"] == "there"


async def test_one_message_at_a_time_wherever_it_comes(person, elsewhere, rasa):
    rasa.delay_seconds = 0.2
    await asyncio.gather(person.say("one", client_id="a"), elsewhere.say("two", client_id="b"))
    told = [line["from"] for line in await person.history(after=1)]
    assert told == ["person", "bot", "person", "bot"]


async def test_a_message_sent_again_to_the_other_is_answered_once(person, elsewhere, rasa):
    rasa.delay_seconds = 0.2
    first, again = await asyncio.gather(
        person.say("one", client_id="a"), elsewhere.say("one", client_id="a")
    )
    assert first == again and len(rasa.requests) == 1


async def test_without_redis_what_both_have_asked_is_answered_once(person, elsewhere, rasa, redis):
    redis.stop()
    rasa.delay_seconds = 0.5
    first, again = await asyncio.gather(
        person.say("one", client_id="a"), elsewhere.say("one", client_id="a")
    )
    assert len(rasa.requests) == 2
    assert first == again
    told = [line["from"] for line in await person.history(after=1)]
    assert told == ["person", "bot"]


async def test_without_redis_a_step_of_the_gateway_is_taken_once(person, elsewhere, rasa, redis):
    await Office(person.client, MONDAY).coach()
    rasa.answer = lambda _: rasa.say("A coach?", custom=OFFERED, asked="handoff")
    await person.say("human please", client_id="a")
    redis.stop()
    yes = {"payload": YES, "client_id": "b"}
    answers = await asyncio.gather(person.post(**yes), elsewhere.post(**yes))
    first, again = [(await answer.json())["replies"] for answer in answers]
    assert first == again
    told = [line["from"] for line in await person.history(after=3)]
    assert told == ["person", "system"]


async def test_without_redis_nobody_is_told_of_a_failure_where_the_other_has_answered(
    person, elsewhere, rasa, redis
):
    redis.stop()
    rasa.delay_seconds = 0.5
    rasa.answer = lambda _: web.Response(status=500)
    failing = asyncio.create_task(person.say("one", client_id="a"))
    while not rasa.requests:
        await asyncio.sleep(0.01)
    rasa.delay_seconds = 0.0
    rasa.answer = rasa.echo
    answered = await elsewhere.say("one", client_id="a")
    rasa.answer = lambda _: web.Response(status=500)
    assert await failing == answered
    told = [line["from"] for line in await person.history(after=1)]
    assert told == ["person", "bot"]


async def test_without_redis_a_socket_gets_the_answer_that_the_other_has_stored(
    person, elsewhere, rasa, redis
):
    async with listen(person) as socket:
        redis.stop()
        rasa.delay_seconds = 0.5
        await socket.send_json({"client_id": "a", "text": "one"})
        while not rasa.requests:
            await asyncio.sleep(0.01)
        rasa.delay_seconds = 0.0
        answered = await elsewhere.say("one", client_id="a")
        frames = await read(socket, 3)
    assert [frame["message"] for frame in frames if "message" in frame][1:] == answered


async def test_limits_hold_for_both(person, elsewhere):
    for number in range(5):
        await (person, elsewhere)[number % 2].say("hi", client_id=str(number))
    response = await elsewhere.post(text="hi", client_id="too-many")
    assert response.status == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60


async def test_what_was_erased_at_one_is_gone_at_the_other(person, elsewhere):
    async with listen(elsewhere) as socket:
        await person.client.delete(f"/api/conversations/{person.id}", headers=person.headers)
        assert await close_code(socket) == GONE


async def test_how_to_reach_whoever_was_erased_at_one_is_forgotten_at_the_other(person, elsewhere):
    contacts = elsewhere.client.app[TURNS]._contacts
    await elsewhere.say("040 123 4567", client_id="a")
    assert contacts.of(person.id)
    await person.client.delete(f"/api/conversations/{person.id}", headers=person.headers)
    await _until(lambda: not contacts.of(person.id))


async def test_a_takeover_at_one_breaks_off_what_hangs_at_the_other(person, elsewhere, rasa):
    rasa.delay_seconds = 1.5
    waiting = asyncio.create_task(person.say("hm", client_id="a"))
    while not rasa.requests:
        await asyncio.sleep(0.01)
    elsewhere.client.app[HUB].break_off(person.id)
    replies = await asyncio.wait_for(waiting, 1.0)
    assert replies == []


async def test_the_desk_hears_of_both(person, elsewhere):
    heard = []
    hub = elsewhere.client.app[HUB]
    put, hub.put = hub.put, lambda key, frame: heard.append((key, frame)) or put(key, frame)
    await person.say("hi", client_id="a")
    await _until(lambda: (DESK, {"conversation": person.id}) in heard)


async def test_without_redis_each_goes_on_alone_and_nothing_is_missed_afterwards(
    person, elsewhere, redis
):
    async with listen(elsewhere) as socket:
        redis.stop()
        await person.say("hello?", client_id="a")
        redis.start()
        lines = [frame["message"]["id"] for frame in await read(socket, 2)]
    assert lines == [2, 3]


async def test_what_was_said_at_both_without_redis_is_shown_whole_and_in_order(
    person, elsewhere, redis
):
    async with listen(elsewhere) as socket:
        redis.stop()
        await person.say("there", client_id="a")
        await elsewhere.say("here", client_id="b")
        frames = [await socket.receive_json(timeout=5) for _ in range(5)]
    assert [frame["message"]["id"] for frame in frames if "message" in frame] == [2, 3, 4, 5]


async def test_a_redis_that_hangs_is_not_counted_as_heard(
    open_gateway, settings, redis, monkeypatch
):
    monkeypatch.setattr(relay, "LISTEN_SECONDS", 0.2)
    if redis.process is None:
        redis.start()
    gateway = await open_gateway(replace(settings, redis_url=redis.url))
    is_heard = gateway.app[METRICS].hears_others
    await _until(is_heard)
    redis.process.send_signal(signal.SIGSTOP)
    try:
        await _until(lambda: not is_heard())
    finally:
        redis.process.send_signal(signal.SIGCONT)
    await _until(is_heard)


async def test_redis_hears_no_word_of_what_was_said(person, elsewhere, redis):
    from redis.asyncio import Redis

    client = Redis.from_url(redis.url)
    try:
        async with client.pubsub() as channel:
            await channel.psubscribe("*")
            await person.say("Olen Testi Testinen", client_id="a")
            heard = b""
            while (news := await channel.get_message(timeout=0.3)) is not None:
                heard += str(news).encode()
        keys = await client.keys("*")
    finally:
        await client.close(close_connection_pool=True)
    assert b"said" in heard
    assert b"Testi" not in heard and not any(b"Testi" in key for key in keys)


async def _until(is_so, seconds=5.0):
    deadline = asyncio.get_running_loop().time() + seconds
    while not is_so():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.01)
