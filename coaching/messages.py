"""Keep what is said in a conversation: each message once, each reply under its number.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from coaching.errors import AnsweredMeanwhile, ConversationGone, PayloadNotIssued
from coaching.handoff_states import WITH_COACH
from coaching.models import PAYLOAD_LENGTH, Conversation, IssuedPayload, Message, Reply
from coaching.transcript import (
    Answer,
    Draft,
    Incoming,
    Line,
    Received,
    Understood,
    line_of_message,
    line_of_reply,
)

_CONVERSATIONS: Any = Conversation.__table__
_MESSAGES: Any = Message.__table__
_REPLIES: Any = Reply.__table__
_PAYLOADS: Any = IssuedPayload.__table__

# What every turn asks is asked of the tables and built once: objects that the session looks after,
# and building a statement anew, each take several times as long as SQLite itself.
_HERE: Any = bindparam("here")
_NUMBER: Any = bindparam("at")
_HEARD_BEFORE = (
    select(_MESSAGES.c.heard)
    .where(_MESSAGES.c.conversation_id == _HERE, _MESSAGES.c.number < _NUMBER)
    .order_by(_MESSAGES.c.number.desc())
    .limit(1)
)
# What a new message finds: its own number if it came before, the language of the last one and
# whether there was one, and the last reply's buttons.
_FOUND = select(
    select(_MESSAGES.c.number)
    .where(_MESSAGES.c.conversation_id == _HERE, _MESSAGES.c.client_id == bindparam("client"))
    .scalar_subquery()
    .label("repeated"),
    select(_MESSAGES.c.heard)
    .where(_MESSAGES.c.conversation_id == _HERE)
    .order_by(_MESSAGES.c.number.desc())
    .limit(1)
    .scalar_subquery()
    .label("heard"),
    select(func.max(_MESSAGES.c.number))
    .where(_MESSAGES.c.conversation_id == _HERE)
    .scalar_subquery()
    .label("previous"),
    select(_REPLIES.c.buttons)
    .where(_REPLIES.c.conversation_id == _HERE, _REPLIES.c.number == _NUMBER)
    .scalar_subquery()
    .label("buttons"),
)
_KNOWN = select(_PAYLOADS.c.payload).where(
    _PAYLOADS.c.conversation_id == _HERE,
    _PAYLOADS.c.payload.in_(bindparam("payloads", expanding=True)),
)
_ADD_MESSAGE, _ADD_REPLIES, _ADD_PAYLOADS = (
    table.insert() for table in (_MESSAGES, _REPLIES, _PAYLOADS)
)
_CHANGE = _CONVERSATIONS.update().where(_CONVERSATIONS.c.id == _HERE)
_UNDERSTAND = _MESSAGES.update().where(
    _MESSAGES.c.conversation_id == _HERE, _MESSAGES.c.number == _NUMBER
)
_UNDERSTAND_FIRST = _UNDERSTAND.where(_MESSAGES.c.answered_at.is_(None))


def receive(
    session: Session, conversation: Conversation, incoming: Incoming, *, now: datetime
) -> Received:
    """Store a message once, or find the one that came under the same `client_id`.

    Raise PayloadNotIssued for a payload that no stored reply of this conversation offers.
    """
    asked = {"here": conversation.id, "client": incoming.client_id, "at": conversation.last_number}
    found = session.execute(_FOUND, asked).one()
    # A coach answers it, so the bot must not when it is sent again.
    answered_at = now if conversation.state == WITH_COACH else None
    message: Any
    if found.repeated is None:
        buttons = found.buttons or ()
        message = _add_message(session, conversation, incoming, buttons, now, answered_at)
        heard, is_first = found.heard, found.previous is None
    else:
        message = session.get(Message, (conversation.id, found.repeated))
        message.answered_at = message.answered_at or answered_at
        before = {"here": conversation.id, "at": found.repeated}
        previous = session.execute(_HEARD_BEFORE, before).first()
        heard, is_first = previous[0] if previous else None, previous is None
        _change(session, conversation, used_at=_later(conversation, now))
    return Received(
        line=line_of_message(message),
        payload=message.payload,
        text=message.text,
        language=conversation.language,
        plain_language=conversation.plain_language,
        asked=message.asked,
        heard=heard if heard != conversation.language else None,
        is_first=is_first,
        state=conversation.state,
        is_repeated=found.repeated is not None,
        answer=_find_answer(session, message),
    )


def store_answer(
    session: Session,
    conversation: Conversation,
    number: int,
    answer: Answer,
    *,
    now: datetime,
    is_first: bool = False,
) -> tuple[Line, ...]:
    """Store the replies to message `number`, and what the bot made of it.

    Raise AnsweredMeanwhile where `is_first` is given and the message has an answer already.
    """
    understood = answer.understood or Understood()
    values = {
        "here": conversation.id,
        "at": number,
        "answered_at": now,
        "intent": understood.intent,
        "confidence": understood.confidence,
        "heard": understood.language,
        "slots": None if answer.understood is None else dict(understood.slots),
    }
    found: Any = session.execute(_UNDERSTAND_FIRST if is_first else _UNDERSTAND, values)
    if found.rowcount == 0:
        if is_first and session.get(Message, (conversation.id, number)) is not None:
            raise AnsweredMeanwhile
        raise ConversationGone
    spoken = {
        "language": answer.language,
        "plain_language": answer.plain_language,
        "asked": answer.asked,
    }
    _change(session, conversation, last_number=_after(conversation, answer.drafts), **spoken)
    return _add_replies(session, conversation, answer.drafts, answers=number, now=now)


def stored_answer(session: Session, conversation_id: str, number: int) -> tuple[Line, ...]:
    """Return the answer that message `number` has got; nothing where it has none."""
    message = session.get(Message, (conversation_id, number))
    return (() if message is None else _find_answer(session, message)) or ()


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
    _change(session, conversation, last_number=_after(conversation, drafts))
    return _add_replies(session, conversation, drafts, now=now, answers=answers)


def _after(conversation: Conversation, drafts: Sequence[Draft]) -> int:
    return int(conversation.last_number) + len(drafts)


def _add_replies(
    session: Session,
    conversation: Conversation,
    drafts: Sequence[Draft],
    *,
    now: datetime,
    answers: int | None,
) -> tuple[Line, ...]:
    """Add replies whose numbers the conversation counts already."""
    if not drafts:
        return ()
    first = conversation.last_number - len(drafts) + 1
    replies: list[dict[str, Any]] = [
        {
            "conversation_id": conversation.id,
            "number": number,
            "answers": answers,
            "is_failure": draft.is_failure,
            "speaker": draft.speaker,
            "name": draft.name,
            "language": conversation.language,
            "text": draft.text,
            "buttons": [dict(button) for button in draft.buttons],
            "custom": dict(draft.custom) if draft.custom else None,
            "sent_at": now,
        }
        for number, draft in enumerate(drafts, start=first)
    ]
    session.execute(_ADD_REPLIES, replies)
    payloads = _new_payloads(session, conversation.id, drafts)
    if payloads:
        session.execute(_ADD_PAYLOADS, payloads)
    return tuple(line_of_reply(Reply(**reply)) for reply in replies)


def _add_message(
    session: Session,
    conversation: Conversation,
    incoming: Incoming,
    buttons: Sequence[Mapping[str, str]],
    now: datetime,
    answered_at: datetime | None,
) -> Message:
    text = incoming.text or ""
    payload = incoming.payload or _named_button(buttons, text)
    if incoming.payload is not None:
        issued = session.get(IssuedPayload, (conversation.id, incoming.payload))
        if issued is None:
            raise PayloadNotIssued
        text = issued.title
    number = conversation.last_number + 1
    message: dict[str, Any] = {
        "conversation_id": conversation.id,
        "number": number,
        "client_id": incoming.client_id,
        "text": text,
        "payload": payload,
        "language": conversation.language,
        "asked": conversation.asked,
        "sent_at": now,
        "answered_at": answered_at,
    }
    session.execute(_ADD_MESSAGE, message)
    _change(session, conversation, last_number=number, used_at=_later(conversation, now))
    return Message(**message)


def _later(conversation: Conversation, now: datetime) -> datetime:
    # A clock that is set back for a while must not make what is in use look long unused.
    return max(conversation.used_at, now)


def _named_button(buttons: Sequence[Mapping[str, str]], text: str) -> str | None:
    """Return the payload of the last reply's button whose words were typed, None if of none."""
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


def _change(session: Session, conversation: Conversation, **values: Any) -> None:
    """Write a conversation's values now; the session need not look for them when it commits."""
    session.execute(_CHANGE, {"here": conversation.id, **values})
    for name, value in values.items():
        set_committed_value(conversation, name, value)


def _new_payloads(
    session: Session, conversation_id: str, drafts: Sequence[Draft]
) -> list[dict[str, str]]:
    """Return the rows of those payloads that the conversation was not offered before."""
    titles = dict(pair for draft in drafts for pair in draft.payloads())
    if not titles:
        return []
    known = set(session.scalars(_KNOWN, {"here": conversation_id, "payloads": list(titles)}))
    return [
        {"conversation_id": conversation_id, "payload": payload, "title": title}
        for payload, title in titles.items()
        if payload not in known and len(payload) <= PAYLOAD_LENGTH
    ]
