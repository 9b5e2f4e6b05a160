"""Keep what is said in a conversation: each message once, each reply under its number.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching.errors import ConversationGone, PayloadNotIssued
from coaching.handoff_states import WITH_COACH
from coaching.models import PAYLOAD_LENGTH, Conversation, IssuedPayload, Message, Reply
from coaching.transcript import (
    Answer,
    Draft,
    Incoming,
    Line,
    Received,
    line_of_message,
    line_of_reply,
)


def receive(
    session: Session, conversation: Conversation, incoming: Incoming, *, now: datetime
) -> Received:
    """Store a message once, or find the one that came under the same `client_id`.

    Raise PayloadNotIssued for a payload that no stored reply of this conversation offers.
    """
    message = _find_message(session, conversation.id, incoming.client_id)
    is_repeated = message is not None
    if message is None:
        message = _store_message(session, conversation, incoming, now=now)
    if conversation.state == WITH_COACH and message.answered_at is None:
        # A coach answers it, so the bot must not when it is sent again.
        message.answered_at = now
    conversation.used_at = now
    previous = session.execute(
        select(Message.heard)
        .where(Message.conversation_id == conversation.id, Message.number < message.number)
        .order_by(Message.number.desc())
        .limit(1)
    ).first()
    heard = previous[0] if previous else None
    return Received(
        line=line_of_message(message),
        payload=message.payload,
        text=message.text,
        language=conversation.language,
        plain_language=conversation.plain_language,
        asked=message.asked,
        heard=heard if heard != conversation.language else None,
        is_first=previous is None,
        state=conversation.state,
        is_repeated=is_repeated,
        answer=_find_answer(session, message),
    )


def store_answer(
    session: Session, conversation: Conversation, number: int, answer: Answer, *, now: datetime
) -> tuple[Line, ...]:
    """Store the replies to message `number`, and what the bot made of it."""
    conversation.language = answer.language
    conversation.plain_language = answer.plain_language
    conversation.asked = answer.asked
    message = session.get(Message, (conversation.id, number))
    if message is None:
        raise ConversationGone
    message.answered_at = now
    if answer.understood is not None:
        message.intent = answer.understood.intent
        message.confidence = answer.understood.confidence
        message.heard = answer.understood.language
        message.slots = dict(answer.understood.slots)
    return store_replies(session, conversation, answer.drafts, answers=number, now=now)


def leave_unanswered(
    session: Session, conversation: Conversation, number: int, *, now: datetime
) -> None:
    """Keep that message `number` is for a coach to answer, and the bot must not."""
    message = session.get(Message, (conversation.id, number))
    if message is None:
        raise ConversationGone
    message.answered_at = now


def store_failure(
    session: Session, conversation: Conversation, number: int, draft: Draft, *, now: datetime
) -> tuple[Line, ...]:
    """Store once that message `number` got no answer; the message stays unanswered."""
    stored = session.scalars(
        select(Reply).where(
            Reply.conversation_id == conversation.id, Reply.answers == number, Reply.is_failure
        )
    ).first()
    if stored is not None:
        return (line_of_reply(stored),)
    return store_replies(session, conversation, [draft], answers=number, now=now)


def store_replies(
    session: Session,
    conversation: Conversation,
    drafts: Sequence[Draft],
    *,
    now: datetime,
    answers: int | None = None,
) -> tuple[Line, ...]:
    """Number and store replies in order, and remember the payloads that they offer."""
    replies = [
        Reply(
            conversation_id=conversation.id,
            number=_next_number(conversation),
            answers=answers,
            is_failure=draft.is_failure,
            speaker=draft.speaker,
            name=draft.name,
            language=conversation.language,
            text=draft.text,
            buttons=[dict(button) for button in draft.buttons],
            custom=dict(draft.custom) if draft.custom else None,
            sent_at=now,
        )
        for draft in drafts
    ]
    session.add_all(replies)
    _issue(session, conversation.id, dict(pair for draft in drafts for pair in draft.payloads()))
    session.flush()
    return tuple(map(line_of_reply, replies))


def _find_message(session: Session, conversation_id: str, client_id: str | None) -> Message | None:
    if client_id is None:
        return None
    return session.scalars(
        select(Message).where(
            Message.conversation_id == conversation_id, Message.client_id == client_id
        )
    ).first()


def _store_message(
    session: Session, conversation: Conversation, incoming: Incoming, *, now: datetime
) -> Message:
    text = incoming.text or ""
    payload = incoming.payload or _named_button(session, conversation, text)
    if incoming.payload is not None:
        issued = session.get(IssuedPayload, (conversation.id, incoming.payload))
        if issued is None:
            raise PayloadNotIssued
        text = issued.title
    message = Message(
        conversation_id=conversation.id,
        number=_next_number(conversation),
        client_id=incoming.client_id,
        text=text,
        payload=payload,
        language=conversation.language,
        asked=conversation.asked,
        sent_at=now,
    )
    session.add(message)
    session.flush()
    return message


def _named_button(session: Session, conversation: Conversation, text: str) -> str | None:
    """Return the payload of the last reply's button whose words were typed, None if of none."""
    last = session.get(Reply, (conversation.id, conversation.last_number))
    buttons = last.buttons if last is not None else []
    named = (button["payload"] for button in buttons if _fold(button["title"]) == _fold(text))
    return next(named, None)


def _fold(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".!?")


def _find_answer(session: Session, message: Message) -> tuple[Line, ...] | None:
    if message.answered_at is None:
        return None
    replies = session.scalars(
        select(Reply)
        .where(
            Reply.conversation_id == message.conversation_id,
            Reply.answers == message.number,
            Reply.is_failure.is_(False),
        )
        .order_by(Reply.number)
    )
    return tuple(map(line_of_reply, replies))


def _next_number(conversation: Conversation) -> int:
    number: int = conversation.last_number + 1
    conversation.last_number = number
    return number


def _issue(session: Session, conversation_id: str, titles: Mapping[str, str]) -> None:
    known = set(
        session.scalars(
            select(IssuedPayload.payload).where(
                IssuedPayload.conversation_id == conversation_id,
                IssuedPayload.payload.in_(titles),
            )
        )
    )
    session.add_all(
        IssuedPayload(conversation_id=conversation_id, payload=payload, title=title)
        for payload, title in titles.items()
        if payload not in known and len(payload) <= PAYLOAD_LENGTH
    )
