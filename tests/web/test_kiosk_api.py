from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tests.web.kiosk import PIN, add_kiosk, enrol
from web.hub import GONE
from web.keys import VISITS

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
async def kiosk(client):
    """Return the client, enrolled as a device."""
    await enrol(client)
    return client


@pytest.fixture
def visit(arrive):
    """Begin visits."""

    async def visit(client):
        return await arrive(client, channel="kiosk")

    return visit


async def test_a_device_is_enrolled_by_one_button(client):
    address = f"/kiosk/enrol/{await add_kiosk(client)}"
    for _ in range(2):
        page = await client.get(address)
        assert (page.status, page.headers["Cache-Control"]) == (200, "no-store")
        assert (await page.text()).count("<button") == 1
    response = await client.post(address, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/kiosk")
    cookie = response.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert "Secure" not in cookie
    assert (await client.get("/api/kiosk/settings")).status == 200


async def test_over_https_the_cookie_is_secure(open_gateway, settings):
    client = await open_gateway(replace(settings, public_url="https://opastin.example"))
    code = await add_kiosk(client)
    response = await client.post(f"/kiosk/enrol/{code}", allow_redirects=False)
    assert "Secure" in response.headers["Set-Cookie"]


@pytest.mark.parametrize("method", ["get", "post"])
async def test_an_enrolment_is_used_once(client, method):
    address = f"/kiosk/enrol/{await add_kiosk(client)}"
    await client.post(address, allow_redirects=False)
    again = await getattr(client, method)(address, allow_redirects=False)
    assert again.status == 410
    assert "Set-Cookie" not in again.headers
    assert "opastin kiosk add" in await again.text()


async def test_an_enrolment_lives_an_hour(open_gateway, settings):
    early = await open_gateway(replace(settings, fixed_now=NOW))
    address = f"/kiosk/enrol/{await add_kiosk(early)}"
    in_time = await open_gateway(replace(settings, fixed_now=NOW + timedelta(minutes=60)))
    assert (await in_time.get(address)).status == 200
    late = await open_gateway(replace(settings, fixed_now=NOW + timedelta(minutes=61)))
    assert (await late.post(address, allow_redirects=False)).status == 410


async def test_the_database_holds_no_secret_of_a_device(client, rows):
    code = await add_kiosk(client)
    response = await client.post(f"/kiosk/enrol/{code}", allow_redirects=False)
    token = response.cookies["opastin_kiosk"].value
    kept = str(rows("SELECT * FROM kiosks"))
    assert [secret in kept for secret in (code, token, PIN)] == [False, False, False]


async def test_the_page_gets_its_settings(open_gateway, settings):
    client = await open_gateway(replace(settings, kiosk_idle_seconds=45, kiosk_keep="retention"))
    await enrol(client)
    response = await client.get("/api/kiosk/settings")
    assert await response.json() == {
        "name": "Kauhajoki",
        "idle_seconds": 45,
        "warning_seconds": 20,
        "keep": "retention",
    }


@pytest.mark.parametrize("cookie", [None, "", "x", "0" * 32 + "." + "a" * 43, "å" * 300])
async def test_an_unknown_device_is_told_so(client, cookie):
    headers = {} if cookie is None else {"Cookie": f"opastin_kiosk={cookie}"}
    for method, path in (
        ("GET", "/api/kiosk/settings"),
        ("POST", "/api/kiosk/end"),
        ("POST", "/api/kiosk/staff"),
        ("POST", "/api/conversations"),
    ):
        body = {"channel": "kiosk", "language": "fi"} if path.endswith("s") else {}
        json = None if method == "GET" else body
        response = await client.request(method, path, json=json, headers=headers)
        error = (await response.json())["error"]
        assert (response.status, error["code"]) == (401, "token")
        assert "opastin kiosk add" in error["message"]


async def test_a_removed_device_is_unknown(kiosk, visit):
    from coaching import kiosks
    from web.keys import SETTINGS, STORAGE

    person = await visit(kiosk)
    now = kiosk.app[SETTINGS].now()
    await kiosk.app[STORAGE].write(lambda session: kiosks.remove(session, "Kauhajoki", now=now))
    assert (await kiosk.get("/api/kiosk/settings")).status == 401
    assert (await person.post(text="hei")).status == 410


@pytest.mark.parametrize("as_beacon", [False, True])
async def test_the_end_of_a_visit_erases_it_everywhere(kiosk, visit, rows, settings, as_beacon):
    person = await visit(kiosk)
    await person.say("my secret wish")
    if as_beacon:
        data = f'{{"conversation": "{person.id}"}}'
        ended = await kiosk.post(
            "/api/kiosk/end", data=data, headers={"Content-Type": "text/plain;charset=UTF-8"}
        )
    else:
        ended = await kiosk.post("/api/kiosk/end", json={"conversation": person.id})
    assert ended.status == 204
    assert (await person.post(text="hi")).status == 410
    for table in ("conversations", "messages", "replies", "issued_payloads", "events"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608
    files = b"".join(path.read_bytes() for path in settings.home.glob("conversations.db*"))
    assert b"my secret wish" not in files


async def test_no_log_tells_of_a_visit(kiosk, visit, rasa, caplog):
    caplog.set_level("DEBUG")
    # A test before may have settled the levels of a whole process.
    caplog.set_level("DEBUG", logger="web")
    person = await visit(kiosk)
    await person.say("my secret wish")
    rasa.answer = lambda _: {"replies": "my secret answer"}
    await person.post(text="my secret wish")
    await kiosk.post("/api/kiosk/end", json={"conversation": person.id})
    logged = "\n".join(map(caplog.handler.format, caplog.records))
    assert "was erased" in logged
    for secret in ("my secret", person.id, person.token):
        assert secret not in logged


async def test_a_visit_may_be_ended_twice_and_closes_its_sockets(kiosk, visit):
    person = await visit(kiosk)
    async with kiosk.ws_connect("/api/chat") as socket:
        await socket.send_json({"token": person.token})
        await socket.receive_json()
        for _ in range(2):
            ended = await kiosk.post("/api/kiosk/end", json={"conversation": person.id})
            assert ended.status == 204
        assert (await socket.receive()).data == GONE


async def test_a_late_end_does_not_reach_the_next_visit(kiosk, visit):
    first = await visit(kiosk)
    second = await visit(kiosk)
    await kiosk.post("/api/kiosk/end", json={"conversation": first.id})
    assert (await second.post(text="hi")).status == 200


async def test_the_next_visit_ends_the_last(kiosk, visit, rows):
    first = await visit(kiosk)
    second = await visit(kiosk)
    assert (await first.post(text="hi")).status == 410
    await kiosk.app[VISITS].close()
    assert rows("SELECT id FROM conversations") == [(second.id,)]


async def test_without_a_conversation_every_visit_of_the_device_ends(kiosk, visit):
    person = await visit(kiosk)
    assert (await kiosk.post("/api/kiosk/end")).status == 204
    assert (await person.post(text="hi")).status == 410


@pytest.mark.parametrize(
    ("body", "status"),
    [({"conversation": 5}, 400), ({"all": True}, 400), ({"conversation": "x"}, 204)],
)
async def test_an_end_names_a_conversation_or_none(kiosk, body, status):
    assert (await kiosk.post("/api/kiosk/end", json=body)).status == status


async def test_a_device_ends_its_own_visits_only(kiosk, visit, arrive, open_gateway, settings):
    other = await open_gateway(settings)
    await enrol(other, "Seinäjoki")
    theirs, at_home = await visit(other), await arrive(kiosk)
    for person in (theirs, at_home):
        await kiosk.post("/api/kiosk/end", json={"conversation": person.id})
        assert (await person.post(text="hi")).status == 200


async def test_with_retention_an_ended_visit_stays_but_opens_no_more(
    open_gateway, settings, visit, rows
):
    client = await open_gateway(replace(settings, kiosk_keep="retention"))
    await enrol(client)
    person = await visit(client)
    await person.say("kept")
    await client.post("/api/kiosk/end", json={"conversation": person.id})
    await client.app[VISITS].tidy()
    assert (await person.post(text="hi")).status == 410
    history = await client.get("/api/messages", headers=person.headers)
    assert history.status == 410
    assert rows("SELECT text FROM messages") == [("kept",)]


async def test_a_promised_call_outlives_the_visit(kiosk, visit, rasa, rows):
    person = await visit(kiosk)
    await person.say("call me: 040 123 4567")
    rasa.answer = lambda _: rasa.say("ok", custom={"kind": "handoff", "state": "callback"})
    await person.say("please")
    await kiosk.post("/api/kiosk/end", json={"conversation": person.id})
    assert rows("SELECT contact FROM callback_requests") == [("040 123 4567",)]
    assert (await person.post(text="hi")).status == 410


async def test_a_visit_that_nobody_ends_is_ended_and_erased(open_gateway, settings, visit, rows):
    early = await open_gateway(replace(settings, fixed_now=NOW))
    await enrol(early)
    person = await visit(early)
    later = await open_gateway(replace(settings, fixed_now=NOW + timedelta(minutes=59)))
    await later.app[VISITS].tidy()
    person.client = later
    assert (await person.post(text="still here")).status == 200
    # Long after the beginning, but not after the last word.
    later = await open_gateway(replace(settings, fixed_now=NOW + timedelta(minutes=61)))
    await later.app[VISITS].tidy()
    assert (await person.post(text="and here")).status == 200
    later = await open_gateway(replace(settings, fixed_now=NOW + timedelta(minutes=122)))
    await later.app[VISITS].tidy()
    assert rows("SELECT count(*) FROM conversations") == [(0,)]


async def test_a_large_file_is_rewritten_in_the_night_after_a_visit(
    open_gateway, settings, visit, monkeypatch
):
    rewritten = []
    monkeypatch.setattr("coaching.sqlite_file.SMALL_BYTES", 0)
    monkeypatch.setattr("web.rewriting.rewrite", rewritten.append)
    client = await open_gateway(replace(settings, fixed_now=NOW.replace(hour=2)))
    await enrol(client)
    # What may have been left before the start.
    while not rewritten:
        await asyncio.sleep(0.01)
    before = len(rewritten)
    person = await visit(client)
    await client.post("/api/kiosk/end", json={"conversation": person.id})
    assert len(rewritten) == before
    await client.app[VISITS].tidy()
    assert len(rewritten) == before + 1


async def test_visits_are_limited_by_device_and_not_by_address(open_gateway, settings, visit):
    settings = replace(settings, conversations_per_minute=2)
    client = await open_gateway(settings)
    await enrol(client)
    first, _ = await visit(client), await visit(client)
    refused = await client.post("/api/conversations", json={"channel": "kiosk"})
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    # Neither people at home nor another device behind the same address are held up.
    assert (await client.post("/api/conversations", json={})).status == 201
    client.session.cookie_jar.clear()
    await enrol(client, "Seinäjoki")
    assert (await client.post("/api/conversations", json={"channel": "kiosk"})).status == 201
    assert first.id


async def test_a_thousand_visits_from_one_address(open_gateway, settings, rows, monkeypatch):
    # Slow on purpose, and not what this is about.
    monkeypatch.setattr("coaching.kiosks.hash_pin", lambda pin: "no hash")
    client = await open_gateway(
        replace(settings, conversations_per_minute=20, kiosk_keep="retention")
    )
    statuses = []
    for number in range(50):
        client.session.cookie_jar.clear()
        await enrol(client, f"Pääte {number}")
        for _ in range(20):
            response = await client.post("/api/conversations", json={"channel": "kiosk"})
            statuses.append(response.status)
    assert set(statuses) == {201}
    assert len(statuses) == 1000
    assert rows("SELECT sum(visits) FROM kiosks") == [(1000,)]
    assert rows("SELECT count(*) FROM conversations WHERE ended_at IS NULL") == [(50,)]


async def test_staff_see_how_the_device_is_doing(kiosk, visit, rasa):
    await visit(kiosk)
    person = await visit(kiosk)
    rasa.answer = lambda _: {}
    await person.post(text="my secret wish")
    response = await kiosk.post("/api/kiosk/staff", json={"pin": PIN})
    state = await response.json()
    assert (state.pop("last_error_at"), state.pop("enrolled_at")) != (None, None)
    assert state == {
        "name": "Kauhajoki",
        "connection": {"bot": True, "database": True},
        "visits_today": 2,
        "last_error": "unavailable",
    }


async def test_visits_are_counted_by_the_day(open_gateway, settings, visit):
    today = await open_gateway(replace(settings, fixed_now=NOW))
    await enrol(today)
    await visit(today)
    tomorrow = await open_gateway(replace(settings, fixed_now=NOW + timedelta(days=1)))
    tomorrow.session.cookie_jar.update_cookies(
        {"opastin_kiosk": next(iter(today.session.cookie_jar)).value}, tomorrow.make_url("/")
    )
    for client, visits in ((tomorrow, 0), (today, 1)):
        response = await client.post("/api/kiosk/staff", json={"pin": PIN})
        assert (await response.json())["visits_today"] == visits


async def test_a_reset_ends_the_visit_and_forgets_the_error(kiosk, visit, rasa):
    person = await visit(kiosk)
    rasa.answer = lambda _: {}
    await person.post(text="hi")
    response = await kiosk.post("/api/kiosk/staff", json={"pin": PIN, "action": "reset"})
    assert (await response.json())["last_error"] is None
    assert (await person.post(text="hi")).status == 410


async def test_pins_cannot_be_tried_out(kiosk):
    async def attempt(pin):
        return await kiosk.post("/api/kiosk/staff", json={"pin": pin})

    statuses = [(await attempt(f"00000{number}")).status for number in range(6)]
    assert statuses == [403] * 5 + [429]
    refused = await attempt(PIN)
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 60


async def test_the_right_pin_forgives_the_wrong_ones(kiosk):
    for _ in range(3):
        for pin, status in (("000000", 403), ("", 400), (PIN, 200)):
            response = await kiosk.post("/api/kiosk/staff", json={"pin": pin})
            assert response.status == status


@pytest.mark.parametrize(
    "body", [{}, {"pin": 271828}, {"pin": PIN, "action": "open"}, {"pin": PIN, "x": 1}]
)
async def test_a_bad_staff_request_is_malformed(kiosk, body):
    assert (await kiosk.post("/api/kiosk/staff", json=body)).status == 400


async def test_another_page_cannot_use_the_device(kiosk):
    headers = {"Origin": "https://evil.example"}
    response = await kiosk.post("/api/kiosk/end", headers=headers)
    assert response.status == 403


async def test_a_visit_ends_while_the_bot_is_at_work(kiosk, visit, rasa, rows):
    person = await visit(kiosk)
    rasa.delay_seconds = 0.3
    asking = asyncio.create_task(person.post(text="my secret wish"))
    while not rasa.requests:
        await asyncio.sleep(0.01)
    await kiosk.post("/api/kiosk/end", json={"conversation": person.id})
    await asking
    assert rows("SELECT count(*) FROM messages") == [(0,)]
    assert rows("SELECT count(*) FROM replies") == [(0,)]
