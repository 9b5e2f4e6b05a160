from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from web.app import create_app
from web.operations import load_openapi


async def test_the_process_says_that_it_runs(client):
    response = await client.get("/healthz")
    assert (response.status, await response.json()) == (200, {"status": "ok"})


async def test_it_is_ready_when_the_bot_is(client, rasa):
    assert (await client.get("/readyz")).status == 200
    rasa.is_ready = False
    response = await client.get("/readyz")
    assert response.status == 503
    assert (await response.json())["checks"] == {"bot": False, "database": True}


async def test_it_is_not_ready_without_a_bot(open_gateway, settings):
    client = await open_gateway(settings, url="http://127.0.0.1:9/")
    assert (await client.get("/readyz")).status == 503


async def test_metrics_count_without_naming_anybody(client, person, rasa):
    await person.say("hi")
    rasa.answer = lambda _: {}
    await person.post(text="hi")
    text = await (await client.get("/metrics")).text()
    for line in (
        'opastin_conversations_total{channel="test"} 1',
        'opastin_responses_total{status="201"} 1',
        "opastin_bot_failures_total 1",
        "opastin_turn_seconds_count 1",
        'opastin_turn_seconds_bucket{le="+Inf"} 1',
    ):
        assert line in text.splitlines()
    assert person.id not in text


async def test_the_description_lists_every_route(client, settings):
    app = create_app(settings, bot=None)
    routes = {
        (route.method.lower(), route.resource.canonical)
        for route in app.router.routes()
        # The desk is pages and their forms, for accounts alone; no program calls it.
        if route.method != "HEAD" and not route.resource.canonical.startswith("/coach")
    }
    described = {
        (method, path)
        for path, methods in load_openapi()["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert described == routes


async def test_the_description_is_handed_out_and_refers_to_what_it_has(client):
    response = await client.get("/api/openapi.json")
    description = await response.json()
    assert description == load_openapi()
    for reference in references(description):
        found = description
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from references(item)


async def test_retention_is_kept_from_the_start(open_gateway, settings, arrive, rows):
    day = datetime(2026, 3, 1, tzinfo=timezone.utc)
    await arrive(await open_gateway(replace(settings, fixed_now=day)))
    await open_gateway(replace(settings, fixed_now=day + timedelta(days=91)))
    for _ in range(50):
        if rows("SELECT count(*) FROM conversations") == [(0,)]:
            break
        await asyncio.sleep(0.05)
    assert rows("SELECT count(*) FROM conversations") == [(0,)]
