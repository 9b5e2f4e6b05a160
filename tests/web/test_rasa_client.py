"""The gateway's way to several Rasa servers."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession, web

from tests.web.conftest import SECRET, FakeRasa
from web.rasa_client import BotUnavailable, RasaClient

SAID = {"metadata": {"language": "en", "plain_language": False}}
CONVERSATIONS = [f"conversation-{number}" for number in range(20)]


@pytest.fixture
async def servers(aiohttp_server):
    """Return two fakes and the servers that they answer at."""
    fakes = [FakeRasa(), FakeRasa()]
    return [(fake, await aiohttp_server(fake.as_app())) for fake in fakes]


@pytest.fixture
async def bot(servers):
    """Return the client of both."""
    urls = [str(server.make_url("/")) for _, server in servers]
    async with ClientSession() as session:
        yield RasaClient(session, urls, SECRET)


async def test_a_conversation_stays_with_one_server_and_all_share_the_work(bot, servers):
    for sender in CONVERSATIONS * 2:
        await bot.send(sender, text="hi", **SAID)
    first, second = [{said["sender"] for said in fake.requests} for fake, _ in servers]
    assert first and second
    assert not first & second


async def test_what_is_only_to_be_understood_is_shared_out_too(bot, servers):
    for _ in range(4):
        await bot.parse("hi", **SAID)
    assert [len(fake.parsed) for fake, _ in servers] == [2, 2]


async def test_the_other_answers_while_one_is_away_and_not_afterwards(bot, servers, aiohttp_server):
    (gone, server), (there, _) = servers
    port = server.port
    await server.close()
    for sender in CONVERSATIONS:
        await bot.send(sender, text="hi", **SAID)
    assert len(there.requests) == len(CONVERSATIONS)
    await aiohttp_server(gone.as_app(), port=port)
    for sender in CONVERSATIONS:
        await bot.send(sender, text="hi", **SAID)
    assert gone.requests
    assert len(gone.requests) + len(there.requests) == 2 * len(CONVERSATIONS)


async def test_one_that_is_not_ready_has_done_nothing_so_the_other_answers(bot, servers):
    (loading, _), (there, _) = servers
    loading.answer = lambda _: web.Response(status=503)
    for sender in CONVERSATIONS:
        await bot.send(sender, text="hi", **SAID)
    assert len(there.requests) == len(CONVERSATIONS)


async def test_what_one_may_have_answered_is_never_asked_of_the_other(bot, servers):
    (failing, _), (there, _) = servers
    failing.answer = lambda _: web.Response(status=500)
    failures = 0
    for sender in CONVERSATIONS:
        try:
            await bot.send(sender, text="hi", **SAID)
        except BotUnavailable:
            failures += 1
    assert failures == len(failing.requests) > 0
    assert failures + len(there.requests) == len(CONVERSATIONS)
