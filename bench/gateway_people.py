"""People at the gateway's sockets: many who keep quiet, and some who chat."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, TCPConnector, WSMsgType

from bench.turns_through_gateway import LINES
from opastin.chat import start_conversation

# What a browser sends when it opens a socket; the gateway keeps it as long as the socket is open.
HEADERS = {
    "User-Agent": (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/130.0.0.0 Safari/537.36"
    ),
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "fi-FI,fi;q=0.9,en-US;q=0.8,en;q=0.7",
    "Cache-Control": "no-cache",
    "Pragma": "no-cache",
}
# Browsers offer to pack frames; whether it is done is the gateway's choice.
OFFERED_WINDOW_BITS = 15
ANSWER_SECONDS = 30.0
# How many come, or speak, at the same moment where that is not what is measured.
AT_ONCE = 10


@dataclass
class Person:
    """Somebody with a conversation and an open socket."""

    id: str
    socket: ClientWebSocketResponse
    language: str
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    said: int = 0

    async def listen(self) -> None:
        """Take what comes until the socket closes; pings are answered on the way."""
        async for frame in self.socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            told = frame.json()
            if "error" in told:
                raise RuntimeError(f"The gateway refused: {told['error']}")
            if told.get("message", {}).get("from") == "bot":
                self.answered.set()

    async def say(self, text: str) -> float:
        """Send a message; return how many seconds its answer took."""
        self.answered.clear()
        self.said += 1
        began = time.perf_counter()
        await self.socket.send_json({"client_id": f"bench-{self.said}", "text": text})
        await asyncio.wait_for(self.answered.wait(), ANSWER_SECONDS)
        return time.perf_counter() - began


@asynccontextmanager
async def people(url: str, how_many: int) -> AsyncIterator[list[Person]]:
    """Have so many people, each in a conversation of their own, open sockets; then close them."""
    tasks: list[asyncio.Task[None]] = []
    # As in a browser, a socket's connection has carried nothing else before.
    async with ClientSession() as session, ClientSession(connector=TCPConnector(limit=0)) as other:

        async def come(number: int) -> Person:
            language = list(LINES)[number % len(LINES)]
            conversation, _ = await start_conversation(session, url, language)
            person = Person(conversation.id, await _open(other, url, conversation.token), language)
            listening = asyncio.create_task(person.listen())
            tasks.append(listening)
            await asyncio.wait_for(person.answered.wait(), ANSWER_SECONDS)
            return person

        came: list[Person] = []
        try:
            await a_few_at_once(range(how_many), come, came)
            yield came
            _raise_failures(tasks)
        finally:
            await a_few_at_once(came, lambda person: person.socket.close(), [])
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def a_few_at_once(
    items: Iterable[Any], act: Callable[[Any], Any], results: list[Any]
) -> None:
    """Do something with every item, a few at the same time; add what comes of it to `results`."""
    rest = iter(items)

    async def work() -> None:
        for item in rest:
            results.append(await act(item))

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def chat(
    person: Person,
    number: int,
    *,
    seconds: float,
    think_seconds: float,
    note: Callable[[Person, float], None],
) -> None:
    """Say line after line for so long, thinking in between; `note` what each turn took."""
    chance = random.Random(number)  # noqa: S311
    lines = LINES[person.language]
    until = time.perf_counter() + seconds
    for turn in count():
        # People do not think in step: half as long to one and a half times.
        await asyncio.sleep(think_seconds * chance.uniform(0.5, 1.5))
        if time.perf_counter() >= until:
            return
        line = lines[turn % len(lines)]
        text = line.format(age=20 + number, km=10 + number, hours=2 + turn, euros=50 + number)
        note(person, await person.say(text))


async def _open(session: ClientSession, url: str, token: str) -> ClientWebSocketResponse:
    socket = await session.ws_connect(
        f"{url}/api/chat", headers=HEADERS | {"Origin": url}, compress=OFFERED_WINDOW_BITS
    )
    await socket.send_json({"token": token, "after": 0})
    return socket


def _raise_failures(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        if task.done():
            task.result()
            raise RuntimeError("The gateway has closed a socket.")
