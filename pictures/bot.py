"""The bot without Rasa: its own dialogue, catalogue and words, told what each message means."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.guide import ActionGuide
from catalog.db import session_factory
from coaching.transcript import Answer, Draft
from opastin.settings import Settings
from opastin.texts import Texts, load_texts
from pictures.lines import Meaning, meaning_of
from web.rasa_client import BotUnavailable

# What the SDK puts into a message beside the values of its response.
_OWN_KEYS = frozenset(
    {"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}
)


class GuidedBot:
    """Answers as the bot does; `lines.py` says what is meant by what is typed."""

    def __init__(self, settings: Settings) -> None:
        """Suggest from the settings' catalogue, on the settings' day."""
        # Cleared, it keeps every answer waiting.
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.fail_next = False
        self.heard: list[str] = []
        self._texts: Texts = load_texts()
        self._action = ActionGuide(session_factory(settings.catalog_url), lambda: settings)
        self._slots: dict[str, dict[str, Any]] = {}

    async def send(
        self,
        sender: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        metadata: Mapping[str, Any],
    ) -> Answer:
        """Return the answer to words or a payload."""
        self.heard.append(text or payload or "")
        await self.may_answer.wait()
        if self.fail_next:
            self.fail_next = False
            raise BotUnavailable("The picture wants it so.")
        meaning = _meaning_of_payload(payload) if payload else meaning_of(text or "")
        return await asyncio.to_thread(self._answer, sender, text or payload, meaning, metadata)

    async def is_ready(self) -> bool:
        """Say yes."""
        return True

    def _answer(
        self, sender: str, text: str | None, meaning: Meaning, metadata: Mapping[str, Any]
    ) -> Answer:
        slots = self._slots.setdefault(sender, {})
        slots |= {name: metadata[name] for name in ("language", "plain_language")}
        intent, entities = meaning
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": 1.0},
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
        }
        tracker = Tracker(sender, slots, message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        for event in self._action.run(dispatcher, tracker, {}):
            slots[event["name"]] = event["value"]
        language, plain = slots["language"], bool(slots["plain_language"])
        drafts = [self._draft(said, language, plain) for said in dispatcher.messages]
        asked = dispatcher.messages[-1].get("asked") if dispatcher.messages else None
        return Answer(drafts, language, plain, asked)

    def _draft(self, said: Mapping[str, Any], language: str, plain: bool) -> Draft:
        name = said["response"]
        values = {key: said[key] for key in said.keys() - _OWN_KEYS}
        buttons = self._texts.buttons(name, language, plain=plain, **values)
        return Draft(
            text=self._texts.text(name, language, plain=plain, **values),
            buttons=[*buttons, *said["buttons"]],
            custom=said["custom"] or None,
        )


def _meaning_of_payload(payload: str) -> Meaning:
    intent, brace, rest = payload.removeprefix("/").partition("{")
    return intent, json.loads(brace + rest) if brace else {}
