"""How Rasa calls the action server: with one kept connection and no more than actions read."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

# This turn and the one before, whose replies a person may ask to have repeated.
TURNS_SENT = 2
HEALTH_TIMEOUT = aiohttp.ClientTimeout(total=1)


class ActionEndpoint(EndpointConfig):
    """The action server's address.

    Rasa's own opens a connection for every action and sends it all the events of the tracker;
    ours depend on the slots, the latest message and what was said just before it.
    """

    def __init__(self, url: str, *, timeout_seconds: float, secret: str | None = None) -> None:
        """Call `url` with the `secret` it asks for; give an action up after `timeout_seconds`."""
        # Without this Rasa sends the whole domain with every action, too.
        super().__init__(url, enable_selective_domain=True)
        self._headers = {"Authorization": f"Bearer {secret}"} if secret is not None else None
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._kept: aiohttp.ClientSession | None = None
        self._is_missed = False

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Call an action and return its answer."""
        call = kwargs["json"]
        call["tracker"]["events"] = _last_turns(call["tracker"]["events"])
        if self._kept is None or self._kept.closed:
            self._kept = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        try:
            async with self._kept.post(self.url, json=call) as answer:
                if answer.status >= 400:
                    raise ClientResponseError(answer.status, answer.reason, await answer.text())
                return await answer.json()
        except (aiohttp.ClientConnectionError, asyncio.TimeoutError):
            self._is_missed = True
            raise

    async def is_there(self) -> bool:
        """Say whether an action can be called; it is looked for only where it was missed."""
        if self._is_missed:
            self._is_missed = not await self.answers()
        return not self._is_missed

    async def answers(self) -> bool:
        """Say whether the action server is there."""
        health = self.url.rsplit("/", 1)[0] + "/health"
        try:
            async with (
                aiohttp.ClientSession(timeout=HEALTH_TIMEOUT) as session,
                session.get(health) as answer,
            ):
                return answer.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
            return False

    async def close(self) -> None:
        """Close the kept connection."""
        if self._kept is not None:
            await self._kept.close()


def _last_turns(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    turns = [index for index, event in enumerate(events) if event["event"] == "user"]
    return events[turns[-TURNS_SENT] :] if len(turns) > TURNS_SENT else events
