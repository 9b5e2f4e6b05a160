"""The channel between gateway and Rasa, with a tiny model behind a real server."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import warnings
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession
from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.action_endpoint import ActionEndpoint
from bot.channel import GatewayInput, GatewayOutput
from bot.wording import Wording

SECRET = "between-us"


def facts(entities):
    return {entity["entity"]: entity["value"] for entity in entities}


@pytest.fixture(scope="module")
def agent(tiny_model):
    nowhere = EndpointConfig("http://127.0.0.1:9/webhook")
    store = InMemoryTrackerStore(None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Agent.load(
            tiny_model, generator=Wording(), tracker_store=store, action_endpoint=nowhere
        )


@pytest.fixture(scope="module")
def server():
    """A server with the channel, in a thread of its own: Sanic can start one in a process."""
    app = Sanic("test_channel", configure_logging=False)
    # Sanic would exchange the event loops of all later tests.
    app.config.USE_UVLOOP = False
    register([GatewayInput(SECRET, facts)], app, route="/webhooks/")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()

    async def begin():
        served = await app.create_server(sock=listener, return_asyncio_server=True)
        await served.startup()
        await served.start_serving()
        return served

    async def end(served):
        await served.close()
        # Connections of clients that have gone are closed one turn of the loop later.
        await asyncio.sleep(0)

    served = loop.run_until_complete(begin())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield SimpleNamespace(app=app, port=listener.getsockname()[1])
    asyncio.run_coroutine_threadsafe(end(served), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def start(server):
    """Return a function that puts an agent behind the channel."""

    def serve(agent):
        server.app.ctx.agent = agent
        return Gateway(f"http://127.0.0.1:{server.port}/webhooks/gateway/")

    return serve


class Gateway:
    """Asks the channel as the gateway does."""

    def __init__(self, url):
        self.url = url
        self.headers = {"Authorization": f"Bearer {SECRET}"}

    async def ask(self, **parts):
        metadata = {"language": "fi", **parts.pop("metadata", {})}
        body = {"sender": "a", **parts, "metadata": metadata}
        return await self.post(json=body)

    async def post(self, address="webhook", **options):
        async with (
            ClientSession(headers=self.headers) as session,
            session.post(self.url + address, **options) as response,
        ):
            return response.status, await response.json()


@pytest.fixture
def gateway(start, agent):
    return start(agent)


async def texts(answer):
    status, body = await answer
    assert status == 200
    return [reply["text"] for reply in body["replies"]]


async def test_an_utterance_is_one_reply_with_its_buttons_and_blank_lines(gateway):
    status, body = await gateway.ask(text="hei")
    assert status == 200
    assert body == {
        "replies": [
            {
                "text": "Hei!\n\nMitä etsit?",
                "buttons": [{"title": "Vaasa", "payload": '/inform{"place":"905"}'}],
                "custom": None,
            }
        ],
        "understood": {
            "intent": "greet",
            "confidence": 1.0,
            "language": None,
            "slots": {},
            "entities": [],
        },
        "language": "fi",
        "plain_language": False,
        "asked": None,
    }


async def test_a_payload_sets_slots_and_two_utterances_are_two_replies(gateway):
    assert await texts(gateway.ask(payload='/inform{"place":"905"}')) == [
        "Paikka on 905.",
        "Mitä muuta?",
    ]


@pytest.mark.parametrize("typed", ["/restart", ' /inform{"place":"905"}', "//restart"])
async def test_typed_commands_are_words(gateway, agent, typed):
    await gateway.ask(sender="typist", text=typed)
    tracker = await agent.tracker_store.retrieve("typist")
    assert not tracker.latest_message.text.startswith("/")
    assert tracker.get_slot("place") is None


async def test_the_turn_that_changes_language_speaks_it(gateway):
    metadata = {"language": "sv", "plain_language": True}
    assert await texts(gateway.ask(text="hei", metadata=metadata)) == ["Hej!"]
    easy = {"plain_language": True}
    assert await texts(gateway.ask(text="hei", metadata=easy)) == ["Hei, helposti!"]


async def test_what_is_understood_of_language_decides_over_metadata(start, agent):
    async def parse_message(_message):
        return {
            "text": "x",
            "intent": {"name": "greet", "confidence": 0.5},
            "intent_ranking": [{"name": str(n), "confidence": 0} for n in range(9)],
            "entities": [{"entity": "plain_language", "value": True, "start": 0, "end": 1}],
            "language": {"code": "sv", "clear": True, "use": "fi"},
        }

    heard = []

    async def handle_message(message):
        heard.append(message)
        await message.output_channel.send_response("a", {"text": "x", "asked": "place"})

    fake = SimpleNamespace(
        is_ready=lambda: True,
        processor=SimpleNamespace(parse_message=parse_message),
        handle_message=handle_message,
    )
    gateway = start(fake)
    status, body = await gateway.ask(text="x", metadata={"language": "en"})
    assert (status, body["language"], body["plain_language"]) == (200, "fi", True)
    assert body["understood"]["language"] == "sv"
    assert body["understood"]["slots"] == {"plain_language": True}
    assert body["asked"] == "place"
    parse_data = heard[0].parse_data
    assert [(e["entity"], e["value"]) for e in parse_data["entities"]] == [
        ("language", "fi"),
        ("plain_language", True),
    ]
    assert len(parse_data["intent_ranking"]) == 5


@pytest.mark.parametrize(
    "payload", ["/nothing", "/restart", "/back", "/session_start", '/inform{"secret":1}', "x"]
)
async def test_payloads_that_the_bot_cannot_have_issued_are_refused(gateway, payload):
    status, body = await gateway.ask(payload=payload)
    assert status == 400
    assert body["error"]["code"] == 400


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"sender": "a"}'])
async def test_malformed_requests_are_refused(gateway, data):
    status, _ = await gateway.post(data=data)
    assert status == 400


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer ä"}, {"Authorization": SECRET}])
async def test_only_who_has_the_secret_is_heard(gateway, given):
    gateway.headers = given
    status, _ = await gateway.ask(text="hei")
    assert status == 401


async def test_a_message_without_words_is_something_not_understood(gateway):
    status, body = await gateway.ask(text="//")
    assert status == 200
    assert body["understood"]["intent"] == "nlu_fallback"


async def test_a_failing_action_gives_no_replies(gateway):
    status, body = await gateway.ask(text="kaadu")
    assert (status, body["replies"]) == (200, [])


@pytest.mark.parametrize("error", [KeyError("salaisuus"), asyncio.CancelledError("salaisuus")])
async def test_an_error_is_told_and_logged_without_words(start, caplog, error):
    async def fail(_message):
        raise error

    async def parse_message(_message):
        return {"text": "x", "intent": {"name": "greet", "confidence": 1}, "entities": []}

    fake = SimpleNamespace(
        is_ready=lambda: True,
        processor=SimpleNamespace(parse_message=parse_message),
        handle_message=fail,
    )
    gateway = start(fake)
    with caplog.at_level(logging.ERROR):
        status, body = await gateway.ask(text="salaisuus")
    assert (status, body["error"]["code"]) == (500, 500)
    assert len(caplog.records) == 1
    assert "salaisuus" not in caplog.text


async def test_without_its_action_server_it_leaves_messages_to_others(start):
    class Missed(ActionEndpoint):
        async def is_there(self):
            return False

    endpoint = Missed("http://127.0.0.1:9/webhook", timeout_seconds=1.0)
    # What would take up the message is not there to be asked.
    gateway = start(SimpleNamespace(is_ready=lambda: True, action_endpoint=endpoint))
    status, _ = await gateway.ask(text="hei")
    assert status == 503


@pytest.mark.parametrize(("is_ready", "status"), [(True, 200), (False, 503)])
async def test_health_tells_whether_the_model_is_loaded(start, is_ready, status):
    gateway = start(SimpleNamespace(is_ready=lambda: is_ready))
    async with ClientSession() as session, session.get(gateway.url) as response:
        assert response.status == status


async def test_custom_part_stays_with_its_text_and_the_last_utterance_asks():
    output = GatewayOutput()
    await output.send_response("a", {"text": "x", "asked": "place", "custom": None})
    await output.send_response("a", {"text": "y", "custom": {"kind": "options"}, "buttons": None})
    await output.send_response("a", {"text": None, "custom": None})
    assert output.replies == [
        {"text": "x", "buttons": [], "custom": None},
        {"text": "y", "buttons": [], "custom": {"kind": "options"}},
    ]
    assert output.asked is None


async def test_what_is_only_to_be_understood_leaves_no_trace(start):
    async def parse_message(message):
        return {
            "text": message.text,
            "intent": {"name": "stop", "confidence": 0.8},
            "entities": [{"entity": "language_wish", "value": "sv", "start": 0, "end": 1}],
            "language": {"code": "fi", "clear": False, "use": None},
        }

    # Whatever handled a message would be missed here.
    processor = SimpleNamespace(parse_message=parse_message)
    gateway = start(SimpleNamespace(is_ready=lambda: True, processor=processor))
    body = {"sender": "nobody", "text": "peru", "metadata": {"language": "fi"}}
    status, meaning = await gateway.post("parse", json=body)
    assert status == 200
    assert "replies" not in meaning
    assert (meaning["language"], meaning["understood"]["intent"]) == ("sv", "stop")
    assert meaning["understood"]["confidence"] == 0.8


async def test_only_the_gateway_asks_what_words_mean(start):
    gateway = start(SimpleNamespace(is_ready=lambda: True))
    gateway.headers = {"Authorization": "Bearer guess"}
    body = {"sender": "nobody", "text": "peru", "metadata": {"language": "fi"}}
    assert (await gateway.post("parse", json=body))[0] == 401
