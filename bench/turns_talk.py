"""A conversation with one of the two bots of `bench.turns`, on the channel that each one has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession

SIDES = ("ours", "stock")


class NoAnswerError(Exception):
    """A bot said nothing: its action failed, or gave up."""


@dataclass(frozen=True)
class Said:
    """What a bot answered: its texts, and whether it showed study options."""

    text: str
    has_options: bool


@dataclass
class Talk:
    """One conversation with a bot."""

    side: str
    session: ClientSession
    url: str
    headers: Mapping[str, str]
    sender: str
    language: str
    asked: str | None = None

    async def begin(self) -> Said:
        """Greet, which tells stock the language; ours is told it with every message."""
        if self.side == "ours":
            return await self._say_ours({"payload": "/greet"})
        return await self._say_stock(f'/greet{{"language": "{self.language}"}}')

    async def say(self, text: str) -> Said:
        """Return the answer to a text, or raise NoAnswerError."""
        if self.side == "ours":
            return await self._say_ours({"text": text})
        return await self._say_stock(text)

    async def _say_ours(self, words: Mapping[str, str]) -> Said:
        metadata = {"language": self.language, "asked": self.asked}
        body = {"sender": self.sender, **words, "metadata": metadata}
        answer = await self._post("/webhooks/gateway/webhook", body)
        # As the gateway does: what was asked, and in what language, goes with the next message.
        self.language, self.asked = answer["language"], answer["asked"]
        return _said(answer["replies"])

    async def _say_stock(self, text: str) -> Said:
        body = {"sender": self.sender, "message": text}
        return _said(await self._post("/webhooks/rest/webhook", body))

    async def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        async with self.session.post(self.url + path, json=body, headers=self.headers) as response:
            response.raise_for_status()
            return await response.json()


def _said(parts: Sequence[Mapping[str, Any]]) -> Said:
    if not parts:
        raise NoAnswerError
    texts = [part["text"] for part in parts if part.get("text")]
    has_options = any((part.get("custom") or {}).get("options") for part in parts)
    # Rasa's REST channel splits a text at blank lines.
    return Said("\n\n".join(texts), has_options)
