"""Who has a conversation: the bot, a coach, or a call-back request; every change is recorded.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coaching.conversations import WITH_BOT, last_words
from coaching.models import CallbackRequest, Conversation, HandoffChange

WAITING = "waiting"
WITH_COACH = "with_coach"
CALLBACK = "callback"
CLOSED = "closed"
STATES = (WITH_BOT, WAITING, WITH_COACH, CALLBACK, CLOSED)
# In these states nothing that a person writes is answered by the bot.
MUTED = frozenset({WAITING, WITH_COACH})

OPEN, REPLACED = "open", "replaced"
# The messages that hold the wish and the time that suits.
_WORDS_OF_REQUEST = 3


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
    session.add(
        HandoffChange(
            conversation_id=conversation.id, state=state, who=who, why=why, changed_at=now
        )
    )
    session.flush()
    return True


def request_callback(
    session: Session,
    conversation: Conversation,
    contacts: Sequence[str],
    *,
    who: str,
    why: str,
    now: datetime,
) -> CallbackRequest:
    """Store a call-back request in place of an earlier open one, and change the state."""
    session.execute(
        update(CallbackRequest)
        .where(
            CallbackRequest.conversation_id == conversation.id,
            CallbackRequest.state == OPEN,
        )
        .values(state=REPLACED)
        .execution_options(synchronize_session=False)
    )
    request = CallbackRequest(
        conversation_id=conversation.id,
        contact="\n".join(contacts),
        words=last_words(session, conversation.id, count=_WORDS_OF_REQUEST),
        language=conversation.language,
        state=OPEN,
        requested_at=now,
    )
    session.add(request)
    change_state(session, conversation, CALLBACK, who=who, why=why, now=now)
    session.flush()
    return request


def open_requests(session: Session) -> list[CallbackRequest]:
    """Return the call-back requests that wait for somebody, oldest first."""
    return list(
        session.scalars(
            select(CallbackRequest)
            .where(CallbackRequest.state == OPEN)
            .order_by(CallbackRequest.requested_at, CallbackRequest.id)
        )
    )
