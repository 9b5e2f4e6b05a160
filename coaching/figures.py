"""Keep what lists, filters and measures ask of a conversation, and what the search looks at.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coaching import search_terms
from coaching.desk_models import ConversationFigures, ConversationWords
from coaching.handoff import CALLBACK, WITH_COACH
from coaching.models import Conversation, HandoffChange, Message, Reply

# Rasa's name for a message that was not understood.
NOT_UNDERSTOOD = "nlu_fallback"
_RATING = re.compile(r'/feedback\{"rating": ([1-9])\}')
_BROAD = 4


def renew(session: Session, conversation_id: str, *, now: datetime) -> ConversationFigures | None:
    """Bring a conversation's figures and words up to date; None when it is gone.

    `now` is when its last line was said.
    """
    # Locked: two who renew it at once would both count the same lines.
    conversation = session.get(Conversation, conversation_id, with_for_update=True)
    if conversation is None:
        return None
    figures = _of(session, conversation_id) or _begin(session, conversation, now=now)
    figures.channel, figures.language = conversation.channel, conversation.language
    figures.last_at = now
    spoken = _read_messages(session, conversation_id)
    _count_messages(figures, spoken)
    new = [message for message in spoken if message.number > figures.read_upto]
    replies = _read_replies(session, conversation_id, after=figures.read_upto)
    _count_replies(figures, replies)
    if not figures.was_handed_over:
        figures.was_handed_over = _was_handed_over(session, conversation_id)
    # Every line up to the conversation's last number is stored with it.
    numbers = [line.number for line in (*new, *replies)]
    figures.read_upto = max([figures.read_upto, conversation.last_number, *numbers])
    _add_words(session, figures, _terms(new, replies, spoken))
    session.flush()
    return figures


def behind(session: Session, *, limit: int = 1000) -> list[tuple[str, datetime]]:
    """Return conversations whose figures are missing or behind, and when they were last used.

    The oldest come first: lists page by the order in which rows are made.
    """
    query = (
        select(Conversation.id, Conversation.used_at)
        .outerjoin(ConversationFigures, ConversationFigures.conversation_id == Conversation.id)
        .where(
            or_(
                ConversationFigures.id.is_(None),
                ConversationFigures.read_upto < Conversation.last_number,
            )
        )
        .order_by(Conversation.created_at, Conversation.id)
        .limit(limit)
    )
    return [(conversation_id, used_at) for conversation_id, used_at in session.execute(query)]


def backfill(session: Session, *, limit: int = 1000) -> int:
    """Bring figures that are missing or behind up to date, and return how many there were."""
    found = behind(session, limit=limit)
    for conversation_id, used_at in found:
        renew(session, conversation_id, now=used_at)
    return len(found)


def rating_in(payload: str | None) -> int | None:
    """Return the rating that a button's payload gives, None where it gives none."""
    found = _RATING.fullmatch(payload or "")
    return None if found is None else int(found.group(1))


def _of(session: Session, conversation_id: str) -> ConversationFigures | None:
    found: ConversationFigures | None = session.scalars(
        select(ConversationFigures).where(ConversationFigures.conversation_id == conversation_id)
    ).first()
    return found


def _begin(session: Session, conversation: Conversation, *, now: datetime) -> ConversationFigures:
    figures = ConversationFigures(
        conversation_id=conversation.id,
        started_at=conversation.created_at,
        messages=0,
        failed=0,
        last_at=now,
        saw_options=False,
        has_plan=False,
        was_handed_over=False,
        read_upto=0,
    )
    session.add(figures)
    session.flush()
    return figures


def _read_messages(session: Session, conversation_id: str) -> Sequence[Any]:
    # All of them, for the bot may answer an old one late. They are short; replies are not.
    rows: Sequence[Any] = session.execute(
        select(
            Message.number,
            Message.text,
            Message.payload,
            Message.language,
            Message.heard,
            Message.intent,
            Message.confidence,
            Message.slots,
            Message.answered_at,
        )
        .where(Message.conversation_id == conversation_id)
        .order_by(Message.number)
    ).all()
    return rows


def _read_replies(session: Session, conversation_id: str, *, after: int) -> Sequence[Any]:
    # The database looks into the custom part: cards are long, and reading them takes its time.
    rows: Sequence[Any] = session.execute(
        select(Reply.number, Reply.text, Reply.language, Reply.custom["kind"].as_string())
        .where(Reply.conversation_id == conversation_id, Reply.number > after)
        .order_by(Reply.number)
    ).all()
    return rows


def _count_messages(figures: ConversationFigures, spoken: Sequence[Any]) -> None:
    figures.messages = len(spoken)
    figures.failed = sum(
        message.answered_at is None or message.intent == NOT_UNDERSTOOD for message in spoken
    )
    least = min(
        (
            message.confidence
            for message in spoken
            if message.payload is None and message.confidence is not None
        ),
        default=None,
    )
    figures.least_confidence = None if least is None else round(least * 100)
    for message in spoken:
        slots = message.slots or {}
        figures.place = _text(slots.get("place"), 20) or figures.place
        figures.field = _text(slots.get("field"), _BROAD) or figures.field
        figures.rating = rating_in(message.payload) or figures.rating


def _count_replies(figures: ConversationFigures, replies: Sequence[Any]) -> None:
    kinds = {kind for *_, kind in replies}
    figures.saw_options = figures.saw_options or "options" in kinds
    figures.has_plan = figures.has_plan or "plan" in kinds


def _was_handed_over(session: Session, conversation_id: str) -> bool:
    query = select(HandoffChange.id).where(
        HandoffChange.conversation_id == conversation_id,
        HandoffChange.state.in_((WITH_COACH, CALLBACK)),
    )
    return session.execute(query.limit(1)).first() is not None


def _terms(new: Iterable[Any], replies: Iterable[Any], spoken: Iterable[Any]) -> set[str]:
    terms = search_terms.intents(message.intent for message in spoken)
    for message in new:
        terms |= search_terms.said(message.text, message.heard or message.language)
    for _, text, language, _ in replies:
        terms |= search_terms.told(text, language)
    return terms


def _add_words(session: Session, figures: ConversationFigures, terms: set[str]) -> None:
    words = session.get(ConversationWords, figures.id)
    if words is None:
        session.add(
            ConversationWords(
                id=figures.id, conversation_id=figures.conversation_id, terms=frozenset(terms)
            )
        )
    elif not terms <= words.terms:
        words.terms = words.terms | terms


def _text(value: object, length: int) -> str | None:
    return value[:length] if isinstance(value, str) and value else None
