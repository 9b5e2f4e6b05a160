from __future__ import annotations

import gzip
from collections import Counter
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web

from web.app import create_app, create_runner
from web.keys import BOT

SHOP = "https://school.example"


@pytest.fixture
async def school(open_gateway, settings):
    return await open_gateway(
        replace(settings, allowed_origins=(SHOP,), public_url="https://opastin.example/")
    )


@pytest.mark.parametrize("origin", [SHOP, "https://opastin.example", None])
async def test_allowed_pages_may_begin_a_conversation(school, origin):
    headers = {} if origin is None else {"Origin": origin}
    response = await school.post("/api/conversations", json={}, headers=headers)
    assert response.status == 201
    assert response.headers.get("Access-Control-Allow-Origin") == origin


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "https://school.example.evil",
        "",
        "x" * 500,
        "http://[",
        "https://[::1",
        "https://school.example@evil.example",
    ],
)
async def test_other_pages_may_not(school, origin):
    response = await school.post("/api/conversations", json={}, headers={"Origin": origin})
    assert response.status == 403
    assert (await response.json())["error"]["code"] == "origin"
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_the_service_s_own_page_may(school):
    origin = f"http://{school.host}:{school.port}"
    response = await school.post("/api/conversations", json={}, headers={"Origin": origin})
    assert response.status == 201


async def test_everybody_may_where_the_operator_says_so(open_gateway, settings):
    client = await open_gateway(replace(settings, allowed_origins=("*",)))
    response = await client.post("/api/conversations", json={}, headers={"Origin": SHOP})
    assert response.headers["Access-Control-Allow-Origin"] == SHOP


@pytest.mark.parametrize(
    ("path", "method"),
    [("/api/messages", "POST"), ("/api/conversations/a", "DELETE"), ("/api/suggest", "POST")],
)
async def test_preflight_requests_are_answered(school, path, method):
    response = await school.options(
        path, headers={"Origin": SHOP, "Access-Control-Request-Method": method}
    )
    assert response.status == 204
    assert response.headers["Access-Control-Allow-Origin"] == SHOP
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    assert method in response.headers["Access-Control-Allow-Methods"]


async def test_preflight_requests_of_other_pages_are_refused(school):
    response = await school.options(
        "/api/messages",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    assert response.status == 403
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_a_thousand_conversations_from_one_address_harm_nobody(
    open_gateway, settings, arrive, rows
):
    client = await open_gateway(replace(settings, conversations_per_minute=20))
    person = await arrive(client)
    statuses = Counter()
    for _ in range(1000):
        response = await client.post("/api/conversations", json={"channel": "test"})
        statuses[response.status] += 1
    assert statuses == {201: 19, 429: 981}
    assert rows("SELECT count(*) FROM conversations") == [(20,)]
    await person.say("still here")


async def test_refusals_can_be_read_by_an_allowed_page(school):
    response = await school.get("/api/messages", headers={"Origin": SHOP})
    assert response.status == 401
    assert response.headers["Access-Control-Allow-Origin"] == SHOP


@pytest.mark.parametrize("path", ["/healthz", "/api/messages", "/nowhere", "/api/openapi.json"])
async def test_every_response_keeps_browsers_strict(client, path):
    headers = (await client.get(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert not {"Set-Cookie", "Server"} & set(headers)


async def test_a_page_that_has_not_changed_keeps_the_policy_it_came_with(client):
    first = await client.get("/")
    again = await client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert "Content-Security-Policy" not in again.headers


async def test_what_is_said_is_not_cached(client, person):
    response = await client.get("/api/messages", headers=person.headers)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/api/nowhere", 404, "not_found"),
        ("PUT", "/api/messages", 405, "method"),
        ("GET", "/api/conversations", 405, "method"),
        ("GET", "/%00", 404, "not_found"),
        ("GET", "/widget/../app.py", 404, "not_found"),
        ("GET", "/widget/%2e%2e/%2e%2e/app.py", 404, "not_found"),
        ("GET", "/widget/", 404, "not_found"),
    ],
)
async def test_refusals_are_json(client, method, path, status, code):
    response = await client.request(method, path)
    assert response.status == status
    assert (await response.json())["error"]["code"] == code


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [("/nowhere", "fi", "ei ole mitään"), ("/widget/x", "sv-FI", "inget på den")],
)
async def test_a_person_gets_a_page(client, path, language, words):
    headers = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": language}
    response = await client.get(path, headers=headers)
    text = await response.text()
    assert (response.status, response.content_type) == (404, "text/html")
    assert words in text
    assert f'<html lang="{language[:2]}">' in text


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": ""}, "Meddelandet är tomt"),
        ({"payload": "/restart"}, "Knappen går inte"),
        ({"text": "x" * 2001}, "för långt"),
        ({"colour": 1}, "är inte känt"),
        ({"text": 5}, "går inte att använda"),
    ],
)
async def test_a_refusal_speaks_the_conversations_language(client, arrive, message, words):
    person = await arrive(client, language="sv")
    refused = await (await person.post(**message)).json()
    assert words in refused["error"]["message"]


async def test_too_many_messages_are_refused_in_the_conversations_language(
    open_gateway, settings, arrive
):
    person = await arrive(
        await open_gateway(replace(settings, messages_per_minute=1)), language="fi"
    )
    await person.say("hei")
    refused = await (await person.post(text="hei")).json()
    assert "Odota hetki" in refused["error"]["message"]


async def test_nobody_learns_the_language_of_anothers_conversation(client, arrive):
    person = await arrive(client, language="fi")
    headers = {"Authorization": f"Bearer {person.id}.wrong"}
    response = await client.post("/api/messages", json={"colour": 1}, headers=headers)
    assert "is not known" in (await response.json())["error"]["message"]


async def test_a_failure_of_ours_tells_nothing_and_the_service_goes_on(
    client, person, monkeypatch, caplog
):
    words = "secret detail"

    def fail(*_, **__):
        raise RuntimeError(words)

    with monkeypatch.context() as patch:
        patch.setattr("coaching.messages.receive", fail)
        response = await person.post(text="hi")
    assert response.status == 500
    assert words not in await response.text()
    assert "/api/messages failed: RuntimeError" in caplog.text
    assert words not in caplog.text
    await person.say("hi")


async def test_a_body_that_is_not_encoded_as_it_says_is_malformed(client):
    response = await client.post(
        "/api/suggest", data=b"{}", headers={"Content-Encoding": "gzip"}, compress=False
    )
    assert response.status == 400
    assert (await response.json())["error"]["code"] == "malformed"


async def test_packed_bodies_are_not_unpacked(settings, open_gateway):
    app = (await open_gateway(settings)).app
    runner = create_runner(create_app(settings, app[BOT]), shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        async with ClientSession() as session:
            response = await session.post(
                f"http://{host}:{port}/api/conversations",
                data=gzip.compress(b'{"language": "fi"}'),
                headers={"Content-Encoding": "gzip"},
            )
            assert response.status == 400
    finally:
        await runner.cleanup()
