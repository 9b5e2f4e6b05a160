from __future__ import annotations

from dataclasses import replace

import pytest

from coaching.db import open_engine


async def test_a_conversation_begins_with_the_greeting(client):
    response = await client.post("/api/conversations", json={"language": "sv", "channel": "web"})
    body = await response.json()
    assert response.status == 201
    assert body["replies"] == [
        {
            "id": 1,
            "from": "bot",
            "language": "sv",
            "text": "Hej!",
            "buttons": [{"title": "Go", "payload": "/start"}],
            "custom": None,
        }
    ]
    assert len(body["token"]) > 40


async def test_the_greeting_can_be_in_easy_language(client, arrive):
    person = await arrive(client, language="fi", plain_language=True)
    assert person.replies[0]["text"] == "Hei."


async def test_nothing_need_be_said_to_begin(client, arrive):
    assert (await arrive(client)).replies[0]["language"] == "fi"


async def test_the_greetings_button_is_accepted(person):
    assert (await person.post(payload="/start")).status == 200


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"language": "de"}, "language"),
        ({"language": 5}, "language"),
        ({"language": ["fi"]}, "language"),
        ({"language": None}, "language"),
        ({"channel": "phone"}, "channel"),
        ({"plain_language": "yes"}, "plain_language"),
        ({"referral": "a b"}, "referral"),
        ({"referral": "a" * 33}, "referral"),
        ({"referral": 5}, "referral"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_a_bad_field_is_named(client, body, name):
    response = await client.post("/api/conversations", json=body)
    assert response.status == 400
    assert f"“{name}”" in (await response.json())["error"]["message"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b'{"language": NaN}',
        b"[" * 16000,
        b"9" * 9000,
    ],
)
async def test_what_is_no_object_is_malformed(client, data):
    response = await client.post("/api/conversations", data=data)
    assert response.status == 400
    assert (await response.json())["error"]["code"] == "malformed"


async def test_an_address_may_begin_only_so_many_a_minute(open_gateway, settings):
    client = await open_gateway(replace(settings, conversations_per_minute=2))
    statuses = [(await client.post("/api/conversations", json={})).status for _ in range(3)]
    refused = await client.post("/api/conversations", json={})
    assert statuses == [201, 201, 429]
    assert 1 <= int(refused.headers["Retry-After"]) <= 61


async def test_the_language_can_be_changed(client, person, rasa):
    response = await client.patch(
        f"/api/conversations/{person.id}",
        json={"language": "sv", "plain_language": True},
        headers=person.headers,
    )
    assert await response.json() == {
        "conversation": person.id,
        "language": "sv",
        "plain_language": True,
    }
    (reply,) = await person.say("hej")
    assert reply["language"] == "sv"
    metadata = rasa.requests[-1]["metadata"]
    assert (metadata["language"], metadata["plain_language"]) == ("sv", True)


@pytest.mark.parametrize(
    "body", [{}, {"language": "no"}, {"language": ""}, {"text": "hi"}, {"plain_language": None}]
)
async def test_a_change_must_be_one(client, person, body):
    response = await client.patch(
        f"/api/conversations/{person.id}", json=body, headers=person.headers
    )
    assert response.status == 400


@pytest.mark.parametrize("method", ["patch", "delete"])
async def test_only_its_token_opens_a_conversation(client, arrive, method):
    mine, other = await arrive(client), await arrive(client)
    send = getattr(client, method)
    address = f"/api/conversations/{mine.id}"
    body = {"json": {"language": "sv"}}
    assert (await send(address, **body)).status == 401
    assert (await send(address, **body, headers=other.headers)).status == 401
    unknown = "/api/conversations/" + "0" * 32
    assert (await send(unknown, **body, headers=mine.headers)).status == 404
    assert (await send("/api/conversations/a", **body, headers=mine.headers)).status == 404


async def test_erasing_leaves_nothing_and_answers_gone_for_good(
    client, person, open_gateway, settings, rows
):
    await person.say("my secret wish", client_id="a")
    response = await client.delete(f"/api/conversations/{person.id}", headers=person.headers)
    assert response.status == 204

    for gateway in (client, await open_gateway(settings)):
        person.client = gateway
        assert (await person.post(text="hi")).status == 410
        history = await gateway.get("/api/messages", headers=person.headers)
        assert history.status == 410
        again = await gateway.delete(f"/api/conversations/{person.id}", headers=person.headers)
        assert again.status == 410
    assert rows("SELECT count(*) FROM messages") == [(0,)]
    files = b"".join(path.read_bytes() for path in settings.home.glob("conversations.db*"))
    assert b"my secret wish" not in files


async def test_erasing_reaches_the_tables_of_rasa(client, person, settings, rows):
    engine = open_engine(settings.conversations_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO events (sender_id, type_name) VALUES (?, 'user')", (person.id,)
        )
    engine.dispose()
    await client.delete(f"/api/conversations/{person.id}", headers=person.headers)
    assert rows("SELECT count(*) FROM events") == [(0,)]


async def test_a_token_that_was_not_used_for_long_is_gone(open_gateway, settings, arrive):
    from datetime import datetime, timedelta, timezone

    day = datetime(2026, 3, 1, tzinfo=timezone.utc)
    early = await open_gateway(replace(settings, fixed_now=day))
    person = await arrive(early)
    person.client = await open_gateway(replace(settings, fixed_now=day + timedelta(days=31)))
    assert (await person.post(text="hi")).status == 410


async def test_who_sent_the_person_is_kept(client, arrive, rows):
    await arrive(client, referral="KIRJASTO-1")
    assert rows("SELECT referral FROM conversations") == [("KIRJASTO-1",)]
