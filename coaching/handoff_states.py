"""The states of a handoff, and the record of every change from one to another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from coaching.conversations import WITH_BOT
from coaching.models import Conversation, HandoffChange

WAITING = "waiting"
WITH_COACH = "with_coach"
CALLBACK = "callback"
CLOSED = "closed"
STATES = (WITH_BOT, WAITING, WITH_COACH, CALLBACK, CLOSED)
# In these states nothing that a person writes is answered by the bot.
MUTED = frozenset({WAITING, WITH_COACH})


def change_state(
    session: Session, conversation: Conversation, state: str, *, who: str, why: str, now: datetime
) -> bool:
    """Move a conversation to `state` and record it; False when it is there already.

    `who` is a role or an account, `why` a short code: neither holds a person's words.
    """
    if state not in STATES:
        raise ValueError(f"{state!r} is not one of {', '.join(STATES)}.")
    if conversation.state == state:
        return False
    conversation.state = state
    conversation.waiting_since = now if state == WAITING else None
    record(session, conversation.id, state, who=who, why=why, now=now)
    return True


def record(
    session: Session, conversation_id: str, state: str, *, who: str, why: str, now: datetime
) -> None:
    """Keep who changed a conversation's state, or its coach, and why."""
    session.add(
        HandoffChange(
            conversation_id=conversation_id, state=state, who=who, why=why, changed_at=now
        )
    )
    session.flush()
