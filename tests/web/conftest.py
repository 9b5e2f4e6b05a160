"""A gateway in front of a fake Rasa: both real servers, with a real database."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, web
from aiohttp.test_utils import TestClient

from opastin.settings import Settings
from opastin.texts import Texts
from web.app import create_app
from web.rasa_client import RasaClient

SECRET = "inner"
BUTTON = {"title": "Yes", "payload": "/affirm"}
GREETINGS = {
    language: {"utter_greet": {"text": text, "buttons": [{"title": "Go", "payload": "/start"}]}}
    for language, text in (
        ("fi", "Hei!"),
        ("sv", "Hej!"),
        ("en", "Hello!"),
        ("fi-easy", "Hei."),
    )
}


class FakeRasa:
    """Stands for Rasa's process: keeps what it was sent, and answers as a test wishes."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.is_ready = True
        self.delay_seconds = 0.0
        # What was only to be understood, and the intents and slots of words that mean something.
        self.parsed: list[dict[str, Any]] = []
        self.confidences: dict[str, float] = {}
        self.is_deaf = False
        self.meanings: dict[str, tuple[str, dict[str, Any]]] = {}
        self.answer: Callable[[dict[str, Any]], Any] = self.echo

    def echo(self, message: dict[str, Any]) -> dict[str, Any]:
        """Repeat what was said, with a button."""
        return self.say(
            "You said: " + (message.get("text") or message["payload"]), buttons=[BUTTON]
        )

    def say(
        self, text: str, *, buttons: Any = (), custom: Any = None, **answer: Any
    ) -> dict[str, Any]:
        """Return the answer with one reply."""
        reply = {"text": text, "buttons": list(buttons), "custom": custom}
        metadata = self.requests[-1]["metadata"] if self.requests else {}
        return {
            "replies": [reply],
            "understood": {
                "intent": "inform",
                "confidence": 0.9,
                "language": None,
                "slots": {},
                "entities": [],
            },
            "language": metadata.get("language", "fi"),
            "plain_language": metadata.get("plain_language", False),
            "asked": None,
        } | answer

    async def receive(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return web.json_response({"error": "secret"}, status=401)
        message = await request.json()
        self.requests.append(message)
        await asyncio.sleep(self.delay_seconds)
        answer = self.answer(message)
        return answer if isinstance(answer, web.Response) else web.json_response(answer)

    async def parse(self, request: web.Request) -> web.Response:
        if self.is_deaf:
            return web.Response(status=500)
        message = await request.json()
        self.parsed.append(message)
        intent, slots = self.meanings.get(message["text"], ("nlu_fallback", {}))
        confidence = self.confidences.get(message["text"], 0.99)
        spoken = message["metadata"] | slots
        return web.json_response(
            {
                "understood": {
                    "intent": intent,
                    "confidence": confidence,
                    "language": None,
                    "slots": slots,
                    "entities": [],
                },
                "language": spoken["language"],
                "plain_language": spoken["plain_language"],
            }
        )

    async def health(self, request: web.Request) -> web.Response:
        return web.json_response({}, status=200 if self.is_ready else 503)

    def as_app(self) -> web.Application:
        """Return what serves the fake at the addresses of the real one."""
        app = web.Application()
        app.router.add_post("/webhooks/gateway/webhook", self.receive)
        app.router.add_post("/webhooks/gateway/parse", self.parse)
        app.router.add_get("/webhooks/gateway/ready", self.health)
        return app


class Person:
    """Somebody who talks over HTTP."""

    def __init__(self, client: TestClient, started: dict[str, Any]) -> None:
        self.client = client
        self.id: str = started["conversation"]
        self.token: str = started["token"]
        self.replies: list[dict[str, Any]] = started["replies"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, **message: Any) -> ClientResponse:
        body = {"conversation": self.id, **message}
        return await self.client.post("/api/messages", json=body, headers=self.headers)

    async def say(self, text: str, **more: Any) -> list[dict[str, Any]]:
        response = await self.post(text=text, **more)
        assert response.status == 200, await response.text()
        replies: list[dict[str, Any]] = (await response.json())["replies"]
        return replies

    async def history(self, after: int = 0) -> list[dict[str, Any]]:
        response = await self.client.get(
            "/api/messages", params={"after": after}, headers=self.headers
        )
        assert response.status == 200, await response.text()
        messages: list[dict[str, Any]] = (await response.json())["messages"]
        return messages


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with a home of their own."""
    return Settings(
        home=tmp_path,
        catalog_url=f"sqlite:///{tmp_path}/catalog.db",
        conversations_url=f"sqlite:///{tmp_path}/conversations.db",
        messages_per_minute=1000,
        conversations_per_minute=1000,
        bot_timeout_seconds=2.0,
        inner_secret=SECRET,
    )


@pytest.fixture
def rasa() -> FakeRasa:
    """Return the fake that the gateway asks."""
    return FakeRasa()


@pytest.fixture
async def rasa_url(rasa: FakeRasa, aiohttp_server: Any) -> str:
    """Return where the fake listens."""
    return str((await aiohttp_server(rasa.as_app())).make_url("/"))


@pytest.fixture
async def open_gateway(rasa_url: str, aiohttp_client: Any) -> AsyncIterator[Any]:
    """Start gateways with settings of a test's choice."""
    async with ClientSession() as session:

        async def open_gateway(
            settings: Settings, *, url: str = rasa_url, texts: Texts | None = None
        ) -> TestClient:
            bot = RasaClient(session, [url], settings.inner_secret)
            app = create_app(settings, bot, texts=texts or Texts(GREETINGS))
            client: TestClient = await aiohttp_client(app)
            return client

        yield open_gateway


@pytest.fixture
async def client(open_gateway: Any, settings: Settings) -> TestClient:
    """Return a client of a gateway with ordinary settings."""
    gateway: TestClient = await open_gateway(settings)
    return gateway


@pytest.fixture
def arrive() -> Any:
    """Begin conversations."""

    async def arrive(client: TestClient, **wishes: Any) -> Person:
        response = await client.post("/api/conversations", json={"channel": "test", **wishes})
        assert response.status == 201, await response.text()
        return Person(client, await response.json())

    return arrive


@pytest.fixture
async def person(client: TestClient, arrive: Any) -> Person:
    """Return somebody who has just begun a conversation in English."""
    arrived: Person = await arrive(client, language="en")
    return arrived


@pytest.fixture
def rows(settings: Settings) -> Any:
    """Read the database's file beside the gateway."""

    def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
        path = settings.conversations_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(query, values).fetchall()

    return rows
