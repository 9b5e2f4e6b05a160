"""What holds when the service runs on several processes behind nginx."""

from __future__ import annotations

import asyncio

from aiohttp import ClientSession

from tests.scale.people import Person, arrive, check_history
from tests.scale.topology import until

TALKS = {
    "fi": ["Moi, haluan opiskella jotain terveydestä", "Asun Kauhajoella", "Vain etänä"],
    "sv": ["Hej, jag vill studera ekonomi", "Jag bor i Vasa", "Bara på distans"],
    "en": ["Hi, I want to study programming", "I live in Tampere", "Only online"],
}


async def talk(person: Person, language: str) -> None:
    for line in TALKS[language]:
        await person.say(line)


async def test_many_talk_at_once_through_nginx_and_each_is_answered_once(topology):
    async with ClientSession() as session:
        people = [(await arrive(session, topology.url, lang), lang) for lang in list(TALKS) * 4]
        await asyncio.gather(*(talk(person, language) for person, language in people))
        for person, _ in people:
            check_history(person, await person.history())
            assert person.apologies == 0


async def test_both_workers_have_work(topology):
    async with ClientSession() as session:
        people = [await arrive(session, topology.url) for _ in range(8)]
        await asyncio.gather(*(person.say("Moi") for person in people))
    spent = [part.spent() for part in topology.workers]
    async with ClientSession() as session:
        people = [await arrive(session, topology.url) for _ in range(16)]
        await asyncio.gather(*(person.say("Haluan lähihoitajaksi") for person in people))
    assert all(part.spent() > before for part, before in zip(topology.workers, spent, strict=True))


async def test_a_socket_at_one_gateway_hears_what_is_said_at_the_other(topology):
    first, second = topology.gateway_urls
    async with ClientSession() as session:
        person = await arrive(session, first)
        async with session.ws_connect(f"{second}/api/chat") as socket:
            await socket.send_json({"token": person.token, "after": 0})
            await socket.receive_json(timeout=10)
            await person.say("Moi")
            frames = [await socket.receive_json(timeout=10) for _ in range(2)]
            while "message" not in frames[-1] or frames[-1]["message"]["from"] != "bot":
                frames.append(await socket.receive_json(timeout=10))
    told = [frame["message"]["from"] for frame in frames if "message" in frame]
    assert told[:2] == ["person", "bot"]


async def test_a_rolling_restart_loses_no_reply(topology):
    async with ClientSession() as session:
        people = [(await arrive(session, topology.url, lang), lang) for lang in list(TALKS) * 2]
        talking = asyncio.gather(
            *(talk(person, language) for person, language in people for _ in range(1))
        )
        for part in (*topology.gateways, *topology.workers):
            await asyncio.to_thread(part.stop)
            part.start()
            await asyncio.to_thread(part.wait)
        await talking
        for person, _ in people:
            check_history(person, await person.history())


async def test_a_gateway_that_is_told_to_end_answers_first(topology):
    gateway, url = topology.gateways[0], topology.gateway_urls[0]
    async with ClientSession() as session:
        person = await arrive(session, url)
        answer = asyncio.create_task(person.say("Haluan opiskella sosionomiksi Seinäjoella"))
        other = await arrive(session, topology.gateway_urls[1])
        assert other.id != person.id
        await asyncio.to_thread(gateway.stop)
        person.url = topology.gateway_urls[1]
        await answer
        check_history(person, await person.history())
    until(lambda: gateway.process.poll() is not None)
