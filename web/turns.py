"""One message's way through the gateway: stored, passed to the bot, answered, told to all."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from coaching import conversations, demand, kiosks, messages
from coaching.conversations import Doorkeeper
from coaching.demand import Unmet
from coaching.errors import AnsweredMeanwhile
from coaching.privacy import (
    ErasureIncomplete,
    NothingToErase,
    Pseudonyms,
    erase,
    mask,
    rewrite_if_small,
)
from coaching.transcript import Answer, Incoming, Line, Received
from opastin.locks import ConversationLocks
from opastin.settings import Settings
from opastin.texts import Texts
from web import callback, feedback, handoff_offers, take_home
from web.bodies import Sent
from web.contacts import Contacts
from web.courses import Courses, is_taken_over, metadata_of
from web.demand import take_out
from web.failures import ERASURE, kind_of
from web.handoff_state import describe
from web.handoff_turns import is_for_gateway
from web.hub import DESK, GONE, Hub
from web.metrics import Metrics
from web.plan_keeping import keep_coachs_steps
from web.questions import BrokenOff, Questions
from web.rasa_client import BotClient, BotUnavailable
from web.rewriting import Rewriting
from web.storage import Storage

# Beyond the bot's time, until the turn of a gateway that has died is given up.
GRACE_SECONDS = 10.0
SETTLE_SECONDS = 0.05

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What came of a message: its own line, the replies, and whether the bot was there."""

    line: Line
    replies: tuple[Line, ...] = ()
    is_answered: bool = True
    # Lines that had been told before: only whoever sent the message again needs them again.
    told_before: tuple[Line, ...] = ()
    # How long the bot took; None where it was not asked, or gave no answer.
    bot_seconds: float | None = None


class Turns:
    """Takes messages, one at a time in each conversation."""

    def __init__(
        self,
        settings: Settings,
        *,
        bot: BotClient,
        storage: Storage,
        pseudonyms: Pseudonyms,
        hub: Hub,
        metrics: Metrics,
        texts: Texts,
    ) -> None:
        """Answer with `bot`, keep everything in `storage`, tell the followers in `hub`."""
        self._settings = settings
        self._bot = bot
        self._storage = storage
        self._pseudonyms = pseudonyms
        self._hub = hub
        self._metrics = metrics
        self._texts = texts
        self._questions = Questions()
        hub.on_break_off = self._questions.break_off
        self._under_way = 0
        self._contacts = Contacts()
        hub.on_gone = self._contacts.forget
        self._courses = Courses(
            settings,
            bot=bot,
            storage=storage,
            hub=hub,
            metrics=metrics,
            contacts=self._contacts,
            texts=texts,
        )
        self._locks = ConversationLocks(
            settings.redis_url,
            kind="turn",
            held_seconds=settings.bot_timeout_seconds + GRACE_SECONDS,
        )
        self.doorkeeper = Doorkeeper(pseudonyms, settings.token_days)
        self.rewriting = Rewriting(storage)

    async def take(
        self, conversation_id: str, token: str, sent: Sent, *, address: str = ""
    ) -> Outcome:
        """Store a message and answer it; raise ConversationError when it is not taken.

        `address` is where people reach the service, for what they take along.
        """
        self._under_way += 1
        try:
            return await self._take(conversation_id, token, sent, address)
        finally:
            self._under_way -= 1

    async def _take(self, conversation_id: str, token: str, sent: Sent, address: str) -> Outcome:
        masked = mask(sent.text or "")
        incoming = Incoming(
            text=None if sent.text is None else masked.text,
            payload=sent.payload,
            client_id=sent.client_id,
        )
        came = time.perf_counter()
        async with self.alone(conversation_id):
            self._metrics.stages["wait"].add(time.perf_counter() - came)
            with self._metrics.stage("receive"):
                received = await self._storage.write(
                    lambda session: self._receive(session, conversation_id, token, incoming)
                )
            self._contacts.remember(conversation_id, masked.contacts)
            if not received.is_repeated:
                self._hub.publish(conversation_id, [received.line])
            # While a coach has the conversation the answer is empty, and the bot hears nothing.
            outcome = (
                Outcome(received.line, received.answer)
                if received.answer is not None and not is_for_gateway(received)
                else await self._take_course(conversation_id, received, address)
            )
        if not received.is_repeated:
            return outcome
        return replace(outcome, told_before=(received.line, *(received.answer or ())))

    async def ask_feedback(self, conversation_id: str, token: str) -> Line:
        """Ask how the chat went, and return the question; once is enough while it stands last."""

        def work(session: Session) -> tuple[Line, bool]:
            conversation = self.doorkeeper.open(
                session, token, now=self._settings.now(), conversation_id=conversation_id
            )
            return feedback.ask_now(session, conversation, self._settings)

        async with self.alone(conversation_id):
            line, is_new = await self._storage.write(work)
            if is_new:
                self._hub.publish(conversation_id, [line])
        return line

    async def erase(self, conversation_id: str, token: str) -> None:
        """Erase a conversation everywhere, once what is under way in it is done."""
        async with self.alone(conversation_id):
            await self._storage.write(
                lambda session: self.doorkeeper.open(
                    session, token, now=self._settings.now(), conversation_id=conversation_id
                )
            )
            await self.forget(conversation_id)
            self._hub.close(conversation_id, GONE)

    def alone(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Wait for what is under way in a conversation, and keep the rest waiting meanwhile."""
        return self._locks.alone(conversation_id)

    def _receive(
        self, session: Session, conversation_id: str, token: str, incoming: Incoming
    ) -> Received:
        now = self._settings.now()
        conversation = self.doorkeeper.open(
            session, token, now=now, conversation_id=conversation_id
        )
        return messages.receive(session, conversation, incoming, now=now)

    async def _take_course(self, conversation_id: str, received: Received, address: str) -> Outcome:
        """Do what is the gateway's own about coaches, then ask the bot where it is its turn."""
        begun = await self._courses.begin(conversation_id, received)
        said = begun.lines or ()
        if begun.for_bot is None:
            return Outcome(received.line, said)
        # What the gateway has done itself is the beginning of the answer.
        for_bot = replace(begun.for_bot, answer=begun.lines)
        outcome = await self._answer(conversation_id, for_bot, address)
        return replace(outcome, replies=(*said, *outcome.replies))

    async def _answer(self, conversation_id: str, received: Received, address: str) -> Outcome:
        contacts = self._contacts.of(conversation_id)
        if contacts and received.asked == callback.ASKED_BY_GATEWAY:
            return await self._store(conversation_id, received, callback.take_contact(received))
        if feedback.rating_of(received.payload) is not None:
            thanks = callback.Prepared(feedback.thank(received))
            return await self._store(conversation_id, received, thanks)
        self._hub.announce(conversation_id, {"typing": True})
        name = self._pseudonyms.in_logs(conversation_id)
        try:
            with self._metrics.stage("bot"):
                told = await self._ask_bot(conversation_id, received)
            answer, unmet = take_out(told)
        except BrokenOff:
            return await self._leave_to_coach(conversation_id, received)
        except BotUnavailable as error:
            kind = kind_of(error)
            self._metrics.failures += 1
            self._metrics.failures_by_kind[kind] += 1
            told_of = {"conversation": name, "kind": kind}
            logger.warning("The bot gave %s no answer: %s", name, error, extra=told_of)
            prepared = callback.answer_without_bot(received, contacts=contacts)
            if prepared is None:
                return await self._fail(conversation_id, received)
            return await self._store(conversation_id, received, prepared)
        self._metrics.count_reading(answer.understood, is_button=received.payload is not None)
        milliseconds = round(answer.bot_seconds * 1000)
        facts = {"conversation": name, "milliseconds": milliseconds}
        logger.info("%s was answered in %d ms.", name, milliseconds, extra=facts)
        if any((draft.custom or {}).get("kind") == "erased" for draft in answer.drafts):
            outcome = await self._say_goodbye(conversation_id, received, answer)
        else:
            prepared = callback.prepare(answer, contacts=contacts)
            outcome = await self._store(conversation_id, received, prepared, unmet, address)
        return replace(outcome, bot_seconds=answer.bot_seconds)

    async def _ask_bot(self, conversation_id: str, received: Received) -> Answer:
        words = (
            {"text": received.text} if received.payload is None else {"payload": received.payload}
        )
        return await self.ask_bot(conversation_id, metadata=metadata_of(received), **words)

    async def ask_bot(
        self,
        conversation_id: str,
        *,
        metadata: Mapping[str, Any],
        text: str | None = None,
        payload: str | None = None,
    ) -> Answer:
        """Return the bot's answer, or raise BotUnavailable or BrokenOff; only within `alone`."""
        question = self._bot.send(conversation_id, text=text, payload=payload, metadata=metadata)
        seconds = self._settings.bot_timeout_seconds
        return await self._questions.ask(conversation_id, question, seconds=seconds)

    def break_off(self, conversation_id: str) -> None:
        """Wait no longer for what the bot would say: a coach has taken the conversation."""
        self._hub.break_off(conversation_id)

    async def settle(self, seconds: float) -> None:
        """Wait until nothing is under way, but not longer than so many seconds."""
        until = time.monotonic() + seconds
        while self._under_way and time.monotonic() < until:
            await asyncio.sleep(SETTLE_SECONDS)

    async def close(self) -> None:
        """Close the connections."""
        await self._locks.close()

    async def _store(
        self,
        conversation_id: str,
        received: Received,
        prepared: callback.Prepared,
        unmet: Sequence[Unmet] = (),
        address: str = "",
    ) -> Outcome:
        contacts = self._contacts.of(conversation_id)
        now = self._settings.now()
        counted: list[str] = []

        def work(session: Session) -> tuple[tuple[Line, ...], dict[str, object]]:
            conversation = conversations.get(session, conversation_id)
            if is_taken_over(received, conversation):
                # The bot was slower than a coach: nobody is told what it would have said.
                messages.leave_unanswered(session, conversation, received.line.id, now=now)
                return (), {}
            if prepared.is_request:
                callback.store_request(session, conversation, contacts, now=now)
            for search in unmet:
                if demand.count_unmet(session, conversation, search, today=now.date()):
                    counted.append(search.kind)
            answer = feedback.ask_at_the_end(session, conversation, prepared.answer)
            answer = handoff_offers.fill(session, conversation, answer, self._texts, now)
            expires = now + timedelta(days=self._settings.take_home_days)
            answer = take_home.fill(session, conversation, answer, address, expires)
            answer = keep_coachs_steps(session, conversation_id, answer, today=now.date())
            lines = messages.store_answer(
                session,
                conversation,
                received.line.id,
                answer,
                now=now,
                is_first=received.answer is None,
            )
            return lines, describe(session, conversation) if prepared.is_request else {}

        try:
            with self._metrics.stage("store"):
                lines, state = await self._storage.write(work)
        except AnsweredMeanwhile:
            # Redis has lost a lock, and another gateway was quicker with the same message.
            return Outcome(
                received.line, await self._courses.show_stored(conversation_id, received)
            )
        self._metrics.unmet.update(counted)
        self._hub.publish(conversation_id, lines)
        if prepared.is_request and lines:
            self._contacts.forget(conversation_id)
            self._metrics.callbacks += 1
            self._hub.announce(conversation_id, {"state": state})
            self._hub.announce(DESK, {"queue": True})
        return Outcome(received.line, lines)

    async def _leave_to_coach(self, conversation_id: str, received: Received) -> Outcome:
        """Mark a message as answered: a coach has taken the conversation meanwhile."""
        now = self._settings.now()

        def work(session: Session) -> None:
            conversation = conversations.get(session, conversation_id)
            messages.leave_unanswered(session, conversation, received.line.id, now=now)

        await self._storage.write(work)
        return Outcome(received.line)

    async def _fail(self, conversation_id: str, received: Received) -> Outcome:
        draft = callback.apologise(received)
        now = self._settings.now()

        def work(session: Session) -> tuple[tuple[Line, ...], bool]:
            conversation = conversations.get(session, conversation_id)
            number = received.line.id
            if is_taken_over(received, conversation):
                messages.leave_unanswered(session, conversation, number, now=now)
                return (), True
            answer = messages.stored_answer(session, conversation_id, number)
            if answer and received.answer is None:
                # Redis has lost a lock, and another gateway has had more luck.
                return answer, True
            if conversation.kiosk is not None:
                kiosks.note_error(session, conversation.kiosk, "unavailable", now=now)
            stored = messages.store_failure(session, conversation, number, draft, now=now)
            return stored, False

        lines, is_answered = await self._storage.write(work)
        self._hub.publish(conversation_id, lines)
        return Outcome(received.line, lines, is_answered=is_answered)

    async def _say_goodbye(
        self, conversation_id: str, received: Received, answer: Answer
    ) -> Outcome:
        """Erase the conversation; its last replies are sent, and stored nowhere."""
        await self.forget(conversation_id)
        lines = _number(answer, after=received.line.id)
        self._hub.publish(conversation_id, lines)
        self._hub.close(conversation_id, GONE)
        return Outcome(received.line, lines)

    async def forget(self, conversation_id: str) -> None:
        """Erase a conversation everywhere; only within `alone`."""
        work = partial(
            erase,
            conversation_id=conversation_id,
            pseudonyms=self._pseudonyms,
            now=self._settings.now(),
            wipe=rewrite_if_small,
        )
        try:
            # Somebody else may be quicker; nothing is left either way.
            with suppress(NothingToErase):
                erased = await self._storage.run(work)
                self.rewriting.note(is_thorough=erased.is_thorough)
        except ErasureIncomplete as error:
            # The rows are gone; the file is rewritten later.
            self.rewriting.note(is_thorough=False)
            self._metrics.failures_by_kind[ERASURE] += 1
            logger.error("An erasure left something behind: %s", error)
        self._contacts.forget(conversation_id)
        self._metrics.erasures += 1
        # Whoever saw the conversation in a list sees it no longer.
        self._hub.announce(DESK, {"queue": True})
        name = self._pseudonyms.in_logs(conversation_id)
        logger.info("%s was erased.", name, extra={"conversation": name})


def _number(answer: Answer, *, after: int) -> tuple[Line, ...]:
    return tuple(
        Line(
            id=number,
            speaker=draft.speaker,
            language=answer.language,
            text=draft.text,
            buttons=tuple(draft.buttons),
            custom=draft.custom,
        )
        for number, draft in enumerate(answer.drafts, start=after + 1)
    )
