"""How Rasa calls the action server."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientConnectionError, web
from rasa.utils.endpoints import ClientResponseError

from bot.action_endpoint import ActionEndpoint


def call(turns):
    events = [{"event": "action", "name": "action_session_start"}]
    for number in range(turns):
        events += [{"event": "user", "text": str(number)}, {"event": "bot"}]
    return {"next_action": "action_guide", "tracker": {"events": events, "slots": {"a": 1}}}


@pytest.fixture
async def serve(aiohttp_server):
    endpoints = []

    async def start(answer, timeout_seconds=5.0):
        app = web.Application()
        app.router.add_post("/webhook", answer)
        server = await aiohttp_server(app)
        url = str(server.make_url("/webhook"))
        endpoints.append(ActionEndpoint(url, timeout_seconds=timeout_seconds))
        return endpoints[-1]

    yield start
    for endpoint in endpoints:
        await endpoint.close()


async def test_actions_get_slots_and_the_last_two_turns(serve):
    heard = []

    async def answer(request):
        heard.append(await request.json())
        return web.json_response({"events": [], "responses": []})

    endpoint = await serve(answer)
    assert await endpoint.request(json=call(5), method="post") == {"events": [], "responses": []}
    await endpoint.request(json=call(1))
    texts = [[e.get("text") for e in h["tracker"]["events"] if e["event"] == "user"] for h in heard]
    assert texts == [["3", "4"], ["0"]]
    assert heard[0]["tracker"]["slots"] == {"a": 1}


async def test_a_failing_action_is_an_error(serve):
    async def answer(_request):
        return web.json_response({"error": "x"}, status=500)

    endpoint = await serve(answer)
    with pytest.raises(ClientResponseError):
        await endpoint.request(json=call(1))


async def test_a_hanging_action_is_given_up(serve):
    async def answer(_request):
        await asyncio.sleep(5)

    endpoint = await serve(answer, timeout_seconds=0.05)
    with pytest.raises(asyncio.TimeoutError):
        await endpoint.request(json=call(1))


async def test_a_server_that_was_missed_is_looked_for_until_it_is_there(aiohttp_server):
    from tests.scale.topology import free_ports

    async def answer(_request):
        return web.json_response({"events": [], "responses": []})

    (port,) = free_ports(1)
    endpoint = ActionEndpoint(f"http://127.0.0.1:{port}/webhook", timeout_seconds=5.0)
    # Nobody has missed it yet, and looking at every message would cost each of them.
    assert await endpoint.is_there()
    with pytest.raises(ClientConnectionError):
        await endpoint.request(json=call(1))
    assert not await endpoint.is_there()
    app = web.Application()
    app.router.add_post("/webhook", answer)
    app.router.add_get("/health", answer)
    await aiohttp_server(app, port=port)
    assert await endpoint.is_there()
    assert await endpoint.request(json=call(1))
    await endpoint.close()
