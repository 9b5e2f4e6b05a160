from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from coaching.db import open_engine
from coaching.privacy import load_pseudonyms, purge
from tests.web.kiosk import OPTION, OTHER, PLAN, SECRET, custom_of, enrol, path_of
from web.take_home_content import content_of

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def hear(rasa):
    """Have somebody be answered with a custom part."""

    async def hear(person, custom, text="Tässä."):
        rasa.answer = lambda _: rasa.say(text, custom=custom)
        return await person.say(SECRET)

    return hear


@pytest.fixture
async def planner(client, arrive, hear):
    """Return somebody with options and a plan, in Finnish."""
    person = await arrive(client, language="fi")
    await hear(person, custom_of("saved", OTHER))
    await hear(person, PLAN)
    return person


async def take(person):
    response = await person.client.post(
        f"/api/conversations/{person.id}/take-home", headers=person.headers
    )
    assert response.status == 200, await response.text()
    return await response.json()


async def test_the_page_has_options_steps_and_helpers_and_no_word_of_the_person(client, planner):
    part = await take(planner)
    assert set(part) == {"kind", "url", "qr_svg", "expires"}
    assert part["qr_svg"].startswith("<svg")
    response = await client.get(path_of(part["url"]))
    text = await response.text()
    assert response.status == 200
    for words in (
        "Johdatus",
        "Sosionomi (AMK), &lt;avoimen&gt; väylän opinnot",
        "Ilmoittaudu",
        "Juttele opolle",
        "Kokoa todistukset",
        "Valmentaja",
        "15.1.2027",
        "900 €",
    ):
        assert words in text, words
    assert SECRET not in text
    assert "52 km" not in text
    assert planner.id not in text


async def test_the_page_is_kept_by_nobody_and_found_by_no_search_engine(client, planner):
    response = await client.get(path_of((await take(planner))["url"]))
    headers = response.headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "no-referrer"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    # A kiosk prints it out of a frame.
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    text = await response.text()
    assert "<style" not in text
    assert "style=" not in text


async def test_nothing_of_the_person_is_stored_with_the_page(planner, rows):
    await take(planner)
    (content,) = rows("SELECT content FROM take_home_pages")
    assert SECRET not in str(content)
    assert "distance" not in str(content)


async def test_asked_for_again_the_address_stays_and_has_what_is_new(client, planner, hear):
    first = await take(planner)
    await hear(planner, custom_of("saved", OTHER, {**OTHER, "id": "c", "title": "Kolmas"}))
    second = await take(planner)
    assert second["url"] == first["url"]
    assert "Kolmas" in await (await client.get(path_of(first["url"]))).text()


async def test_the_bots_wish_is_done_by_the_gateway(planner, hear, client):
    (reply,) = await hear(planner, {"kind": "take_home"}, text="Ota mukaan.")
    assert reply["text"] == "Ota mukaan."
    assert reply["custom"]["kind"] == "take_home"
    assert (await client.get(path_of(reply["custom"]["url"]))).status == 200
    assert (await planner.history())[-1]["custom"] == reply["custom"]


async def test_the_bots_wish_with_nothing_to_take_is_answered_in_words(client, arrive, hear):
    person = await arrive(client, language="sv")
    (reply,) = await hear(person, {"kind": "take_home"})
    assert (reply["from"], reply["custom"]) == ("system", None)
    assert "ta med" in reply["text"]


async def test_with_nothing_to_take_it_is_said_how_to_get_something(client, person):
    response = await client.post(
        f"/api/conversations/{person.id}/take-home", headers=person.headers
    )
    assert response.status == 404
    assert (await response.json())["error"]["code"] == "nothing_to_take"


async def test_only_its_token_makes_a_page(client, planner, arrive):
    other = await arrive(client)
    address = f"/api/conversations/{planner.id}/take-home"
    assert (await client.post(address)).status == 401
    assert (await client.post(address, headers=other.headers)).status == 401


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("plain", [False, True])
async def test_the_page_speaks_the_conversations_language(client, arrive, hear, language, plain):
    person = await arrive(client, language=language, plain_language=plain)
    await hear(person, custom_of("options", OPTION, OTHER))
    text = await (await client.get(path_of((await take(person))["url"]))).text()
    assert f'<html lang="{language}">' in text
    title = {"fi": "Opintosi mukaan", "sv": "att ta med", "en": "to take home"}[language]
    assert title in text


async def test_the_dates_come_as_a_calendar_file(client, planner):
    url = (await take(planner))["url"]
    response = await client.get(path_of(url) + "/calendar.ics")
    assert response.content_type == "text/calendar"
    events = Calendar.from_ical(await response.read()).walk("VEVENT")
    # The plan tells the last day of the same option already.
    assert [(str(e["summary"]), e.decoded("dtstart")) for e in events] == [
        ("Ilmoittaudu", date(2027, 1, 15))
    ]


async def test_without_a_plan_the_last_days_to_apply_are_in_the_calendar(client, arrive, hear):
    person = await arrive(client, language="en")
    await hear(person, custom_of("options", OPTION, OTHER))
    url = (await take(person))["url"]
    events = Calendar.from_ical(
        await (await client.get(path_of(url) + "/calendar.ics")).read()
    ).walk("VEVENT")
    assert [e.decoded("dtstart") for e in events] == [date(2027, 1, 15)]


async def test_a_page_expires_and_says_what_to_do(open_gateway, settings, arrive, hear, rows):
    early = await open_gateway(replace(settings, fixed_now=NOW, take_home_days=14))
    person = await arrive(early, language="sv")
    await hear(person, custom_of("options", OPTION))
    part = await take(person)
    assert part["expires"].startswith("2026-12-04")
    path = path_of(part["url"])
    in_time = await open_gateway(replace(settings, fixed_now=NOW + timedelta(days=14)))
    assert (await in_time.get(path)).status == 200
    late_settings = replace(settings, fixed_now=NOW + timedelta(days=14, seconds=1))
    late = await open_gateway(late_settings)
    for address in (path, path + "/calendar.ics"):
        response = await late.get(address)
        assert response.status == 410
        text = await response.text()
        assert "Sidan har gått ut" in text
        assert "Sosionomi" not in text

    await purged(late_settings)
    assert rows("SELECT content, conversation_id FROM take_home_pages") == [(None, None)]
    assert (await late.get(path)).status == 410
    await purged(replace(settings, fixed_now=NOW + timedelta(days=105)))
    assert (await late.get(path)).status == 404


async def purged(settings):
    """Purge as the gateway does at times."""
    engine = open_engine(settings.conversations_url)
    purge(
        engine,
        retention_days=90,
        pseudonyms=load_pseudonyms(settings.home),
        now=settings.now(),
    )
    engine.dispose()


@pytest.mark.parametrize("key", ["x", "a" * 22, "a" * 5000, "%00", "å", "..%2f..%2fetc"])
async def test_an_unknown_page_says_what_to_do(client, key):
    response = await client.get(f"/k/{key}", headers={"Accept-Language": "fi"})
    assert response.status == 404
    if response.content_type == "text/html":
        assert "Sivua ei löydy" in await response.text()


async def test_erasing_the_conversation_erases_its_page(client, planner, rows, settings):
    path = path_of((await take(planner))["url"])
    await client.delete(f"/api/conversations/{planner.id}", headers=planner.headers)
    assert (await client.get(path)).status == 404
    assert rows("SELECT count(*) FROM take_home_pages") == [(0,)]
    files = b"".join(file.read_bytes() for file in settings.home.glob("conversations.db*"))
    assert path.removeprefix("/k/").encode() not in files


async def test_erasing_by_words_erases_the_page_too(client, planner, hear, rows):
    path = path_of((await take(planner))["url"])
    await hear(planner, {"kind": "erased"})
    assert (await client.get(path)).status == 404
    assert rows("SELECT count(*) FROM take_home_pages") == [(0,)]


async def test_a_page_outlives_the_visit_and_nothing_tells_whose_it_was(client, arrive, hear, rows):
    await enrol(client)
    person = await arrive(client, language="fi", channel="kiosk")
    await hear(person, custom_of("options", OPTION))
    path = path_of((await take(person))["url"])
    await client.post("/api/kiosk/end", json={"conversation": person.id})
    assert rows("SELECT count(*) FROM conversations") == [(0,)]
    assert rows("SELECT conversation_id FROM take_home_pages") == [(None,)]
    assert (await client.get(path)).status == 200


def test_what_was_put_aside_and_planned_comes_before_what_was_shown():
    shown = custom_of("options", {**OPTION, "id": "c"})
    content = content_of(saved=custom_of("saved", OTHER), plan=PLAN, shown=shown)
    assert [option["id"] for option in content["options"]] == ["b", "a"]
    content = content_of(saved=custom_of("saved"), plan=None, shown=shown)
    assert [option["id"] for option in content["options"]] == ["c"]
    assert content_of(saved=custom_of("saved"), plan=None, shown=None) is None


async def test_the_setting_says_where_people_reach_the_page(open_gateway, settings, arrive, hear):
    client = await open_gateway(replace(settings, public_url="https://opastin.example/"))
    person = await arrive(client)
    await hear(person, custom_of("options", OPTION))
    assert (await take(person))["url"].startswith("https://opastin.example/k/")


async def test_an_address_too_long_for_a_code_stands_in_words(client, arrive, hear):
    address = "https://lakeus.example/" + "a" * 3000
    person = await arrive(client)
    await hear(person, custom_of("options", {**OPTION, "url": address}))
    response = await client.get(path_of((await take(person))["url"]))
    assert response.status == 200
    text = await response.text()
    # The page's own code is there.
    assert (text.count(f'href="{address}"'), text.count("<img")) == (1, 1)


async def test_an_expired_page_says_so_in_easy_language(open_gateway, settings, arrive, hear):
    early = await open_gateway(replace(settings, fixed_now=NOW))
    person = await arrive(early, language="fi", plain_language=True)
    await hear(person, custom_of("options", OPTION))
    path = path_of((await take(person))["url"])
    late = await open_gateway(replace(settings, fixed_now=NOW + timedelta(days=15)))
    assert "Tämä sivu on vanha" in await (await late.get(path)).text()


async def test_links_that_are_no_web_addresses_are_left_out(client, arrive, hear):
    person = await arrive(client)
    await hear(person, custom_of("options", {**OPTION, "url": "javascript:alert(1)"}))
    assert (
        "javascript:" not in await (await client.get(path_of((await take(person))["url"]))).text()
    )
