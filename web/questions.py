"""Questions to the bot that a coach may break off: one at a time in each conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from coaching.transcript import Answer
from web.rasa_client import BotUnavailable


class BrokenOff(Exception):
    """A coach has taken the conversation; whatever the bot says comes too late."""


class Questions:
    """What the bot is being asked now."""

    def __init__(self) -> None:
        """Begin without questions."""
        self._asked: dict[str, asyncio.Task[Answer]] = {}

    async def ask(
        self, conversation_id: str, question: Coroutine[Any, Any, Answer], *, seconds: float
    ) -> Answer:
        """Return the bot's answer, or raise BotUnavailable or BrokenOff."""
        task = self._asked[conversation_id] = asyncio.create_task(question)
        try:
            await asyncio.wait({task}, timeout=seconds)
            if not task.done():
                raise BotUnavailable("It took too long.")
            if task.cancelled():
                raise BrokenOff
            return task.result()
        finally:
            task.cancel()
            if self._asked.get(conversation_id) is task:
                del self._asked[conversation_id]

    def break_off(self, conversation_id: str) -> None:
        """Wait no longer for an answer in a conversation; nothing happens where none is awaited."""
        task = self._asked.get(conversation_id)
        if task is not None:
            task.cancel()
