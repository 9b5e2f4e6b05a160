"""What happens when the bot is away, when a person asks for a call, and at a goodbye."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from aiohttp import web

from coaching import handoff
from coaching.db import open_engine, session_factory
from coaching.models import Conversation

CALLBACK = {"kind": "handoff", "state": "callback"}


def nothing(_):
    return web.Response(status=500)


@pytest.mark.parametrize(
    "answer",
    [
        {"replies": []},
        {},
        [],
        None,
        {"replies": [{"text": "hi"}]},
        {"replies": [{"text": "hi"}], "language": "xx", "plain_language": False},
        {"replies": "hi", "language": "fi", "plain_language": False},
        {"replies": [{"text": "a", "buttons": [{}]}], "language": "fi", "plain_language": False},
        web.Response(status=500, text="boom"),
        web.Response(status=200, text="<html>"),
        web.Response(status=200, text="{", content_type="application/json"),
    ],
)
async def test_without_a_usable_answer_the_person_is_told(person, rasa, answer):
    rasa.answer = lambda _: answer
    response = await person.post(text="hi")
    body = await response.json()
    assert response.status == 503
    assert body["error"]["code"] == "unavailable"
    (reply,) = body["replies"]
    assert (reply["from"], reply["language"]) == ("system", "en")
    assert reply["buttons"] == [
        {"title": "Leave a call-back request", "payload": "/request_callback"}
    ]


async def test_a_bot_that_takes_too_long_is_away(open_gateway, settings, arrive, rasa):
    client = await open_gateway(replace(settings, bot_timeout_seconds=0.05))
    rasa.delay_seconds = 0.5
    assert (await (await arrive(client)).post(text="hi")).status == 503


async def test_a_bot_that_is_not_there_is_away(open_gateway, settings, arrive):
    client = await open_gateway(settings, url="http://127.0.0.1:9/")
    assert (await (await arrive(client)).post(text="hi")).status == 503


async def test_a_wrong_secret_is_no_answer(open_gateway, settings, arrive):
    client = await open_gateway(replace(settings, inner_secret="other"))
    assert (await (await arrive(client)).post(text="hi")).status == 503


async def test_sending_again_tries_again_and_stores_nothing_twice(person, rasa):
    rasa.answer = nothing
    failed = [await (await person.post(text="hi", client_id="a")).json() for _ in range(2)]
    assert failed[0]["replies"] == failed[1]["replies"]
    rasa.answer = rasa.echo
    (reply,) = await person.say("hi", client_id="a")
    assert reply["text"] == "You said: hi"
    assert await person.say("hi", client_id="a") == [reply]
    assert [line["from"] for line in await person.history()] == ["bot", "person", "system", "bot"]


async def test_a_callback_can_be_left_while_the_bot_is_away(person, rasa, rows):
    rasa.answer = nothing
    await person.post(text="hi")
    asked = await (await person.post(payload="/request_callback")).json()
    assert asked["replies"][0]["from"] == "system"
    assert "custom" in asked["replies"][0]
    (reply,) = await person.say("040 123 4567, evenings")
    assert reply["custom"]["state"] == "callback"
    assert rows("SELECT contact, words FROM callback_requests") == [
        ("040 123 4567", "hi\n[phone], evenings")
    ]


async def test_words_without_a_contact_are_no_callback(person, rasa, rows):
    rasa.answer = nothing
    await person.post(text="hi")
    await person.post(payload="/request_callback")
    assert (await person.post(text="never mind")).status == 503
    rasa.answer = rasa.echo
    await person.say("hi again")
    assert rasa.requests[-1]["metadata"]["asked"] is None
    assert rows("SELECT count(*) FROM callback_requests") == [(0,)]


async def test_the_bots_callback_is_stored_with_the_contact(person, rasa, rows):
    rasa.answer = lambda _: rasa.say("Where?", asked="contact")
    await person.say("call me please")
    rasa.answer = lambda _: rasa.say("When?", asked="contact")
    await person.say("matti@esimerkki.fi")
    rasa.answer = lambda _: rasa.say("Thanks", custom=CALLBACK)
    (reply,) = await person.say("on Monday")
    assert reply["custom"] == CALLBACK | {
        "position": None,
        "hours": "on weekdays",
    }
    assert rows("SELECT contact, words, state FROM callback_requests") == [
        ("matti@esimerkki.fi", "call me please\n[email]\non Monday", "open")
    ]
    assert rows("SELECT state, who, why FROM handoff_changes") == [
        ("callback", "person", "asked_for_callback")
    ]


async def test_the_bot_goes_on_after_a_callback_request(person, rasa):
    rasa.answer = lambda _: rasa.say("Thanks", custom=CALLBACK)
    await person.say("040 123 4567")
    rasa.answer = rasa.echo
    assert (await person.say("and what about evenings"))[0]["from"] == "bot"


async def test_without_a_contact_the_person_is_asked_again(person, rasa, rows):
    rasa.answer = lambda _: rasa.say("Thanks", custom=CALLBACK)
    (question,) = await person.say("call me")
    assert (question["from"], question["custom"]) == ("system", None)
    asked = len(rasa.requests)
    (reply,) = await person.say("040 123 4567")
    assert reply["custom"]["state"] == "callback"
    assert len(rasa.requests) == asked
    assert rows("SELECT contact FROM callback_requests") == [("040 123 4567",)]


async def test_an_offer_of_a_person_changes_no_state(person, rasa, rows):
    rasa.answer = lambda _: rasa.say("A coach?", custom={"kind": "handoff", "state": "offered"})
    (reply,) = await person.say("human please")
    assert reply["custom"]["state"] == "offered"
    assert rows("SELECT state FROM conversations") == [("with_bot",)]


@pytest.mark.parametrize("state", ["waiting", "with_coach"])
async def test_the_bot_is_silent_while_a_coach_is_awaited_or_there(person, rasa, settings, state):
    engine = open_engine(settings.conversations_url)
    with session_factory(engine).begin() as session:
        conversation = session.get(Conversation, person.id)
        handoff.change_state(
            session, conversation, state, who="coach", why="test", now=settings.now()
        )
    engine.dispose()
    assert await person.say("hello?", client_id="a") == []
    assert await person.say("hello?", client_id="a") == []
    assert rasa.requests == []
    assert [line["text"] for line in await person.history(after=1)] == ["hello?"]


async def test_after_a_goodbye_nothing_is_left(person, rasa, rows):
    rasa.answer = lambda _: rasa.say("All is deleted.", custom={"kind": "erased"})
    (reply,) = await person.say("delete everything")
    assert (reply["id"], reply["text"], reply["custom"]) == (
        3,
        "All is deleted.",
        {"kind": "erased"},
    )
    assert (await person.post(text="hi")).status == 410
    assert rows("SELECT id FROM conversations") == []
    assert rows("SELECT text FROM messages UNION SELECT text FROM replies") == []
    assert rows("SELECT count(*) FROM erased") == [(1,)]


async def test_logs_name_nobody_and_quote_nothing(person, rasa, caplog):
    caplog.set_level(logging.INFO)
    # A test before may have settled the levels of a whole process.
    caplog.set_level(logging.INFO, logger="web")
    await person.say("my secret wish")
    rasa.answer = nothing
    await person.post(text="my other secret")
    ours = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("web")
    )
    assert "answered in" in ours
    assert "no answer" in ours
    assert person.id not in ours
    assert person.token not in ours
    assert "secret" not in ours
