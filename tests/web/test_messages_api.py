from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest


async def test_a_message_is_answered_by_the_bot(person, rasa):
    (reply,) = await person.say(" hi ")
    assert reply == {
        "id": 3,
        "from": "bot",
        "language": "en",
        "text": "You said: hi",
        "buttons": [{"title": "Yes", "payload": "/affirm"}],
        "custom": None,
    }
    assert rasa.requests == [
        {
            "sender": person.id,
            "text": "hi",
            "metadata": {
                "language": "en",
                "plain_language": False,
                "asked": None,
                "heard": None,
                "first": True,
            },
        }
    ]


async def test_ids_rise_through_the_conversation(person):
    for text in ("a", "b"):
        await person.say(text)
    assert [line["id"] for line in await person.history()] == [1, 2, 3, 4, 5]


async def test_history_holds_ones_own_messages_too(person):
    await person.say("hi", client_id="k1")
    assert [(line["from"], line["text"]) for line in await person.history(after=1)] == [
        ("person", "hi"),
        ("bot", "You said: hi"),
    ]
    assert (await person.history(after=1))[0]["client_id"] == "k1"


async def test_replies_alone_can_be_read(client, person):
    await person.say("hi")
    response = await client.get("/api/messages?after=1", headers=person.headers)
    body = await response.json()
    assert [line["from"] for line in body["replies"]] == ["bot"]
    assert (body["more"], body["state"]["state"]) == (False, "with_bot")


async def test_the_bot_learns_what_it_asked_and_heard(person, rasa):
    rasa.answer = lambda _: rasa.say(
        "?",
        asked="place",
        understood={
            "intent": "inform",
            "confidence": 1.0,
            "language": "sv",
            "slots": {"place": "743"},
            "entities": [],
        },
    )
    await person.say("hej")
    await person.say("hej igen")
    metadata = rasa.requests[-1]["metadata"]
    assert metadata == {
        "language": "en",
        "plain_language": False,
        "asked": "place",
        "heard": "sv",
        "first": False,
    }


async def test_a_change_of_language_stays(person, rasa):
    rasa.answer = lambda _: rasa.say("Hej", language="sv", plain_language=True)
    (reply,) = await person.say("på svenska")
    assert reply["language"] == "sv"
    rasa.answer = rasa.echo
    await person.say("tack")
    metadata = rasa.requests[-1]["metadata"]
    assert (metadata["language"], metadata["plain_language"]) == ("sv", True)


@pytest.mark.parametrize("text", ["/restart", '/inform{"place": "743"}', "/EXTERNAL_x", "/back"])
async def test_typed_commands_are_text(person, rasa, text):
    await person.say(text)
    assert rasa.requests[-1]["text"] == text
    assert "payload" not in rasa.requests[-1]


@pytest.mark.parametrize(
    "text",
    [
        "🙂",
        "👩🏽‍⚕️👨‍👩‍👧",
        "<script>alert(1)</script>",
        "'; DROP TABLE messages; --",
        "{{ 7 * 7 }}",
        "rivi\nrivi",
        "x" * 2000,
        "مرحبا",
    ],
)
async def test_odd_words_are_only_words(person, rasa, text):
    await person.say(text)
    assert rasa.requests[-1]["text"] == text
    assert (await person.history(after=1))[0]["text"] == text


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("\ud83da\udc00", "a"),
        ("evil\u202etxt", "eviltxt"),
        ("\ufeffhi\u200b", "hi"),
    ],
)
async def test_control_characters_are_left_out(person, rasa, text, heard):
    await person.say(text)
    assert rasa.requests[-1]["text"] == heard


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        ({}, 400, "missing_field"),
        ({"text": ""}, 400, "empty"),
        ({"text": " \n\t "}, 400, "empty"),
        ({"text": "\x00\x07"}, 400, "empty"),
        ({"payload": ""}, 400, "empty"),
        ({"text": None}, 400, "missing_field"),
        ({"text": 5}, 400, "wrong_value"),
        ({"text": ["hi"]}, 400, "wrong_value"),
        ({"text": {"a": 1}}, 400, "wrong_value"),
        ({"payload": True}, 400, "wrong_value"),
        ({"text": "hi", "payload": "/start"}, 400, "text_or_payload"),
        ({"text": "hi", "sender": "x"}, 400, "unknown_field"),
        ({"text": "hi", "metadata": {}}, 400, "unknown_field"),
        ({"text": "hi", "client_id": ""}, 400, "wrong_value"),
        ({"text": "hi", "client_id": 7}, 400, "wrong_value"),
        ({"text": "hi", "client_id": "x" * 65}, 400, "wrong_value"),
        ({"text": "hi", "client_id": "a b"}, 400, "wrong_value"),
        ({"text": "x" * 2001}, 413, "too_large"),
        ({"text": "x" * 5000}, 413, "too_large"),
        ({"text": "x" * 17000}, 413, "too_large"),
        ({"payload": "/affirm"}, 403, "forbidden"),
        ({"payload": "/restart"}, 403, "forbidden"),
        ({"payload": '/inform{"place": "743"}'}, 403, "forbidden"),
        ({"payload": "/start\x00"}, 403, "forbidden"),
        ({"payload": "/start\ud800"}, 403, "forbidden"),
    ],
)
async def test_bad_messages_are_refused_and_never_reach_the_bot(
    person, rasa, message, status, code
):
    response = await person.post(**message)
    assert (response.status, (await response.json())["error"]["code"]) == (status, code)
    assert rasa.requests == []
    assert len(await person.history()) == 1


async def test_a_field_that_is_unknown_is_named(person):
    response = await person.post(text="hi", colour="red")
    assert "colour" in (await response.json())["error"]["message"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xe4\xf6", b"\x00", b"{" * 15000])
async def test_malformed_bodies_are_refused(client, person, data):
    response = await client.post("/api/messages", data=data, headers=person.headers)
    assert response.status == 400


async def test_a_conversation_must_be_named(client, person):
    for conversation in (None, 5, [person.id]):
        response = await client.post(
            "/api/messages",
            json={"conversation": conversation, "text": "hi"},
            headers=person.headers,
        )
        assert response.status == 400


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer x" * 100, "bearer wrong"],
)
async def test_without_the_token_nothing_is_told(client, person, header):
    headers = {} if header is None else {"Authorization": header}
    body = {"conversation": person.id, "text": "hi"}
    assert (await client.post("/api/messages", json=body, headers=headers)).status == 401
    assert (await client.get("/api/messages", headers=headers)).status == 401


async def test_another_persons_token_is_wrong_and_an_unknown_id_unknown(client, arrive):
    mine, other = await arrive(client), await arrive(client)
    for conversation, status in ((mine.id, 401), ("0" * 32, 404), ("\x00", 404), ("", 404)):
        response = await client.post(
            "/api/messages",
            json={"conversation": conversation, "text": "hi"},
            headers=other.headers,
        )
        assert response.status == status


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "9" * 30, "٣"])
async def test_after_must_be_a_number(client, person, after):
    response = await client.get("/api/messages", params={"after": after}, headers=person.headers)
    assert response.status == 400


async def test_an_unknown_parameter_is_named(client, person):
    response = await client.get("/api/messages?since=1", headers=person.headers)
    assert response.status == 400
    assert "since" in (await response.json())["error"]["message"]


async def test_an_issued_payload_is_accepted_and_shown_by_its_title(person, rasa):
    await person.say("hi")
    assert (await person.post(payload="/affirm")).status == 200
    assert rasa.requests[-1]["payload"] == "/affirm"
    assert [line["text"] for line in await person.history(after=3)] == [
        "Yes",
        "You said: /affirm",
    ]


async def test_the_actions_of_an_option_are_accepted(person, rasa):
    action = {"title": "More", "payload": '/ask_details{"option": "a"}'}
    custom = {"kind": "options", "options": [{"id": "a", "actions": [action]}], "total": 1}
    rasa.answer = lambda _: rasa.say("Here", custom=custom)
    (reply,) = await person.say("hi")
    assert reply["custom"] == custom
    assert (await person.post(payload=action["payload"])).status == 200


async def test_a_payload_of_anothers_conversation_is_refused(client, arrive, rasa):
    mine, other = await arrive(client), await arrive(client)
    await mine.say("hi")
    assert (await other.post(payload="/affirm")).status == 403


async def test_a_message_sent_twice_is_taken_once(person, rasa):
    first = await person.say("hi", client_id="a")
    assert await person.say("hi", client_id="a") == first
    assert len(rasa.requests) == 1
    assert len(await person.history()) == 3


async def test_a_message_sent_twice_at_once_is_taken_once(person, rasa):
    rasa.delay_seconds = 0.1
    first, second = await asyncio.gather(
        person.say("hi", client_id="a"), person.say("hi", client_id="a")
    )
    assert first == second
    assert len(rasa.requests) == 1


async def test_messages_at_once_are_answered_in_order(person, rasa):
    rasa.delay_seconds = 0.02
    await asyncio.gather(*(person.say(str(n)) for n in range(5)))
    history = await person.history(after=1)
    assert [line["from"] for line in history] == ["person", "bot"] * 5
    for own, answer in zip(history[::2], history[1::2], strict=True):
        assert answer["text"] == f"You said: {own['text']}"


async def test_one_persons_wait_is_nobody_elses(client, arrive, rasa):
    slow, quick = await arrive(client), await arrive(client)
    rasa.delay_seconds = 0.5
    waiting = asyncio.create_task(slow.say("hi"))
    await asyncio.sleep(0.1)
    rasa.delay_seconds = 0.0
    await quick.say("hi")
    assert not waiting.done()
    await waiting


async def test_a_conversation_may_say_only_so_much_a_minute(open_gateway, settings, arrive, rasa):
    client = await open_gateway(replace(settings, messages_per_minute=2))
    busy, other = await arrive(client), await arrive(client)
    statuses = [(await busy.post(text="hi")).status for _ in range(2)]
    refused = await busy.post(text="hi")
    assert [*statuses, refused.status] == [200, 200, 429]
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert (await other.post(text="hi")).status == 200
    assert len(rasa.requests) == 3


async def test_identifiers_are_masked_before_anything_sees_them(person, rasa, settings):
    text = "Olen 131052-308T, soita 040 123 4567 tai matti@esimerkki.fi"
    await person.say(text)
    masked = "Olen [identity code], soita [phone] tai [email]"
    assert rasa.requests[-1]["text"] == masked
    assert (await person.history(after=1))[0]["text"] == masked
    files = b"".join(path.read_bytes() for path in settings.home.glob("conversations.db*"))
    assert b"131052" not in files
    assert b"123 4567" not in files


async def test_errors_speak_the_language_that_is_asked_for(client):
    for language, word in (
        ("fi-FI,fi;q=0.9", "vain"),
        ("sv", "bara"),
        ("en", "only"),
        ("de", "only"),
    ):
        response = await client.get("/api/messages", headers={"Accept-Language": language})
        assert word in (await response.json())["error"]["message"]
