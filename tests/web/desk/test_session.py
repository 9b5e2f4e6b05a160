from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiohttp import WSMsgType
from yarl import URL

from coaching import accounts
from tests.web.desk.coaches import open_desk
from web.desk import desk_routes, live
from web.desk.session import BACKGROUND, COOKIE, HEADER
from web.keys import SETTINGS, STORAGE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
OPEN = ("/coach/login", "/coach/assets/")
# The guard answers before anybody looks at what an address names.
ADDRESSES = [
    (route.method, re.sub(r"\{.*", "1", route.path))
    for route in desk_routes()
    if not route.path.startswith(OPEN)
]


@pytest.fixture
async def at(open_gateway, settings):
    """Return a gateway whose clock a test sets."""
    client = await open_gateway(replace(settings, fixed_now=NOW))

    def set_clock(moment):
        # The settings do not change while a gateway runs, but for the clock of a test.
        object.__setattr__(client.app[SETTINGS], "fixed_now", moment)

    client.set_clock = set_clock
    return client


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
async def test_nothing_of_the_desk_is_had_without_a_session(client, method, path):
    method = "GET" if method == "*" else method
    response = await client.request(method, path, allow_redirects=False)
    if path.startswith("/coach/api/"):
        assert response.status == 401
    else:
        assert response.status == 303
        assert response.headers["Location"].startswith("/coach/login")


@pytest.mark.parametrize(
    "path", sorted({path for method, path in ADDRESSES if method not in ("GET", "*")})
)
async def test_nothing_is_changed_without_the_form_token(client, path):
    desk = await open_desk(client, role="admin")
    other = await open_desk(client, "other", role="admin")
    for token in ("", "x", other.form_token):
        desk.form_token = token
        response = await desk.post(path, {"do": "disable", "available": "off"})
        assert response.status == 403
    response = await client.post(path, cookies=desk.cookies)
    assert response.status == 403


async def test_a_script_sends_the_token_in_a_header(client, desk):
    response = await client.post(
        "/coach/available",
        data={"available": "off"},
        headers={HEADER: desk.form_token},
        cookies=desk.cookies,
        allow_redirects=False,
    )
    assert response.status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_form_of_another_site_is_refused(desk, headers):
    response = await desk.post("/coach/available", {"available": "off"}, headers=headers)
    assert response.status == 403
    assert "not available" not in await desk.text("/coach/account")


async def test_a_socket_of_another_site_is_refused(desk):
    headers = {"Origin": "https://elsewhere.example", "Upgrade": "websocket"}
    assert (await desk.get("/coach/api/live", headers=headers)).status == 403


async def test_an_unused_session_ends_and_the_login_leads_back(at):
    desk = await open_desk(at)
    at.set_clock(NOW + timedelta(minutes=59))
    await desk.text("/coach/account")
    at.set_clock(NOW + timedelta(minutes=118))
    await desk.text("/coach/account")
    at.set_clock(NOW + timedelta(minutes=179))
    response = await desk.get("/coach/account?saved=1")
    assert response.status == 303
    assert response.headers["Location"] == "/coach/login?next=%2Fcoach%2Faccount%3Fsaved%3D1"


async def test_asking_by_itself_keeps_no_session_open_but_shows_presence(at):
    desk = await open_desk(at)
    for minutes in (30, 59):
        at.set_clock(NOW + timedelta(minutes=minutes))
        await desk.text("/coach/account", headers={BACKGROUND: "1"})
    coach = await at.app[STORAGE].read(lambda session: accounts.get(session, desk.coach.id))
    assert coach.seen_at == NOW + timedelta(minutes=59)
    at.set_clock(NOW + timedelta(minutes=61))
    assert (await desk.get("/coach/account")).status == 303


async def test_no_session_outlives_its_whole_time(at):
    desk = await open_desk(at)
    for minutes in range(30, 12 * 60, 30):
        at.set_clock(NOW + timedelta(minutes=minutes))
        assert (await desk.get("/coach/account")).status == 200
    at.set_clock(NOW + timedelta(hours=12))
    assert (await desk.get("/coach/account")).status == 303


async def test_a_closed_account_is_out_at_once(client, admin, desk):
    response = await admin.post(f"/coach/accounts/{desk.coach.id}", {"do": "disable"})
    assert response.status == 303
    assert (await desk.get("/coach/account")).status == 303


async def test_pages_are_kept_by_nobody_and_strict(desk):
    response = await desk.get("/coach/account")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    text = await response.text()
    assert "<style" not in text
    assert " style=" not in text
    assert "onclick" not in text


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("coach", "/coach/accounts", 403),
        ("lead", "/coach/accounts", 403),
        ("reviewer", "/coach/teams", 403),
        ("lead", "/coach/audit", 403),
        ("coach", "/coach/accounts/1", 403),
        ("admin", "/coach/accounts", 200),
        ("admin", "/coach/accounts/999", 404),
        ("admin", "/coach/accounts/99999999999999999999", 404),
        ("admin", "/coach/teams/999", 404),
        ("admin", "/coach/nowhere", 404),
    ],
)
async def test_refusals_are_pages_with_a_way_back(client, role, path, status):
    desk = await open_desk(client, role=role)
    response = await desk.get(path)
    text = await response.text()
    assert response.status == status, text
    assert response.content_type == "text/html"
    assert status == 200 or 'href="/coach"' in text


async def test_what_one_may_not_do_is_not_offered(client):
    for role, wanted in (("coach", False), ("reviewer", False), ("admin", True)):
        desk = await open_desk(client, f"a-{role}", role=role)
        text = await desk.text("/coach/account")
        assert ('href="/coach/accounts"' in text) == wanted
        assert ('href="/coach/audit"' in text) == wanted
        assert ('action="/coach/available"' in text) == (role != "reviewer")


async def test_a_password_for_one_use_opens_only_the_own_account(client, desk):
    def work(session):
        accounts.get(session, desk.coach.id).one_time_until = NOW + timedelta(days=400)

    await client.app[STORAGE].write(work)
    for path in ("/coach", "/coach/transcripts", "/coach/nowhere"):
        response = await desk.get(path)
        assert (response.status, response.headers["Location"]) == (303, "/coach/account")
    assert (await desk.get("/coach/api/live")).status == 403
    text = await desk.text("/coach/account")
    assert "one-time password" in text
    assert "Own settings" not in text
    response = await desk.post("/coach/account", {"display_name": "X", "language": "fi"})
    assert response.status == 303
    assert "Anna" in await desk.text("/coach/account")


async def test_the_cookie_is_for_the_desk_alone(open_gateway, settings):
    client = await open_gateway(replace(settings, public_url="https://opastin.example"))
    response = await client.get("/coach/login")
    (cookie,) = response.headers.getall("Set-Cookie")
    for part in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/coach/login"):
        assert part in cookie
    assert COOKIE not in response.cookies


async def test_an_open_socket_shows_presence_until_the_session_ends(at, monkeypatch):
    monkeypatch.setattr(live, "PRESENCE_SECONDS", 0.05)
    desk = await open_desk(at)
    cookie = "; ".join(f"{name}={value}" for name, value in desk.cookies.items())
    async with at.ws_connect("/coach/api/live", headers={"Cookie": cookie}) as socket:
        for minutes in (20, 59):
            at.set_clock(NOW + timedelta(minutes=minutes))
            with pytest.raises(asyncio.TimeoutError):
                await socket.receive(timeout=0.5)
        coach = await at.app[STORAGE].read(lambda session: accounts.get(session, desk.coach.id))
        assert coach.seen_at == NOW + timedelta(minutes=59)
        at.set_clock(NOW + timedelta(minutes=61))
        assert (await socket.receive(timeout=5)).type is WSMsgType.CLOSE


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"name=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"name=a", "application/x-www-form-urlencoded; charset=no-such"),
        (b"name=a%00b", "application/x-www-form-urlencoded"),
        (b"name=a", "multipart/form-data"),
        (b"--x\r\n\r\nname", "multipart/form-data; boundary=x"),
    ],
)
@pytest.mark.parametrize("path", ["/coach/login", "/coach/account"])
async def test_a_form_that_cannot_be_read_is_refused(client, desk, path, body, kind):
    response = await client.post(
        path, data=body, headers={"Content-Type": kind}, cookies=desk.cookies
    )
    assert response.status in (400, 403), await response.text()


@pytest.mark.parametrize("path", ["/coach/audit?who=a%00b", "/coach/accounts/%00"])
async def test_no_address_holds_what_a_database_cannot(admin, path):
    assert (await admin.get(path)).status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/coach/",
        "/coach//accounts",
        "/co%61ch/accounts",
        "/coach%2Faccounts",
        "//coach/accounts",
        "/coach/login/../accounts",
        "/coach/assets/../accounts",
        "/coach/assets/%2e%2e/accounts",
        "/coach/loginx",
        "/COACH/accounts",
    ],
)
async def test_no_way_of_writing_an_address_leads_past_the_guard(client, path):
    address = URL(str(client.make_url("/")) + path[1:], encoded=True)
    async with client.session.get(address, allow_redirects=False) as response:
        assert response.status in (303, 404)
        assert "<table" not in await response.text()
