"""Wishes to be called or written to: left by people, taken and done by coaches.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coaching import audit
from coaching.accounts import is_gone
from coaching.conversations import last_words
from coaching.desk_models import Coach
from coaching.handoff_states import CALLBACK, CLOSED, change_state
from coaching.models import CallbackRequest, Conversation
from coaching.sight import of_team

OPEN, TAKEN, DONE, REPLACED = "open", "taken", "done", "replaced"
# Somebody is still to be called.
PROMISED = (OPEN, TAKEN)
REVEALED = "reveal_contact"
# The messages that hold the wish and the time that suits.
_WORDS_OF_REQUEST = 3
_KEPT_AS_IT_IS = {"synchronize_session": False}


def request_callback(
    session: Session,
    conversation: Conversation,
    contacts: Sequence[str],
    *,
    who: str,
    why: str,
    now: datetime,
) -> CallbackRequest:
    """Store a call-back request in place of an earlier one, and change the state."""
    session.execute(
        update(CallbackRequest)
        .where(
            CallbackRequest.conversation_id == conversation.id, CallbackRequest.state.in_(PROMISED)
        )
        # One way to reach a person is enough.
        .values(state=REPLACED, contact="")
        .execution_options(**_KEPT_AS_IT_IS)
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


def open_requests(session: Session, coach: Coach | None = None) -> list[CallbackRequest]:
    """Return the requests that nobody has done yet, oldest first: those that `coach` may take.

    Whoever shows them shows people's words, which the audit must tell of.
    """
    query = select(CallbackRequest).where(CallbackRequest.state.in_(PROMISED))
    if coach is not None:
        query = query.where(*_in_reach(coach))
    return list(session.scalars(query.order_by(CallbackRequest.requested_at, CallbackRequest.id)))


def take(session: Session, request_id: int, coach: Coach) -> bool:
    """Promise to see to a request; False when another was quicker, or it is another team's."""
    conditions = [CallbackRequest.state == OPEN, *_in_reach(coach)]
    return _change(session, request_id, conditions, TAKEN, taken_by=coach.name)


def put_back(session: Session, request_id: int, coach: Coach) -> bool:
    """Leave a request to others again; False when it is not the coach's."""
    return _change(session, request_id, _of(coach), OPEN, taken_by=None)


def free_deserted(session: Session) -> int:
    """Leave to others what coaches had promised who are gone, and return how many that were."""
    freed: Any = session.execute(
        update(CallbackRequest)
        .where(
            CallbackRequest.state == TAKEN,
            CallbackRequest.taken_by.in_(select(Coach.name).where(is_gone())),
        )
        .values(state=OPEN, taken_by=None)
        .execution_options(**_KEPT_AS_IT_IS)
    )
    return int(freed.rowcount)


def reveal(
    session: Session, request_id: int, coach: Coach, *, subject: str, now: datetime
) -> str | None:
    """Return how to reach the person, and audit it; None when the request is not the coach's.

    `subject` is what the audit calls the conversation: Pseudonyms.in_audit of its id.
    """
    query = select(CallbackRequest).where(CallbackRequest.id == request_id, *_of(coach))
    request = session.scalars(query).one_or_none()
    if request is None:
        return None
    audit.note(session, coach.name, REVEALED, subject, now)
    contact: str = request.contact
    return contact


def finish(session: Session, request_id: int, coach: Coach, *, now: datetime) -> bool:
    """End a request, forget how to reach the person, and close the conversation.

    False when the request is not the coach's.
    """
    if not _change(session, request_id, _of(coach), DONE, contact="", done_at=now):
        return False
    request = session.get(CallbackRequest, request_id, populate_existing=True)
    conversation = None if request is None else session.get(Conversation, request.conversation_id)
    # The person may have gone on with the bot or another coach meanwhile.
    if conversation is not None and conversation.state == CALLBACK:
        conversation.closed_at, conversation.outcome = now, "call_agreed"
        change_state(session, conversation, CLOSED, who=coach.name, why="called", now=now)
    return True


def _in_reach(coach: Coach) -> list[Any]:
    conditions = of_team(coach)
    if not conditions:
        return []
    return [CallbackRequest.conversation_id.in_(select(Conversation.id).where(*conditions))]


def _of(coach: Coach) -> list[Any]:
    return [CallbackRequest.state == TAKEN, CallbackRequest.taken_by == coach.name]


def _change(
    session: Session, request_id: int, conditions: Sequence[Any], state: str, **values: Any
) -> bool:
    changed: Any = session.execute(
        update(CallbackRequest)
        .where(CallbackRequest.id == request_id, *conditions)
        .values(state=state, **values)
        .execution_options(**_KEPT_AS_IT_IS)
    )
    return bool(changed.rowcount)
