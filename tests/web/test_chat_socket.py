from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError, web

from coaching import handoff
from coaching.db import open_engine, session_factory
from coaching.models import Conversation
from web import chat_socket, hub
from web.keys import HUB, STORAGE


@asynccontextmanager
async def follow(person, *, after=0, compress=0, **headers):
    """Open a socket and send its first frame."""
    async with person.client.ws_connect("/api/chat", headers=headers, compress=compress) as socket:
        await socket.send_json({"token": person.token, "after": after})
        yield socket


@asynccontextmanager
async def listen(person, **wishes):
    """Open a socket that certainly follows the conversation, the greeting read."""
    async with follow(person, **wishes) as socket:
        await read(socket, 1)
        yield socket


async def read(socket, count):
    return [await socket.receive_json(timeout=5) for _ in range(count)]


async def close_code(socket):
    while True:
        frame = await socket.receive(timeout=5)
        if frame.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING):
            return socket.close_code


async def test_a_socket_begins_with_what_was_said(person):
    async with follow(person) as socket:
        (frame,) = await read(socket, 1)
    assert frame == {"message": person.replies[0]}


async def test_a_message_comes_back_numbered_then_typing_then_the_reply(person):
    async with follow(person, after=1) as socket:
        await socket.send_json({"client_id": "a", "text": "hi"})
        own, typing, reply = await read(socket, 3)
    assert own == {
        "message": {"id": 2, "from": "person", "language": "en", "text": "hi", "client_id": "a"}
    }
    assert typing == {"typing": True}
    assert reply["message"]["id"] == 3
    assert reply["message"] in await person.history()


async def test_only_what_is_missing_is_sent_on_return(person):
    await person.say("one")
    await person.say("two")
    async with follow(person, after=3) as socket:
        frames = await read(socket, 2)
    assert [frame["message"]["text"] for frame in frames] == ["two", "You said: two"]


async def test_a_long_history_comes_in_pages_and_in_order(person, monkeypatch):
    for n in range(4):
        await person.say(str(n))
    monkeypatch.setattr(chat_socket, "PAGE", 200)
    async with follow(person) as socket:
        frames = await read(socket, 9)
    assert [frame["message"]["id"] for frame in frames] == list(range(1, 10))


async def test_every_socket_of_a_conversation_gets_everything(person):
    async with listen(person) as first, listen(person) as second:
        await first.send_json({"text": "hi"})
        assert await read(first, 3) == await read(second, 3)
        await person.say("over HTTP")
        assert await read(first, 3) == await read(second, 3)


async def test_sockets_of_others_get_nothing(client, arrive):
    mine, other = await arrive(client), await arrive(client)
    async with listen(other) as socket:
        await mine.say("hi")
        with pytest.raises(asyncio.TimeoutError):
            await socket.receive(timeout=0.1)


async def test_a_pressed_button_is_accepted(person, rasa):
    async with follow(person, after=1) as socket:
        await socket.send_json({"client_id": "a", "payload": "/start"})
        frames = await read(socket, 3)
    assert frames[0]["message"]["text"] == "Go"
    assert rasa.requests[-1]["payload"] == "/start"


async def test_a_message_sent_again_is_answered_the_same(person, rasa):
    async with follow(person, after=1) as socket:
        await socket.send_json({"client_id": "a", "text": "hi"})
        own, _, reply = await read(socket, 3)
        await socket.send_json({"client_id": "a", "text": "hi"})
        assert await read(socket, 2) == [own, reply]
    assert len(rasa.requests) == 1


async def test_messages_on_one_socket_are_answered_in_order(person):
    async with follow(person, after=1) as socket:
        for n in range(4):
            await socket.send_json({"text": str(n)})
        frames = [frame for frame in await read(socket, 12) if "message" in frame]
    assert [frame["message"]["id"] for frame in frames] == list(range(2, 10))


async def test_a_reply_waits_for_the_person_to_return(person, rasa):
    rasa.delay_seconds = 0.2
    async with follow(person, after=1) as socket:
        await socket.send_json({"text": "hi"})
        await read(socket, 1)
    await asyncio.sleep(0.5)
    async with follow(person, after=2) as socket:
        (frame,) = await read(socket, 1)
    assert frame["message"]["text"] == "You said: hi"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "malformed"),
        ("[]", "malformed"),
        ("", "malformed"),
        ('{"text": ""}', "empty"),
        ('{"text": 5}', "wrong_value"),
        ('{"text": "hi", "conversation": "x"}', "unknown_field"),
        ('{"payload": "/restart"}', "forbidden"),
        ('{"text": "' + "x" * 2001 + '"}', "too_large"),
        ("{}", "missing_field"),
    ],
)
async def test_a_bad_frame_is_refused_and_the_talk_goes_on(person, rasa, frame, code):
    async with follow(person, after=1) as socket:
        await socket.send_str(frame)
        (refusal,) = await read(socket, 1)
        assert refusal["error"]["code"] == code
        assert rasa.requests == []
        await socket.send_json({"text": "hi"})
        assert (await read(socket, 3))[2]["message"]["text"] == "You said: hi"


@pytest.mark.parametrize(
    "sent", [{"payload": "/restart"}, {"text": ""}, {"text": "a" * 5000}, {"foo": 1}]
)
async def test_a_refusal_names_the_message(person, sent):
    async with follow(person, after=1) as socket:
        await socket.send_json({"client_id": "a", **sent})
        (refusal,) = await read(socket, 1)
    assert refusal["client_id"] == "a"


@pytest.mark.parametrize(
    "frame",
    [
        '{"token": "again", "after": 0}',
        '{"text": ' + "[" * 7000 + "]" * 7000 + "}",
        "[" * 15_000,
        '{"text": 1e999}',
        '{"text": NaN}',
        '"text"',
        "\x00",
        '{"client_id": {"a": 1}, "text": "hi"}',
    ],
)
async def test_frames_out_of_order_and_odd_ones_are_refused(person, rasa, frame):
    async with follow(person, after=1) as socket:
        await socket.send_str(frame)
        (refusal,) = await read(socket, 1)
        assert "error" in refusal
        await socket.send_json({"text": "hi"})
        assert (await read(socket, 3))[2]["message"]["text"] == "You said: hi"
    assert len(rasa.requests) == 1


async def test_whoever_sends_only_rubbish_is_let_go_and_others_are_not_kept(client, arrive):
    rude, other = await arrive(client), await arrive(client)
    async with follow(rude, after=1) as socket, listen(other) as quiet:
        for _ in range(5000):
            await socket.send_str("{")
        await quiet.send_json({"text": "hi"})
        await read(quiet, 3)
        frames = 0
        while (await socket.receive(timeout=5)).type is WSMsgType.TEXT:
            frames += 1
    assert frames <= 2 * chat_socket.MAX_FAULTS
    await rude.say("sorry")


async def test_a_token_of_another_conversation_shows_only_its_own(client, arrive):
    mine, other = await arrive(client, language="fi"), await arrive(client, language="en")
    async with client.ws_connect("/api/chat") as socket:
        await socket.send_json({"token": f"{mine.id}.{other.token.partition('.')[2]}"})
        assert (await read(socket, 1))[0]["error"]["code"] == "token"
        assert await close_code(socket) == 4401


async def test_erasing_in_mid_answer_ends_the_socket(client, person, rasa, rows):
    rasa.delay_seconds = 0.3
    async with follow(person, after=1) as socket:
        await socket.send_json({"client_id": "a", "text": "hi"})
        await read(socket, 2)
        response = await client.delete(f"/api/conversations/{person.id}", headers=person.headers)
        assert response.status == 204
        assert await close_code(socket) == 4410
    assert rows("SELECT count(*) FROM messages") == [(0,)]


async def test_a_refusal_follows_the_talk_into_another_language(person, rasa):
    rasa.answer = lambda _: rasa.say("Hej", language="sv")
    async with follow(person, after=1) as socket:
        await socket.send_json({"text": "på svenska"})
        await read(socket, 3)
        await socket.send_json({"payload": "/restart"})
        (refusal,) = await read(socket, 1)
    assert "Knappen går inte" in refusal["error"]["message"]


async def test_bytes_are_no_message(person):
    async with follow(person, after=1) as socket:
        await socket.send_bytes(b"hi")
        assert (await read(socket, 1))[0]["error"]["code"] == "malformed"


async def test_a_frame_that_is_too_large_ends_the_socket_alone(person):
    async with follow(person, after=1) as socket:
        await socket.send_str("x" * 20_000)
        assert await close_code(socket) == 1009
    await person.say("still here")


async def test_without_the_bot_the_person_is_told(person, rasa):
    rasa.answer = lambda _: web.Response(status=500)
    async with follow(person, after=1) as socket:
        await socket.send_json({"client_id": "a", "text": "hi"})
        _, _, told, refusal = await read(socket, 4)
    assert told["message"]["from"] == "system"
    assert (refusal["error"]["code"], refusal["client_id"]) == ("unavailable", "a")
    assert refusal["replies"] == [told["message"]]


async def test_too_many_messages_are_refused(open_gateway, settings, arrive):
    person = await arrive(await open_gateway(replace(settings, messages_per_minute=1)))
    async with follow(person, after=1) as socket:
        await socket.send_json({"text": "hi"})
        await read(socket, 3)
        await socket.send_json({"client_id": "b", "text": "hi"})
        (refusal,) = await read(socket, 1)
    assert (refusal["error"]["code"], refusal["client_id"]) == ("rate", "b")
    assert 1 <= refusal["retry_after"] <= 61


async def test_a_flood_while_the_bot_thinks_is_refused(person, rasa):
    rasa.delay_seconds = 0.3
    async with follow(person, after=1) as socket:
        for n in range(chat_socket.MAX_WAITING + 4):
            await socket.send_json({"text": str(n)})
        frames = await read(socket, 5)
    assert "rate" in [frame["error"]["code"] for frame in frames if "error" in frame]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", 4400),
        ('{"token": "x", "text": "hi"}', 4400),
        ("{}", 4401),
        ('{"token": 5}', 4401),
        ('{"token": "wrong"}', 4401),
        ('{"token": "' + "0" * 32 + '.x"}', 4401),
    ],
)
async def test_a_socket_must_begin_with_its_token(client, frame, code):
    async with client.ws_connect("/api/chat") as socket:
        await socket.send_str(frame)
        (refusal,) = await read(socket, 1)
        assert "error" in refusal
        assert await close_code(socket) == code


@pytest.mark.parametrize("after", [-1, "x", 1.5, None, [1], True])
async def test_after_must_be_a_number(person, after):
    async with follow(person, after=after) as socket:
        assert (await read(socket, 1))[0]["error"]["code"] == "wrong_value"
        assert await close_code(socket) == 4400


async def test_whoever_says_nothing_is_let_go(client, monkeypatch):
    monkeypatch.setattr(chat_socket, "FIRST_FRAME_SECONDS", 0.05)
    async with client.ws_connect("/api/chat") as socket:
        await read(socket, 1)
        assert await close_code(socket) == 4401


async def test_erasing_ends_the_sockets(client, person):
    async with follow(person, after=1) as socket:
        await socket.send_json({"text": "hi"})
        await read(socket, 3)
        await client.delete(f"/api/conversations/{person.id}", headers=person.headers)
        assert await close_code(socket) == 4410
    async with follow(person) as socket:
        assert (await read(socket, 1))[0]["error"]["code"] == "gone"
        assert await close_code(socket) == 4410


async def test_a_goodbye_is_heard_before_the_end(person, rasa):
    rasa.answer = lambda _: rasa.say("Deleted.", custom={"kind": "erased"})
    async with listen(person) as first, listen(person) as second:
        await first.send_json({"text": "delete"})
        for socket in (first, second):
            frames = await read(socket, 3)
            assert frames[-1]["message"]["custom"] == {"kind": "erased"}
            assert await close_code(socket) == 4410


async def test_a_callback_request_is_told_as_a_state_too(person, rasa):
    custom = {"kind": "handoff", "state": "callback"}
    rasa.answer = lambda _: rasa.say("Thanks", custom=custom)
    async with listen(person) as socket:
        await socket.send_json({"text": "040 123 4567"})
        frames = await read(socket, 4)
    assert frames[2]["message"]["custom"]["state"] == "callback"
    assert frames[3]["state"]["state"] == "callback"


async def test_a_number_that_was_never_given_hides_nothing(person):
    async with follow(person, after=999) as socket:
        await socket.send_json({"text": "hi"})
        frames = await read(socket, 3)
    assert [frame["message"]["id"] for frame in (frames[0], frames[2])] == [2, 3]


async def test_a_failed_message_sent_again_is_told_once(person, rasa):
    rasa.answer = lambda _: web.Response(status=500)
    async with listen(person) as socket:
        await socket.send_json({"client_id": "a", "text": "hi"})
        own, *_ = await read(socket, 4)
        rasa.answer = rasa.echo
        await socket.send_json({"client_id": "a", "text": "hi"})
        frames = await read(socket, 3)
        with pytest.raises(asyncio.TimeoutError):
            await socket.receive(timeout=0.1)
    told = [frame["message"] for frame in frames if "message" in frame]
    assert sorted(message["id"] for message in told) == [2, 4]
    assert own["message"] in told


async def test_a_failure_of_ours_closes_the_socket_and_nothing_else(person, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("coaching.conversations.read_after", fail)
        async with follow(person) as socket:
            assert (await read(socket, 1))[0]["error"]["code"] == "internal"
            assert await close_code(socket) == hub.TRY_AGAIN
    await person.say("hi")


async def test_nothing_is_typed_while_a_coach_is_awaited(person, rasa, settings):
    engine = open_engine(settings.conversations_url)
    with session_factory(engine).begin() as session:
        conversation = session.get(Conversation, person.id)
        handoff.change_state(
            session, conversation, "waiting", who="person", why="test", now=settings.now()
        )
    engine.dispose()
    async with follow(person, after=1) as socket:
        await socket.send_json({"text": "hello?"})
        state, own = await read(socket, 2)
        with pytest.raises(asyncio.TimeoutError):
            await socket.receive(timeout=0.1)
    assert (state["state"]["state"], own["message"]["from"]) == ("waiting", "person")
    assert rasa.requests == []


async def test_another_web_page_may_not_listen(person):
    with pytest.raises(WSServerHandshakeError) as caught:
        async with follow(person, Origin="https://evil.example"):
            pass
    assert caught.value.status == 403


async def test_only_so_many_sockets_follow_one_conversation(person, monkeypatch):
    monkeypatch.setattr(chat_socket, "MAX_SOCKETS", 1)
    async with listen(person), follow(person) as second:
        assert (await read(second, 1))[0]["error"]["code"] == "rate"


async def test_a_socket_is_forgotten_when_it_closes(client, person):
    async with listen(person):
        assert "opastin_sockets 1" in await (await client.get("/metrics")).text()
    await asyncio.sleep(0.1)
    assert "opastin_sockets 0" in await (await client.get("/metrics")).text()


async def test_quiet_sockets_have_no_tasks_of_their_own_and_pack_nothing(client, arrive):
    people = [await arrive(client) for _ in range(5)]
    before = len(asyncio.all_tasks())
    async with AsyncExitStack() as stack:
        for person in people:
            socket = await stack.enter_async_context(listen(person, compress=15))
            assert not socket.compress
            await socket.send_json({"text": "hi"})
            await read(socket, 3)
        # The server's own two for each connection.
        for _ in range(500):
            if len(asyncio.all_tasks()) <= before + 2 * len(people):
                break
            await asyncio.sleep(0.01)
        assert len(asyncio.all_tasks()) <= before + 2 * len(people)


async def test_lines_that_are_told_in_the_wrong_order_are_sent_in_the_right_one(client, person):
    told = []
    client.app[HUB].publish = lambda *published: told.append(published)
    async with listen(person) as socket:
        await person.say("hi")
        for conversation_id, lines in reversed(told):
            client.app[HUB].show(conversation_id, lines)
        frames = [frame for frame in await read(socket, 3) if "message" in frame]
    assert [frame["message"]["id"] for frame in frames] == [2, 3]


async def test_whoever_looks_again_is_told_who_has_the_conversation(client, person):
    async with listen(person) as socket:
        client.app[HUB].look_again()
        (frame,) = await read(socket, 1)
    assert frame["state"]["state"] == "with_bot"


async def test_whoever_looks_again_at_what_somebody_else_has_is_let_go(client, person, settings):
    async with listen(person) as socket:
        with session_factory(open_engine(settings.conversations_url)).begin() as session:
            session.get(Conversation, person.id).token_hash = "another"
        client.app[HUB].look_again()
        assert await close_code(socket) == 4410


async def test_what_cannot_be_read_is_come_back_for(client, person, monkeypatch):
    async with listen(person) as socket:

        async def fail(work):
            raise OSError

        monkeypatch.setattr(client.app[STORAGE], "write", fail)
        client.app[HUB].look_again()
        assert await close_code(socket) == hub.TRY_AGAIN


async def test_a_follower_that_is_too_slow_is_closed():
    slow = hub.Follower()
    for n in range(hub.MAX_WAITING_FRAMES + 1):
        slow.put({"message": {"id": n}})
    assert slow.frames == [hub.Close(hub.TRY_AGAIN)]


async def test_stopping_the_service_closes_the_sockets(person):
    async with listen(person) as socket:
        stopping = asyncio.create_task(person.client.server.close())
        assert await close_code(socket) == 1001
        await stopping
