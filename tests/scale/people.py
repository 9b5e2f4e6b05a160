"""People who talk over HTTP as the widget does: whatever gets no answer is sent again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

PATIENCE_SECONDS = 60.0
AGAIN_SECONDS = 0.3
TIMEOUT = ClientTimeout(total=15)
# An apology is the service's own, not the bot's.
ANSWERS = ("bot", "system")


@dataclass
class Person:
    """Somebody in a conversation of their own."""

    session: ClientSession
    url: str
    id: str
    token: str
    said: int = 0
    apologies: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """Return what opens the conversation."""
        return {"Authorization": f"Bearer {self.token}"}

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Send a message until it is taken; return the replies."""
        self.said += 1
        body = {"conversation": self.id, "text": text, "client_id": f"said-{self.said}"}
        answer = await insist(self.session, "POST", f"{self.url}/api/messages", self.headers, body)
        replies: list[dict[str, Any]] = answer["replies"]
        self.apologies += "error" in answer
        return replies

    async def history(self) -> list[dict[str, Any]]:
        """Return everything that was said."""
        lines: list[dict[str, Any]] = []
        while True:
            after = lines[-1]["id"] if lines else 0
            url = f"{self.url}/api/messages?after={after}"
            page = (await insist(self.session, "GET", url, self.headers, None))["messages"]
            if not page:
                return lines
            lines += page


async def arrive(session: ClientSession, url: str, language: str = "fi") -> Person:
    """Begin a conversation."""
    body = {"channel": "test", "language": language}
    started = await insist(session, "POST", f"{url}/api/conversations", {}, body)
    return Person(session, url, started["conversation"], started["token"])


async def insist(
    session: ClientSession, method: str, url: str, headers: dict[str, str], body: Any
) -> Any:
    """Ask until there is an answer that is an answer or an apology with words."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        try:
            async with session.request(
                method, url, headers=headers, json=body, timeout=TIMEOUT
            ) as response:
                answer = await response.json(content_type=None)
                if response.status < 400 or _apologises(answer):
                    return answer
                problem = f"{response.status} {answer}"
                assert response.status >= 500, problem
        except (ClientError, asyncio.TimeoutError, OSError, ValueError) as error:
            problem = repr(error)
        assert asyncio.get_running_loop().time() < deadline, problem
        await asyncio.sleep(AGAIN_SECONDS)


def check_history(person: Person, lines: list[dict[str, Any]]) -> None:
    """Assert that each message stands once, in order, and is answered before the next."""
    ids = [line["id"] for line in lines]
    assert ids == sorted(set(ids))
    own = [line["client_id"] for line in lines if line["from"] == "person"]
    assert own == [f"said-{number}" for number in range(1, person.said + 1)]
    for line, following in pairwise(lines):
        if line["from"] == "person":
            assert following["from"] in ANSWERS, line
    assert lines[-1]["from"] in ANSWERS


def _apologises(answer: Any) -> bool:
    return isinstance(answer, dict) and bool(answer.get("error") and answer.get("replies"))
