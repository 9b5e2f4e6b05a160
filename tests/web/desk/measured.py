"""Conversations with figures, as many as a page of measures needs to tell something."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from coaching.demand import Unmet, count_unmet
from coaching.desk_models import ConversationFigures
from coaching.models import Conversation, HandoffChange, Message

_NUMBERS = count(1)


def add_talks(session: Session, number: int, *, at: datetime, **values) -> None:
    """Store conversations; `values` are columns of conversations and of their figures."""
    for _ in range(number):
        _add(session, at, dict(values))
    session.flush()


def add_many(session: Session, now: datetime) -> None:
    """Store what fills every part of the page."""
    for weeks, finnish, swedish in ((0, 31, 12), (1, 40, 14), (2, 22, 3)):
        at = now - timedelta(weeks=weeks)
        half = {"saw_options": True, "rating": 4, "intent": "faq_cost", "wait_minutes": 3}
        add_talks(session, finnish // 2, at=at, place="743", **half)
        add_talks(session, finnish - finnish // 2, at=at, place="905", failed=2)
        add_talks(session, swedish, at=at, language="sv", channel="kiosk", place="maakunta_14")
    for conversation in session.query(Conversation).limit(8):
        unmet = Unmet("743", "09", "course", "any", "far")
        count_unmet(session, conversation, unmet, today=now.date())


def _add(session: Session, at: datetime, values: dict) -> None:
    wait, intent = values.pop("wait_minutes", None), values.pop("intent", None)
    figures = {"messages": 6, "failed": 0, "saw_options": False, "has_plan": False}
    figures |= {"was_handed_over": wait is not None, "rating": None, "place": None}
    figures |= {name: values.pop(name) for name in list(values) if name in figures}
    conversation_id = f"{next(_NUMBERS):032x}"
    conversation = {"channel": "web", "language": "fi", "plain_language": False, **values}
    session.add(
        Conversation(
            id=conversation_id,
            token_hash="none",
            state="with_bot",
            last_number=1,
            created_at=at,
            used_at=at,
            **conversation,
        )
    )
    session.flush()
    session.add(ConversationFigures(conversation_id=conversation_id, last_at=at, **figures))
    message = {"conversation_id": conversation_id, "number": 1, "language": "fi", "sent_at": at}
    session.add(Message(text="salaista", intent=intent, **message))
    if wait is not None:
        for state, minutes in (("waiting", 0), ("with_coach", wait)):
            moment = at + timedelta(minutes=minutes)
            change = {"conversation_id": conversation_id, "state": state, "changed_at": moment}
            session.add(HandoffChange(who="anna", why="claimed", **change))
