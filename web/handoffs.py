"""What coaches do with conversations: take them, speak, give them back, end them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching import conversations, handoff, messages
from coaching.coach_words import check_spoken
from coaching.desk_models import Coach
from coaching.handoff import WITH_BOT, WITH_COACH
from coaching.models import Conversation, HandoffChange, Message
from coaching.transcript import COACH, Draft, Line
from opastin.settings import Settings
from opastin.texts import Texts
from web.courses import PARSE_SECONDS
from web.failures import describe as describe_failure
from web.handoff_lines import Lines
from web.handoff_state import describe
from web.handoff_turns import BACK_CHOICE
from web.hub import DESK, Hub
from web.plan_keeping import keep_coachs_steps
from web.questions import BrokenOff
from web.rasa_client import BotClient, BotUnavailable
from web.storage import Storage
from web.turns import Turns

# Of what was told to a coach, so many of the last messages are read for facts.
_MESSAGES_READ = 10
# Words that name no field are most often not meant as a wish when they are said to a coach.
_NO_FACTS = frozenset({"interest", "language", "plain_language"})

# Changes the conversation: False when that is no longer possible.
Change = Callable[[Session], bool]
# What is then said in the conversation.
Telling = Callable[[Conversation, Lines], list[Draft]]

logger = logging.getLogger(__name__)


class Handoffs:
    """Does at once what coaches wish: nothing here waits for the bot.

    A conversation's lock is held by whatever waits for the bot, so a takeover does without: the
    database alone decides who has a conversation.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        storage: Storage,
        turns: Turns,
        bot: BotClient,
        hub: Hub,
        texts: Texts,
    ) -> None:
        """Keep everything in `storage`, tell people and coaches through `hub`."""
        self._settings = settings
        self._storage = storage
        self._turns = turns
        self._bot = bot
        self._hub = hub
        self._texts = texts
        self._going_on: set[asyncio.Task[None]] = set()

    async def claim(self, conversation_id: str, coach: Coach) -> bool:
        """Take a waiting conversation; False when another coach was quicker."""
        return await self._take(conversation_id, coach, handoff.claim)

    async def step_in(self, conversation_id: str, coach: Coach) -> bool:
        """Take a conversation from the bot; the person is asked what the coach may see."""
        return await self._take(conversation_id, coach, handoff.step_in)

    async def assign(self, conversation_id: str, coach: Coach, to: Coach) -> bool:
        """Give a conversation to another coach; False when it is no longer `coach`'s."""
        now = self._settings.now()
        return await self._change(
            conversation_id,
            lambda session: handoff.assign(session, conversation_id, coach, now, to=to),
            lambda _, lines: [lines.joined(to.display_name)],
        )

    async def ask(self, conversation_id: str, *, why: str, urgency: int, who: str) -> bool:
        """Put a conversation in the queue; False when a coach has it already."""
        now = self._settings.now()

        def change(session: Session) -> bool:
            conversation = conversations.get(session, conversation_id)
            return handoff.ask_for_coach(
                session, conversation, why=why, urgency=urgency, now=now, who=who
            )

        return await self._change(conversation_id, change, lambda _, lines: [lines.waiting()])

    async def say(
        self,
        conversation_id: str,
        coach: Coach,
        text: str,
        custom: Mapping[str, Any] | None = None,
        own: Sequence[str] = (),
    ) -> Line | None:
        """Say something in a coach's name; None when the conversation is not the coach's.

        `own` is what the coach has written of it besides; raise PersonalData where that or the
        text tells who or where somebody is.
        """
        now = self._settings.now()
        draft = Draft(text, custom=custom, speaker=COACH, name=coach.display_name)

        def work(session: Session) -> tuple[Line, ...]:
            conversation = conversations.get(session, conversation_id)
            if conversation.state != WITH_COACH or conversation.coach_id != coach.id:
                return ()
            check_spoken(session, [text, *own])
            return messages.store_replies(session, conversation, [draft], now=now)

        lines = await self._storage.write(work)
        self._hub.publish(conversation_id, lines)
        return lines[0] if lines else None

    async def give_back(self, conversation_id: str, coach: Coach) -> bool:
        """Let the bot go on, with what the person has told the coach; False when not `coach`'s."""
        now = self._settings.now()
        told = await self._told_to_coach(conversation_id)
        is_back = await self._change(
            conversation_id,
            lambda session: handoff.give_back(session, conversation_id, coach, now),
            lambda _, lines: [lines.left(coach.display_name, is_closed=False)],
        )
        if is_back:
            # The coach does not wait for the bot.
            task = asyncio.create_task(self._go_on(conversation_id, told))
            self._going_on.add(task)
            task.add_done_callback(self._going_on.discard)
        return is_back

    async def close(self, conversation_id: str, coach: Coach, outcome: str) -> bool:
        """End the talk with a coach; False when the conversation is no longer `coach`'s."""
        now = self._settings.now()
        return await self._change(
            conversation_id,
            lambda session: handoff.close(session, conversation_id, coach, now, outcome=outcome),
            lambda _, lines: [lines.left(coach.display_name, is_closed=True)],
        )

    async def finish(self) -> None:
        """Wait until the bot has gone on wherever it was told to."""
        await asyncio.gather(*self._going_on, return_exceptions=True)

    async def _take(
        self,
        conversation_id: str,
        coach: Coach,
        take: Callable[[Session, str, Coach, datetime], bool],
    ) -> bool:
        now, name = self._settings.now(), coach.display_name

        def tell(conversation: Conversation, lines: Lines) -> list[Draft]:
            joined = [lines.joined(name)]
            return joined if conversation.consented_at else [*joined, lines.ask_to_show(name)]

        is_taken = await self._change(
            conversation_id, lambda session: take(session, conversation_id, coach, now), tell
        )
        if is_taken:
            self._turns.break_off(conversation_id)
        return is_taken

    async def _change(self, conversation_id: str, change: Change, tell: Telling) -> bool:
        now = self._settings.now()

        def work(session: Session) -> tuple[tuple[Line, ...], dict[str, object]] | None:
            if not change(session):
                return None
            conversation = conversations.get(session, conversation_id)
            lines = Lines(session, conversation, self._texts, now)
            stored = messages.store_replies(
                session, conversation, tell(conversation, lines), now=now
            )
            return stored, describe(session, conversation)

        done = await self._storage.write(work)
        if done is None:
            return False
        lines, state = done
        self._hub.publish(conversation_id, lines)
        self._hub.announce(conversation_id, {"state": state})
        self._hub.announce(DESK, {"queue": True})
        return True

    async def _told_to_coach(self, conversation_id: str) -> list[str]:
        """Return what the person typed since a coach came."""

        def work(session: Session) -> list[str]:
            came = (
                select(HandoffChange.changed_at)
                .where(
                    HandoffChange.conversation_id == conversation_id,
                    HandoffChange.state == WITH_COACH,
                    HandoffChange.why != "assigned",
                )
                .order_by(HandoffChange.id.desc())
                .limit(1)
            )
            typed = (
                select(Message.text)
                .where(
                    Message.conversation_id == conversation_id,
                    Message.payload.is_(None),
                    Message.sent_at >= came.scalar_subquery(),
                )
                .order_by(Message.number.desc())
                .limit(_MESSAGES_READ)
            )
            return list(reversed(session.scalars(typed).all()))

        return await self._storage.read(work)

    async def _go_on(self, conversation_id: str, told: list[str]) -> None:
        try:
            async with self._turns.alone(conversation_id):
                await self._have_bot_go_on(conversation_id, told)
        except (BotUnavailable, BrokenOff):
            # The person was told that the bot answers again, and it does at the next message.
            return
        except Exception as error:
            logger.error("The bot could not go on: %s", describe_failure(error))

    async def _have_bot_go_on(self, conversation_id: str, told: list[str]) -> None:
        metadata = await self._storage.read(lambda session: _spoken(session, conversation_id))
        facts = await self._facts_in(told, metadata)
        payload = "/inform" + json.dumps({"choice": BACK_CHOICE, **facts}, ensure_ascii=False)
        answer = await self._turns.ask_bot(conversation_id, payload=payload, metadata=metadata)
        now = self._settings.now()

        def work(session: Session) -> tuple[Line, ...]:
            conversation = conversations.get(session, conversation_id)
            if conversation.state != WITH_BOT:
                return ()
            conversation.asked = answer.asked
            kept = keep_coachs_steps(session, conversation_id, answer, today=now.date())
            return messages.store_replies(session, conversation, kept.drafts, now=now)

        lines = await self._storage.write(work)
        self._hub.publish(conversation_id, lines)

    async def _facts_in(self, told: list[str], metadata: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts about themselves that a person has typed; the latest of each."""
        facts: dict[str, Any] = {}
        for text in told:
            try:
                meaning = await asyncio.wait_for(
                    self._bot.parse(text, metadata=metadata), PARSE_SECONDS
                )
            except (BotUnavailable, asyncio.TimeoutError):
                return facts
            slots = meaning.understood.slots if meaning.understood is not None else {}
            facts |= {name: slots[name] for name in slots if name not in _NO_FACTS}
        return facts


def _spoken(session: Session, conversation_id: str) -> dict[str, Any]:
    conversation = conversations.get(session, conversation_id)
    return {
        "language": conversation.language,
        "plain_language": conversation.plain_language,
        "asked": None,
        "heard": None,
        "first": False,
    }
