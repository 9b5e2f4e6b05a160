"""Which conversations an account may see: all of them, or its own and what waits for its team."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coaching.accounts import may
from coaching.desk_models import Coach
from coaching.handoff_states import CALLBACK, WAITING
from coaching.models import Conversation, HandoffChange


def in_sight(coach: Coach) -> Any | None:
    """Return the condition on conversations that the account may see; None where it is all."""
    if may(coach.role, "see_all"):
        return None
    had = select(HandoffChange.conversation_id).where(HandoffChange.who == coach.name)
    waits = and_(Conversation.state.in_((WAITING, CALLBACK)), *of_team(coach))
    return or_(Conversation.coach_id == coach.id, Conversation.id.in_(had), waits)


def of_team(coach: Coach) -> list[Any]:
    """Return the conditions on conversations that come to the account's team, or to every team."""
    # A coach without a team helps every team.
    if coach.team_id is None or may(coach.role, "see_all"):
        return []
    return [or_(Conversation.team_id.is_(None), Conversation.team_id == coach.team_id)]


def readable(coach: Coach) -> Any | None:
    """Return the condition on conversations whose words the account may read as transcripts.

    A coach reads what the person has allowed coaches to see. None where it is all.
    """
    condition = in_sight(coach)
    return None if condition is None else and_(Conversation.consented_at.is_not(None), condition)


def may_see(session: Session, coach: Coach, conversation_id: str) -> bool:
    """Say whether the account may see a conversation; False, too, when there is none."""
    return _holds(session, in_sight(coach), conversation_id)


def may_read(session: Session, coach: Coach, conversation_id: str) -> bool:
    """Say whether the account may read a conversation as a transcript."""
    return _holds(session, readable(coach), conversation_id)


def _holds(session: Session, condition: Any | None, conversation_id: str) -> bool:
    query = select(Conversation.id).where(Conversation.id == conversation_id)
    if condition is not None:
        query = query.where(condition)
    return session.execute(query).first() is not None
