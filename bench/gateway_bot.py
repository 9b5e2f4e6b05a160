"""Stands for Rasa: answers on the gateway's channel as Rasa does, after a fixed delay."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from opastin.supervisor import HOST
from tests.browser.replies import options, today_in_finland

TEXT = (
    "Kiitos, tämä auttaa. Millä seudulla haluaisit opiskella, vai sopisiko sinulle myös "
    "etäopiskelu kotoa käsin?"
)
BUTTONS = [
    {"title": "Omalla paikkakunnalla", "payload": "/affirm"},
    {"title": "Verkossa", "payload": '/inform{"online_only": true}'},
    {"title": "Ei väliä", "payload": "/deny"},
]
# Every third answer shows study options, as many as the bot shows at once.
OPTIONS_EVERY, OPTIONS_SHOWN = 3, 3


class StandIn:
    """A bot that takes the same time for everything."""

    def __init__(self, delay_seconds: float) -> None:
        """Answer after `delay_seconds`."""
        self.delay_seconds = delay_seconds
        # How long the last answer in each conversation took here.
        self.seconds: dict[str, float] = {}
        self._turns: Counter[str] = Counter()
        self._options = options(today_in_finland())[:OPTIONS_SHOWN]

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a message."""
        began = time.perf_counter()
        message = await request.json()
        await asyncio.sleep(self.delay_seconds)
        sender = message["sender"]
        self._turns[sender] += 1
        response = web.json_response(self._say(self._turns[sender], message["metadata"]))
        self.seconds[sender] = time.perf_counter() - began
        return response

    def _say(self, turn: int, metadata: dict[str, Any]) -> dict[str, Any]:
        shows = turn % OPTIONS_EVERY == 0
        custom = {"kind": "options", "options": self._options, "total": 3, "fallback": None}
        reply = {"text": TEXT, "buttons": BUTTONS, "custom": custom if shows else None}
        understood = {"intent": "inform", "confidence": 0.9, "language": None, "slots": {}}
        return {
            "replies": [reply],
            "understood": understood,
            "language": metadata["language"],
            "plain_language": metadata["plain_language"],
            "asked": "place",
        }


@asynccontextmanager
async def standing_in(delay_seconds: float) -> AsyncIterator[tuple[StandIn, str]]:
    """Serve a stand-in while the context lasts; give it and its address."""
    bot = StandIn(delay_seconds)
    app = web.Application()
    app.router.add_post("/webhooks/gateway/webhook", bot.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, 0).start()
        yield bot, f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
