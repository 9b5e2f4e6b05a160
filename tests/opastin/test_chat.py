"""The chat in the terminal, against a gateway of our own."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession, web

from opastin.chat import start_conversation, talk
from opastin.errors import UserError
from tests.opastin.test_terminal import OPTION


def reply(text, buttons=(), custom=None):
    return {"language": "fi", "text": text, "buttons": list(buttons), "custom": custom}


@pytest.fixture
async def gateway(aiohttp_server):
    """A gateway that greets, and repeats what it hears unless it was told what to answer."""
    heard, answers = [], []

    async def start(request):
        heard.append(await request.json())
        buttons = [{"title": "Ala", "payload": "/a"}, {"title": "Paikka", "payload": "/b"}]
        greeting = reply("Hei!", buttons)
        return web.json_response(
            {"conversation": "c", "token": "t", "replies": [greeting]}, status=201
        )

    async def post(request):
        message = await request.json()
        heard.append(message | {"authorization": request.headers["Authorization"]})
        said = message.get("text") or message["payload"]
        answer = answers.pop(0) if answers else {"replies": [reply(said)]}
        if "replies" not in answer and answer["error"]["code"] == "rate":
            return web.json_response(answer, status=429, headers={"Retry-After": "0"})
        return web.json_response(answer)

    app = web.Application()
    app.router.add_post("/api/conversations", start)
    app.router.add_post("/api/messages", post)
    server = await aiohttp_server(app)
    url = str(server.make_url("")).rstrip("/")
    return SimpleNamespace(url=url, heard=heard, answers=answers)


async def chat(gateway, lines, language="fi"):
    output = io.StringIO()
    async with ClientSession() as session:
        conversation, replies = await start_conversation(session, gateway.url, language)
        await talk(conversation, replies, io.StringIO(lines), output)
    return output.getvalue()


async def test_piped_lines_read_like_a_chat(gateway):
    text = await chat(gateway, "hei\n\nloppu", language="sv")
    assert gateway.heard == [
        {"language": "sv", "channel": "test"},
        {"conversation": "c", "text": "hei\n", "authorization": "Bearer t"},
        {"conversation": "c", "text": "loppu", "authorization": "Bearer t"},
    ]
    assert "Hei!" in text and "  [1] Ala\n  [2] Paikka\n" in text
    assert text.index("> hei") < text.index("> loppu")


async def test_a_conversation_may_begin_in_easy_language(gateway):
    async with ClientSession() as session:
        await start_conversation(session, gateway.url, "fi", plain_language=True)
    assert gateway.heard == [{"language": "fi", "channel": "test", "plain_language": True}]


async def test_a_plan_is_told_in_lines(gateway):
    plan = {"kind": "plan", "summary": "Tavoite: ammatti", "options": []}
    gateway.answers.append({"replies": [reply("Suunnitelma.", custom=plan)]})
    assert "Suunnitelma.\n\nTavoite: ammatti\n" in await chat(gateway, "suunnitelma\n")


async def test_a_number_presses_the_button_with_that_number(gateway):
    await chat(gateway, "2\n")
    assert gateway.heard[1]["payload"] == "/b"


async def test_a_number_without_a_button_is_words(gateway):
    await chat(gateway, "3\n0\n")
    assert [message["text"] for message in gateway.heard[1:]] == ["3\n", "0\n"]


async def test_actions_of_options_come_before_the_buttons(gateway):
    option = OPTION | {"actions": [{"title": "Lisää tästä", "payload": "/ask_details"}]}
    options = {"kind": "options", "options": [option]}
    answer = reply("Tässä:", [{"title": "Lisää", "payload": "/show_more"}], options)
    gateway.answers.append({"replies": [answer]})
    text = await chat(gateway, "hei\n2\n")
    assert text.index("Sosiaalialan") < text.index("[1] Lisää tästä") < text.index("[2] Lisää")
    assert gateway.heard[-1]["payload"] == "/show_more"


async def test_an_erased_conversation_is_over(gateway):
    gateway.answers.append({"replies": [reply("Poistettu.", (), {"kind": "erased"})]})
    await chat(gateway, "poista\nhei\n")
    assert len(gateway.heard) == 2


async def test_a_refusal_is_told(gateway):
    gateway.answers.append({"error": {"code": "gone", "message": "It is gone."}})
    with pytest.raises(UserError, match="It is gone"):
        await chat(gateway, "hei\n")


async def test_a_service_that_has_had_enough_for_now_is_asked_again(gateway):
    busy = {"error": {"code": "rate", "message": "Too many messages."}}
    gateway.answers += [busy, busy]
    text = await chat(gateway, "moi\n")
    assert [message.get("text") for message in gateway.heard[1:]] == ["moi\n"] * 3
    assert text.count("moi") == 2


async def test_a_service_that_never_has_time_is_told(gateway):
    gateway.answers += [{"error": {"code": "rate", "message": "Too many messages."}}] * 9
    with pytest.raises(UserError, match="Too many"):
        await chat(gateway, "moi\n")
