"""The real gateway before a scripted bot, with faults that a test may set."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from coaching import conversations, handoff, messages
from coaching.models import Conversation
from coaching.transcript import Answer, Draft
from opastin.settings import Settings
from tests.browser.replies import GREETINGS, answers, greeting, today_in_finland
from tests.browser.served import Served
from web.app import create_app
from web.keys import HUB, STORAGE
from web.rasa_client import BotUnavailable

DEMO = Path(__file__).parents[2] / "web" / "templates" / "demo" / "index.html"
# What the demo page's script element says; a test may have it say something else.
ATTRIBUTES = 'data-language="fi"'


class ScriptedBot:
    """Says the next line of the script to whatever it hears."""

    def __init__(self) -> None:
        """Begin with the first line in every conversation."""
        self.heard: list[str] = []
        self.delay_seconds = 0.0
        self.fail_next = False
        self.language: str | None = None
        self._turns: dict[str, int] = {}
        self._may_answer = asyncio.Event()
        self._may_answer.set()

    async def hears(self, *texts: str) -> None:
        """Wait until these, and nothing else, have been heard."""
        for _ in range(200):
            if self.heard == list(texts):
                return
            await asyncio.sleep(0.05)
        raise TimeoutError(f"heard {self.heard}")

    def hold(self) -> None:
        """Answer nothing more until `release`."""
        self._may_answer.clear()

    def release(self) -> None:
        """Answer what was asked meanwhile, and everything from now on."""
        self._may_answer.set()

    async def send(
        self,
        sender: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        metadata: Mapping[str, Any],
    ) -> Answer:
        """Return the next line."""
        self.heard.append(text or payload or "")
        await asyncio.sleep(self.delay_seconds)
        await self._may_answer.wait()
        if self.fail_next:
            self.fail_next = False
            raise BotUnavailable("The test wants it so.")
        turn = self._turns.get(sender, 0)
        self._turns[sender] = turn + 1
        script = answers(today_in_finland())
        draft = as_draft(script[min(turn, len(script) - 1)])
        return Answer([draft], self.language or metadata["language"], False)

    async def parse(self, text: str, *, metadata: Mapping[str, Any]) -> Answer:
        """Make nothing of what is said."""
        return Answer((), metadata["language"], bool(metadata["plain_language"]))

    async def ready(self) -> tuple[bool, ...]:
        """Say yes."""
        return (True,)


class ScriptedTexts:
    """Greets as the script does."""

    def text(self, name: str, language: str, /, *, plain: bool = False, **values: object) -> str:
        """Return the greeting."""
        return GREETINGS[language]

    def buttons(
        self, name: str, language: str, /, *, plain: bool = False, **values: object
    ) -> list[dict[str, str]]:
        """Return the greeting's buttons."""
        return list(greeting(language)["buttons"])


class ScriptedGateway:
    """Serves the demo page, the widget and the bot's lines; a test sets the faults."""

    def __init__(self, home: Path) -> None:
        """Keep everything in `home`, so that it is there again after a restart."""
        self.bot = ScriptedBot()
        self.served = Served(self._create_app)
        # Addresses that answer 503, as "GET /api/chat", and such as never answer.
        self.closed: set[str] = set()
        self.stuck: set[str] = set()
        self.slow_seconds = 0.0
        self.requests: list[str] = []
        self.script_attributes = ATTRIBUTES
        self.settings = Settings(
            home=home,
            catalog_url=f"sqlite:///{home / 'catalog.db'}",
            conversations_url=f"sqlite:///{home / 'conversations.db'}",
            messages_per_minute=1000,
            conversations_per_minute=1000,
        )
        self._app: web.Application | None = None

    @property
    def url(self) -> str:
        """Return the address of the demo page."""
        return self.served.url

    def allow(self, origin: str) -> None:
        """Let pages of another origin use the service from its next start."""
        self.settings = dataclasses.replace(self.settings, allowed_origins=(origin,))

    async def say(self, line: dict[str, Any]) -> None:
        """Send a reply unasked in the newest conversation, as a coach would."""
        conversation_id = await self.followed()
        lines = await self.store(conversation_id, line)
        self.app[HUB].publish(conversation_id, lines)

    async def store(self, conversation_id: str, *lines: dict[str, Any]) -> Any:
        """Store replies that no socket hears of."""

        def work(session: Session) -> Any:
            conversation = conversations.get(session, conversation_id)
            drafts = list(map(as_draft, lines))
            return messages.store_replies(session, conversation, drafts, now=self.settings.now())

        return await self.app[STORAGE].write(work)

    async def announce(self, frame: dict[str, Any]) -> None:
        """Send a frame to every socket of the newest conversation."""
        self.app[HUB].announce(await self.followed(), frame)

    async def followed(self) -> str:
        """Return the id of the newest conversation, once a socket follows it."""
        for _ in range(100):
            conversation_id = await self.newest()
            if conversation_id and self.app[HUB].count(conversation_id):
                return conversation_id
            await asyncio.sleep(0.05)
        raise TimeoutError("no socket came")

    async def forsaken(self) -> None:
        """Wait until no socket is left."""
        for _ in range(100):
            if not self.app[HUB].count():
                return
            await asyncio.sleep(0.05)
        raise TimeoutError("a socket stays")

    async def newest(self) -> str | None:
        """Return the id of the newest conversation."""
        newest = select(Conversation.id).order_by(Conversation.created_at.desc()).limit(1)
        return await self.app[STORAGE].read(lambda session: session.scalar(newest))

    async def texts(self) -> list[str]:
        """Return all that was said in the newest conversation, in order, but for empty lines."""
        conversation_id = await self.newest()
        assert conversation_id is not None
        lines = await self.app[STORAGE].read(
            lambda session: conversations.read_after(session, conversation_id, 0)
        )
        return [line.text for line in lines if line.text]

    async def count(self) -> int:
        """Return how many conversations there are."""
        stored: int = await self.app[STORAGE].read(conversations.count_conversations)
        return stored

    async def language(self) -> str:
        """Return the language of the newest conversation."""
        conversation_id = await self.followed()
        return await self.app[STORAGE].read(
            lambda session: str(conversations.get(session, conversation_id).language)
        )

    async def hand_over(self) -> None:
        """Let a coach have the newest conversation: the bot is silent from now on."""
        conversation_id = await self.followed()

        def work(session: Session) -> None:
            conversation = conversations.get(session, conversation_id)
            now = self.settings.now()
            handoff.change_state(
                session, conversation, "waiting", who="person", why="test", now=now
            )

        await self.app[STORAGE].write(work)

    async def drop_sockets(self) -> None:
        """Close every socket, as a network or a restart would."""
        self.app[HUB].close_all()

    async def lose(self) -> None:
        """Forget every conversation without a trace."""
        await self.app[STORAGE].write(lambda session: session.execute(delete(Conversation)))

    @property
    def app(self) -> web.Application:
        """Return the running application."""
        assert self._app is not None
        return self._app

    def _create_app(self) -> web.Application:
        self._app = create_app(self.settings, self.bot, texts=ScriptedTexts())  # type: ignore[arg-type]
        self._app.middlewares.insert(0, self._disturb)
        return self._app

    @web.middleware
    async def _disturb(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.requests.append(request.path_qs)
        resource = request.match_info.route.resource
        address = f"{request.method} {'' if resource is None else resource.canonical}"
        if address in self.closed:
            return web.json_response({"error": {"code": "unavailable"}}, status=503)
        if address in self.stuck:
            await asyncio.Event().wait()
        if request.path == "/" and self.script_attributes != ATTRIBUTES:
            text = DEMO.read_text().replace(ATTRIBUTES, self.script_attributes)
            return web.Response(text=text, content_type="text/html")
        if request.path.startswith("/api/"):
            await asyncio.sleep(self.slow_seconds)
        response: web.StreamResponse = await handler(request)
        return response


def as_draft(line: dict[str, Any]) -> Draft:
    """Return a line of the script as the gateway takes it."""
    return Draft(line["text"], line["buttons"], line["custom"], line["from"])
