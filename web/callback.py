"""Call-back requests: stored when the bot or the person asks, also while the bot is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from coaching import handoff
from coaching.models import Conversation
from coaching.transcript import SYSTEM, Answer, Draft, Received
from web.wording import say

REQUEST_PAYLOAD = "/request_callback"
# What the bot asks for, and what the gateway asks for itself: those answers it takes itself.
ASKED_BY_BOT, ASKED_BY_GATEWAY = "contact", "callback_contact"


@dataclass(frozen=True)
class Prepared:
    """An answer as it will be stored, and whether a call-back request goes with it."""

    answer: Answer
    is_request: bool = False


def prepare(answer: Answer, *, contacts: Sequence[str]) -> Prepared:
    """Fill in what the bot leaves to the gateway in its handoff parts.

    A call-back without a way to reach the person would be an empty promise, so the
    person is asked again.
    """
    is_request = any(_state(draft) == handoff.CALLBACK for draft in answer.drafts)
    if is_request and not contacts:
        return Prepared(ask_contact(answer, "callback_ask_contact_again"))
    drafts = tuple(_fill(draft, answer.language) for draft in answer.drafts)
    return Prepared(replace(answer, drafts=drafts), is_request)


def answer_without_bot(received: Received, *, contacts: Sequence[str]) -> Prepared | None:
    """Return what the gateway can say itself while the bot is away; None when nothing."""
    spoken = Answer((), received.language, received.plain_language)
    if contacts and received.asked in (ASKED_BY_BOT, ASKED_BY_GATEWAY):
        return take_contact(received)
    if received.payload == REQUEST_PAYLOAD:
        return Prepared(ask_contact(spoken, "callback_ask_contact"))
    return None


def take_contact(received: Received) -> Prepared:
    """Return the thanks for contact details that the gateway had asked for."""
    stored = Draft(
        say("callback_stored", received.language, plain=received.plain_language),
        custom={"kind": "handoff"} | describe_state(handoff.CALLBACK, received.language),
        speaker=SYSTEM,
    )
    return Prepared(Answer((stored,), received.language, received.plain_language), True)


def ask_contact(answer: Answer, text: str) -> Answer:
    """Return the question for contact details in place of `answer`."""
    words = say(text, answer.language, plain=answer.plain_language)
    question = Draft(words, speaker=SYSTEM)
    return replace(answer, drafts=(question,), asked=ASKED_BY_GATEWAY)


def apologise(received: Received) -> Draft:
    """Return the words for a person whom the bot could not answer."""
    language = received.language
    words = say("bot_unavailable", language, plain=received.plain_language)
    button = {"title": say("request_callback", language), "payload": REQUEST_PAYLOAD}
    return Draft(words, buttons=(button,), speaker=SYSTEM, is_failure=True)


def store_request(
    session: Session, conversation: Conversation, contacts: Sequence[str], *, now: datetime
) -> None:
    """Store the request with the person's last words. The caller commits."""
    handoff.request_callback(
        session, conversation, contacts, who="person", why="asked_for_callback", now=now
    )


def describe_state(state: str, language: str) -> dict[str, object]:
    """Return what tells a page who has the conversation."""
    return {"state": state, "position": None, "hours": say("hours", language)}


def _state(draft: Draft) -> str | None:
    custom = draft.custom or {}
    return custom.get("state") if custom.get("kind") == "handoff" else None


def _fill(draft: Draft, language: str) -> Draft:
    state = _state(draft)
    if state is None:
        return draft
    given = {name: value for name, value in (draft.custom or {}).items() if value is not None}
    return replace(draft, custom=describe_state(state, language) | given)
