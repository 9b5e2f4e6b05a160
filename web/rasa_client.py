"""The gateway's way to the bot: Rasa's process behind a channel of our own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Protocol
from zlib import crc32

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

from coaching.transcript import Answer, Draft, Understood
from opastin.texts import LANGUAGES

WEBHOOK = "/webhooks/gateway/webhook"
PARSE = "/webhooks/gateway/parse"
READY = "/webhooks/gateway/ready"
# Whose words are only to be understood.
NOBODY = "nobody"
HEALTH_TIMEOUT = ClientTimeout(total=2)
NOT_LOADED = 503


class BotUnavailable(Exception):
    """The bot gave no usable answer in time."""


class BotClient(Protocol):
    """Whatever answers a person's messages."""

    async def send(
        self,
        sender: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        metadata: Mapping[str, Any],
    ) -> Answer:
        """Return the answer to words or a payload, or raise BotUnavailable."""

    async def parse(self, text: str, *, metadata: Mapping[str, Any]) -> Answer:
        """Return what words mean, without replies, or raise BotUnavailable.

        The bot's conversations know nothing of it.
        """

    async def ready(self) -> tuple[bool, ...]:
        """Say of each of the bot's servers whether it can answer now."""


class RasaClient:
    """Sends messages to the gateway channel of one of the Rasa servers.

    A conversation stays with one server, whose lock keeps its messages in order, for as long as
    that server can be reached.
    """

    def __init__(self, session: ClientSession, urls: Sequence[str], secret: str) -> None:
        """Talk to the Rasa servers at `urls`; `secret` opens their channels."""
        self._session = session
        self._urls = [url.rstrip("/") for url in urls]
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._turn = count()

    async def send(
        self,
        sender: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        metadata: Mapping[str, Any],
    ) -> Answer:
        """Return the answer to words or a payload, or raise BotUnavailable."""
        words = {"text": text} if payload is None else {"payload": payload}
        message = {"sender": sender, **words, "metadata": dict(metadata)}
        began = time.perf_counter()
        body = await self._post(WEBHOOK, message, first=crc32(sender.encode()))
        seconds = time.perf_counter() - began
        return replace(read_answer(body), bot_seconds=seconds)

    async def parse(self, text: str, *, metadata: Mapping[str, Any]) -> Answer:
        """Return what words mean, without replies, or raise BotUnavailable."""
        message = {"sender": NOBODY, "text": text, "metadata": dict(metadata)}
        # No conversation is touched, so no server need be the one that knows it.
        return read_meaning(await self._post(PARSE, message, first=next(self._turn)))

    async def ready(self) -> tuple[bool, ...]:
        """Say of each server whether it has loaded its model and reaches its actions."""
        return tuple(await asyncio.gather(*map(self._is_ready, self._urls)))

    async def _is_ready(self, url: str) -> bool:
        try:
            async with self._session.get(url + READY, timeout=HEALTH_TIMEOUT) as response:
                return response.status == 200
        except (ClientError, asyncio.TimeoutError, OSError):
            return False

    async def _post(self, address: str, message: Mapping[str, Any], *, first: int) -> object:
        problem = "NoServer"
        for url in self._in_order(first % len(self._urls)):
            try:
                async with self._session.post(
                    url + address, json=message, headers=self._headers
                ) as response:
                    if response.status == NOT_LOADED:
                        problem = "NotLoaded"
                        continue
                    response.raise_for_status()
                    return await response.json()
            except ClientConnectorError as error:
                # This one has not heard of the message, so another may answer it.
                problem = type(error).__name__
            except (ClientError, asyncio.TimeoutError, OSError, ValueError) as error:
                # Only the kind of error: its text can hold the request.
                raise BotUnavailable(type(error).__name__) from error
        raise BotUnavailable(problem)

    def _in_order(self, first: int) -> list[str]:
        """Return the servers to try, from one on."""
        return self._urls[first:] + self._urls[:first]


def read_answer(body: object) -> Answer:
    """Return the channel's JSON as an answer, or raise BotUnavailable where it is none."""
    try:
        return _read_answer(body)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BotUnavailable("The answer is not as agreed.") from error


def read_meaning(body: object) -> Answer:
    """Return the channel's JSON as an answer without replies, or raise BotUnavailable."""
    try:
        return _read_spoken(body, ())
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BotUnavailable("The answer is not as agreed.") from error


def _read_answer(body: Any) -> Answer:
    # A failing action makes Rasa answer with nothing, and with status 200.
    if not body["replies"]:
        raise BotUnavailable("The answer is empty.")
    return _read_spoken(body, tuple(map(_read_reply, body["replies"])))


def _read_spoken(body: Any, drafts: tuple[Draft, ...]) -> Answer:
    if body["language"] not in LANGUAGES:
        raise ValueError(body["language"])
    return Answer(
        drafts=drafts,
        language=body["language"],
        plain_language=bool(body["plain_language"]),
        asked=_optional(body.get("asked"), str),
        understood=_read_understood(body.get("understood")),
    )


def _read_reply(reply: Any) -> Draft:
    buttons = tuple(
        {"title": str(button["title"]), "payload": str(button["payload"])}
        for button in reply.get("buttons") or ()
    )
    custom = _optional(reply.get("custom"), dict)
    return Draft(text=str(reply.get("text") or ""), buttons=buttons, custom=custom)


def _read_understood(understood: Any) -> Understood | None:
    if understood is None:
        return None
    confidence = understood.get("confidence")
    return Understood(
        intent=_optional(understood.get("intent"), str),
        confidence=None if confidence is None else float(confidence),
        language=_optional(understood.get("language"), str),
        slots=dict(understood.get("slots") or {}),
    )


def _optional(value: Any, kind: type) -> Any:
    if value is not None and not isinstance(value, kind):
        raise TypeError(f"Expected {kind.__name__}.")
    return value
