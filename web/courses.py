"""The gateway's own part of a message's way: what it says about coaches before the bot is asked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from coaching import conversations, messages
from coaching.errors import AnsweredMeanwhile
from coaching.handoff import CLOSED, WITH_COACH
from coaching.models import Conversation
from coaching.transcript import Answer, Line, Received
from opastin.settings import Settings
from opastin.texts import Texts
from web import callback, handoff_offers
from web.contacts import Contacts
from web.handoff_state import describe
from web.handoff_turns import ASKED_CONSENT, BOTS_QUESTION, Course, course_of, needs_meaning
from web.hub import DESK, Hub
from web.metrics import Metrics
from web.rasa_client import BotClient, BotUnavailable
from web.storage import Storage

# To understand a message takes tens of milliseconds; nobody waits longer only to be told news.
PARSE_SECONDS = 2.0


@dataclass(frozen=True)
class Begun:
    """What the gateway has said to a message, and what is still to be asked of the bot.

    Without a step of the gateway's own `lines` is None; a step may say nothing.
    """

    lines: tuple[Line, ...] | None = None
    for_bot: Received | None = None


class Courses:
    """Does with a message what is the gateway's own; only while nothing else is done with it."""

    def __init__(
        self,
        settings: Settings,
        *,
        bot: BotClient,
        storage: Storage,
        hub: Hub,
        metrics: Metrics,
        contacts: Contacts,
        texts: Texts,
    ) -> None:
        """Ask `bot` what words mean, keep what is said in `storage`, tell it through `hub`."""
        self._settings = settings
        self._bot = bot
        self._storage = storage
        self._hub = hub
        self._metrics = metrics
        self._contacts = contacts
        self._texts = texts

    async def begin(self, conversation_id: str, received: Received) -> Begun:
        """Take the gateway's own step, if there is one, and say what the bot is to be asked."""
        contacts = self._contacts.of(conversation_id)
        meaning = await self._parse(received) if needs_meaning(received, contacts) else None
        course = course_of(received, meaning, contacts, self._texts)
        if course.step is None:
            return Begun(for_bot=course.for_bot)
        try:
            lines = await self._take_step(conversation_id, received, course)
        except AnsweredMeanwhile:
            # Redis has lost a lock, and another gateway has taken the step.
            return Begun(await self.show_stored(conversation_id, received))
        # A coach who was quicker has the conversation; the bot hears nothing.
        return Begun() if lines is None else Begun(lines, course.for_bot)

    async def show_stored(self, conversation_id: str, received: Received) -> tuple[Line, ...]:
        """Show those who follow here the answer that another gateway has stored; return it."""
        find = partial(
            messages.stored_answer, conversation_id=conversation_id, number=received.line.id
        )
        lines = await self._storage.read(find)
        self._hub.show(conversation_id, lines)
        return lines

    async def _take_step(
        self, conversation_id: str, received: Received, course: Course
    ) -> tuple[Line, ...] | None:
        contacts = self._contacts.of(conversation_id)
        now = self._settings.now()

        def work(session: Session) -> tuple[tuple[Line, ...] | None, dict[str, object] | None]:
            conversation = conversations.get(session, conversation_id)
            before = conversation.state
            if course.step is None or is_taken_over(received, conversation):
                messages.leave_unanswered(session, conversation, received.line.id, now=now)
                return None, None
            answer = course.step(session, conversation, now)
            if course.is_request:
                callback.store_request(session, conversation, contacts, now=now)
                answer = handoff_offers.fill(session, conversation, answer, self._texts, now)
            lines = messages.store_answer(
                session,
                conversation,
                received.line.id,
                answer,
                now=now,
                is_first=received.answer is None,
            )
            is_changed = conversation.state != before
            return lines, describe(session, conversation) if is_changed else None

        lines, state = await self._storage.write(work)
        if course.is_request and lines:
            self._contacts.forget(conversation_id)
            self._metrics.callbacks += 1
        self._hub.publish(conversation_id, lines or ())
        if state is not None:
            self._hub.announce(conversation_id, {"state": state})
        # Also where only the urgency or the language has changed.
        self._hub.announce(DESK, {"queue": True})
        return lines

    async def _parse(self, received: Received) -> Answer | None:
        """Return what typed words mean, None where the bot cannot tell."""
        question = self._bot.parse(received.text, metadata=metadata_of(received))
        try:
            return await asyncio.wait_for(question, PARSE_SECONDS)
        except (BotUnavailable, asyncio.TimeoutError):
            return None


def metadata_of(received: Received) -> dict[str, Any]:
    """Return what the bot must know beside a message's words."""
    asked = BOTS_QUESTION if received.asked == ASKED_CONSENT else received.asked
    return {
        "language": received.language,
        "plain_language": received.plain_language,
        "asked": None if asked == callback.ASKED_BY_GATEWAY else asked,
        "heard": received.heard,
        "first": received.is_first,
    }


def is_taken_over(received: Received, conversation: Conversation) -> bool:
    """Say whether a coach has come since the message did."""
    return conversation.state != received.state and conversation.state in (WITH_COACH, CLOSED)
