"""What the gateway answers a person itself, without the bot: to a coach's consent and queue."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coaching import handoff
from coaching.conversations import latest_custom, set_language
from coaching.handoff import ASKED, CRISIS, URGENCIES, WAITING, WITH_COACH
from coaching.models import Conversation, Message, Reply
from coaching.transcript import Answer, Draft, Received, Understood
from opastin.texts import Texts
from web import callback, feedback
from web.changed_mind import is_changed_mind
from web.handoff_lines import Lines
from web.handoff_state import KIND, coach_name, look_around

# The gateway waits for a yes or no; the bot knows the question as "handoff".
ASKED_CONSENT = "handoff_consent"
BOTS_QUESTION = "handoff"
DENY, BACK_CHOICE = "/deny", "back"
BACK = f'/inform{{"choice": "{BACK_CHOICE}"}}'
CRISIS_TEXT = "utter_crisis"
# A person who waits hears how it stands after so many messages.
NEWS_EVERY = 3
# What leaves the queue must be clear; what is less so gets news, with a button to leave. A mere
# "no" is not: "no hurry" is one to the bot.
SURE = 0.7
# Nothing is shown to anybody on a yes that may be none.
SURE_OF_CONSENT = 0.95
_LEAVES = frozenset({"go_back", "goodbye", "start_guidance", "stop"})
_MAY_LEAVE = _LEAVES | {"deny"}
_CHANGES_LANGUAGE = frozenset({"change_language", "use_plain_language"})
_ANSWER = re.compile(r'/handoff\{"answer": "(ask|yes|no|cancel|show|hide)"\}')

# Changes the conversation and returns what is said about it, in one transaction.
Step = Callable[[Session, Conversation, datetime], Answer]


@dataclass(frozen=True)
class Course:
    """What becomes of a message: the gateway's own step, then what the bot is asked."""

    step: Step | None = None
    for_bot: Received | None = None
    # The step stores a call-back request with the contacts.
    is_request: bool = False


def answer_of(payload: str | None) -> str | None:
    """Return what a button of the gateway's own says, None for any other.

    >>> answer_of('/handoff{"answer": "yes"}')
    'yes'
    """
    found = _ANSWER.fullmatch(payload or "")
    return None if found is None else found.group(1)


def is_for_gateway(received: Received) -> bool:
    """Say whether a message to a coach is nevertheless the gateway's to answer."""
    if received.is_repeated or received.state != WITH_COACH:
        return False
    return answer_of(received.payload) in ("show", "hide")


def course_of(
    received: Received, meaning: Answer | None, contacts: Sequence[str], texts: Texts
) -> Course:
    """Return what is to be done with a message; `meaning` is what the bot makes of it, if asked."""
    plan = _Plan(received, meaning, contacts, texts)
    if received.state == WITH_COACH:
        return Course(plan.show)
    if received.state == WAITING:
        return plan.while_waiting()
    return plan.with_bot()


def needs_meaning(received: Received, contacts: Sequence[str]) -> bool:
    """Say whether the gateway must know what typed words mean before it decides."""
    if received.payload is not None:
        return False
    if received.state == WAITING:
        return not (contacts and received.asked == callback.ASKED_BY_GATEWAY)
    return received.asked == ASKED_CONSENT


@dataclass(frozen=True)
class _Plan:
    """One message, and the steps that it may lead to."""

    received: Received
    meaning: Answer | None
    contacts: Sequence[str]
    texts: Texts

    @property
    def needs_meaning(self) -> bool:
        return needs_meaning(self.received, self.contacts)

    @property
    def intent(self) -> str | None:
        understood = self._understood()
        return None if understood is None else understood.intent

    def with_bot(self) -> Course:
        said = answer_of(self.received.payload)
        if said == "ask":
            return Course(partial(self.offer, why=None))
        if said == "no" or self.intent == "deny" or self._is_changed_mind():
            return Course(self.refuse, replace(self.received, payload=DENY))
        if said == "yes" or (self.intent == "affirm" and self._is_sure(SURE_OF_CONSENT)):
            return Course(self.join)
        if self.intent == "affirm":
            return Course(partial(self.offer, why=None))
        # A button of an earlier time: the talk goes on where it is.
        back = replace(self.received, payload=BACK) if said is not None else self.received
        return Course(for_bot=back)

    def while_waiting(self) -> Course:
        payload, intent = self.received.payload, self.intent
        is_asked = self.received.asked == callback.ASKED_BY_GATEWAY
        wants_call = payload == callback.REQUEST_PAYLOAD or intent == "request_callback"
        if feedback.rating_of(payload) is not None:
            return Course(for_bot=self.received)
        if self.contacts and (is_asked or wants_call):
            return Course(self.take_contact, is_request=True)
        if wants_call:
            return Course(self.ask_contact)
        if answer_of(payload) == "cancel" or self._is_changed_mind() or self._leaves():
            if is_asked and payload is None:
                # What is taken back is the call that was asked for last.
                return Course(partial(self.tell_news, is_due=True))
            back = replace(self.received, payload=BACK)
            return Course(partial(self.leave, why="changed_mind", is_told=True), back)
        if intent == CRISIS:
            return Course(self.hurry)
        if intent == "delete_my_data":
            return Course(partial(self.leave, why=intent, is_told=False), self.received)
        is_due = payload is not None or intent in _MAY_LEAVE | _CHANGES_LANGUAGE
        return Course(partial(self.tell_news, is_due=is_due))

    def offer(
        self, session: Session, conversation: Conversation, now: datetime, *, why: str | None
    ) -> Answer:
        """Ask for consent where a coach is there, else offer a call."""
        lines = self._lines(session, conversation, now)
        prospects = look_around(session, conversation, now)
        if not prospects.is_on_duty:
            return self._answer(lines.offer_call(prospects))
        why = why or offered_because(session, conversation)
        return self._answer(lines.consent(why), asked=ASKED_CONSENT)

    def join(self, session: Session, conversation: Conversation, now: datetime) -> Answer:
        """Put the person, who has said yes, in the queue; unless everybody has left meanwhile."""
        lines = self._lines(session, conversation, now)
        prospects = look_around(session, conversation, now)
        if not prospects.is_on_duty:
            return self._answer(lines.offer_call(prospects))
        why = offered_because(session, conversation)
        conversation.consented_at = now
        urgency = URGENCIES.get(why, 0)
        handoff.ask_for_coach(session, conversation, why=why, urgency=urgency, now=now)
        return self._answer(lines.waiting())

    def refuse(self, session: Session, conversation: Conversation, now: datetime) -> Answer:
        """Let no coach see what was told, whatever was allowed before; the bot goes on."""
        conversation.consented_at = None
        return self._answer()

    def leave(
        self,
        session: Session,
        conversation: Conversation,
        now: datetime,
        *,
        why: str,
        is_told: bool,
    ) -> Answer:
        """Take the person out of the queue; the bot goes on."""
        handoff.leave_queue(session, conversation, why=why, now=now)
        lines = self._lines(session, conversation, now)
        return self._answer(*([lines.cancelled()] if is_told else []))

    def hurry(self, session: Session, conversation: Conversation, now: datetime) -> Answer:
        """Say who helps at once, and put the person first in the queue."""
        urgency = URGENCIES[CRISIS]
        handoff.ask_for_coach(session, conversation, why=CRISIS, urgency=urgency, now=now)
        lines = self._lines(session, conversation, now)
        spoken, plain = conversation.language, conversation.plain_language
        help_at_once = Draft(self.texts.text(CRISIS_TEXT, spoken, plain=plain))
        return self._answer(help_at_once, lines.urgent())

    def tell_news(
        self, session: Session, conversation: Conversation, now: datetime, *, is_due: bool
    ) -> Answer:
        """Say how the waiting stands, but not at every message."""
        if not is_due and _messages_since_news(session, conversation.id) < NEWS_EVERY:
            return self._answer(asked=self.received.asked)
        lines = self._lines(session, conversation, now)
        return self._answer(lines.news(look_around(session, conversation, now)))

    def ask_contact(self, session: Session, conversation: Conversation, now: datetime) -> Answer:
        """Ask where to call; the place in the queue is kept until that is known."""
        return callback.ask_contact(self._answer(), "callback_ask_contact")

    def take_contact(self, session: Session, conversation: Conversation, now: datetime) -> Answer:
        """Thank for the contact, which is stored beside it."""
        return replace(callback.take_contact(self.received).answer, understood=self._understood())

    def show(self, session: Session, conversation: Conversation, now: datetime) -> Answer:
        """Let the coach who came unasked see what was told, or not."""
        is_shown = answer_of(self.received.payload) == "show"
        # Both buttons stay: whoever has said yes may say no later.
        conversation.consented_at = now if is_shown else None
        name = coach_name(session, conversation) or ""
        lines = self._lines(session, conversation, now)
        return self._answer(lines.shown(name, is_shown=is_shown))

    def _lines(self, session: Session, conversation: Conversation, now: datetime) -> Lines:
        """Return the lines in the language that the message has left the conversation in."""
        spoken = self._answer()
        set_language(conversation, language=spoken.language, plain_language=spoken.plain_language)
        return Lines(session, conversation, self.texts, now)

    def _answer(self, *drafts: Draft, asked: str | None = None) -> Answer:
        spoken = self.meaning or self.received
        return Answer(
            drafts, spoken.language, spoken.plain_language, asked, understood=self._understood()
        )

    def _understood(self) -> Understood | None:
        return None if self.meaning is None else self.meaning.understood

    def _leaves(self) -> bool:
        return self.intent in _LEAVES and self._is_sure(SURE)

    def _is_changed_mind(self) -> bool:
        # Only words that the gateway has to understand: a button says what it says.
        return self.needs_meaning and is_changed_mind(self.received.text)

    def _is_sure(self, least: float) -> bool:
        understood = self._understood()
        return understood is not None and (understood.confidence or 0.0) >= least


def offered_because(session: Session, conversation: Conversation) -> str:
    """Return why a coach was offered last."""
    offered = latest_custom(session, conversation.id, KIND)
    why = (offered.custom or {}).get("why") if offered is not None else None
    return str(why) if why in URGENCIES else ASKED


def _messages_since_news(session: Session, conversation_id: str) -> int:
    latest = session.scalar(
        select(func.max(Reply.number)).where(Reply.conversation_id == conversation_id)
    )
    count = session.scalar(
        select(func.count())
        .select_from(Message)
        .where(Message.conversation_id == conversation_id, Message.number > (latest or 0))
    )
    return int(count or 0)
