from __future__ import annotations

from dataclasses import replace

import pytest

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
    "origin", ["https://evil.example", "null", "https://school.example.evil", "", "x" * 500]
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
