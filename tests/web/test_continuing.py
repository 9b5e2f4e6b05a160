from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tests.web.kiosk import enrol, path_of
from web.hub import GONE
from web.keys import VISITS

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)


async def offer(person):
    response = await person.client.post(
        f"/api/conversations/{person.id}/continue", headers=person.headers
    )
    assert response.status == 200, await response.text()
    return await response.json()


async def take_over(client, path):
    response = await client.post(path)
    assert response.status == 200, await response.text()
    return re.search(r'data-token="([^"]+)"', await response.text()).group(1)


async def test_a_phone_takes_the_conversation_over_with_a_token_of_its_own(client, person):
    await person.say("hello")
    part = await offer(person)
    assert set(part) == {"url", "qr_svg", "expires"}
    path = path_of(part["url"])
    token = await take_over(client, path)
    assert token not in part["url"]
    assert (await person.post(text="hi")).status == 401
    person.token = token
    assert (await person.history())[1]["text"] == "hello"


async def test_looking_at_the_address_uses_nothing_up(client, person):
    path = path_of((await offer(person))["url"])
    for _ in range(3):
        page = await client.get(path)
        assert (page.status, page.headers["Cache-Control"]) == (200, "no-store")
        text = await page.text()
        assert text.count("<button") == 1
        assert person.token not in text
        assert person.id not in text
    await client.head(path)
    await take_over(client, path)


async def test_a_phone_without_scripts_gets_the_plain_chat(client, person):
    await person.say("hello")
    response = await client.post(path_of((await offer(person))["url"]))
    assert 'href="/chat"' in await response.text()
    cookie = response.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/chat"):
        assert part in cookie
    assert "hello" in await (await client.get("/chat")).text()


@pytest.mark.parametrize("method", ["get", "post"])
async def test_a_replay_is_told_that_it_is_over(client, person, method):
    path = path_of((await offer(person))["url"])
    await take_over(client, path)
    again = await getattr(client, method)(path, headers={"Accept-Language": "sv"})
    assert again.status == 410
    text = await again.text()
    assert "fungerar inte längre" in text
    assert "data-token" not in text


async def test_of_two_phones_one_gets_it(client, person):
    path = path_of((await offer(person))["url"])
    answers = await asyncio.gather(*(client.post(path) for _ in range(5)))
    assert sorted(answer.status for answer in answers) == [200, 410, 410, 410, 410]


async def test_the_address_lives_five_minutes(open_gateway, settings, arrive):
    early = await open_gateway(replace(settings, fixed_now=NOW))
    path = path_of((await offer(await arrive(early)))["url"])
    in_time = await open_gateway(replace(settings, fixed_now=NOW + timedelta(minutes=5)))
    assert (await in_time.get(path)).status == 200
    late = await open_gateway(replace(settings, fixed_now=NOW + timedelta(minutes=5, seconds=1)))
    assert (await late.get(path)).status == 410
    assert (await late.post(path)).status == 410


async def test_a_new_address_ends_the_last(client, person):
    first, second = path_of((await offer(person))["url"]), path_of((await offer(person))["url"])
    assert (await client.post(first)).status == 410
    assert (await client.post(second)).status == 200


@pytest.mark.parametrize("code", ["x", "a" * 3000, "%00", "å"])
async def test_an_unknown_address_is_over(client, code):
    assert (await client.get(f"/continue/{code}")).status == 410
    assert (await client.post(f"/continue/{code}")).status == 410


@pytest.mark.parametrize("address", ["/continue/guess", "/kiosk/enrol/guess"])
async def test_guessing_keeps_nobody_from_writing(client, settings, address):
    path = settings.conversations_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert (await client.post(address)).status == 410


async def test_only_its_token_offers_a_conversation(client, person, arrive):
    other = await arrive(client)
    address = f"/api/conversations/{person.id}/continue"
    assert (await client.post(address)).status == 401
    assert (await client.post(address, headers=other.headers)).status == 401


async def test_the_database_holds_no_code(client, person, rows):
    code = (await offer(person))["url"].rpartition("/")[2]
    assert code not in str(rows("SELECT * FROM tickets"))


async def test_the_kiosks_screen_is_closed(client, arrive):
    await enrol(client)
    person = await arrive(client, channel="kiosk")
    async with client.ws_connect("/api/chat") as socket:
        await socket.send_json({"token": person.token})
        await socket.receive_json()
        await take_over(client, path_of((await offer(person))["url"]))
        assert (await socket.receive()).data == GONE


async def test_the_end_of_the_visit_does_not_reach_the_phone(client, arrive):
    await enrol(client)
    person = await arrive(client, channel="kiosk")
    token = await take_over(client, path_of((await offer(person))["url"]))
    for body in ({"conversation": person.id}, {}):
        await client.post("/api/kiosk/end", json=body)
    await arrive(client, channel="kiosk")
    person.token = token
    assert (await person.post(text="hi")).status == 200


async def test_the_visit_may_end_before_the_phone_takes_it(client, arrive):
    await enrol(client)
    person = await arrive(client, channel="kiosk")
    path = path_of((await offer(person))["url"])
    await client.post("/api/kiosk/end", json={"conversation": person.id})
    assert (await person.post(text="hi")).status == 410
    await client.app[VISITS].tidy()
    person.token = await take_over(client, path)
    assert (await person.post(text="hi")).status == 200


async def test_a_conversation_that_no_phone_took_is_erased(open_gateway, settings, arrive, rows):
    early = await open_gateway(replace(settings, fixed_now=NOW))
    await enrol(early)
    person = await arrive(early, channel="kiosk")
    path = path_of((await offer(person))["url"])
    await early.post("/api/kiosk/end", json={"conversation": person.id})
    assert rows("SELECT count(*) FROM conversations") == [(1,)]
    late = await open_gateway(replace(settings, fixed_now=NOW + timedelta(minutes=6)))
    await late.app[VISITS].tidy()
    for table in ("conversations", "replies", "tickets"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608
    assert (await late.post(path)).status == 410


async def test_erasing_ends_the_address(client, person):
    path = path_of((await offer(person))["url"])
    await client.delete(f"/api/conversations/{person.id}", headers=person.headers)
    assert (await client.post(path)).status == 410


@pytest.mark.parametrize(
    ("query", "language"), [("?language=sv", "sv"), ("", "fi"), ("?language=x", "fi")]
)
async def test_the_chat_has_a_page_of_its_own(client, query, language):
    response = await client.get(f"/continue{query}")
    text = await response.text()
    assert f'<html lang="{language}">' in text
    assert 'src="/widget.js"' in text
    assert "unsafe" not in response.headers["Content-Security-Policy"]
