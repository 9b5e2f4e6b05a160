"""Coaches, teams and conversations for tests of the handing over."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from coaching import conversations
from coaching.desk_models import Coach, Team
from coaching.models import Conversation, tracker_snapshots

OFFICE_HOURS = {day: ["09:00", "15:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def add_coach(session: Session, name: str = "maija", **more: Any) -> Coach:
    """Store a coach who is present unless `seen_at` is None."""
    values = {
        "display_name": name.capitalize(),
        "password_hash": "x",
        "role": "coach",
        "language": "fi",
        "languages": [],
        "is_disabled": False,
        "is_available": True,
        **more,
    }
    coach = Coach(name=name, created_at=values.pop("now"), **values)
    session.add(coach)
    session.flush()
    return coach


def add_team(session: Session, name: str = "team", **more: Any) -> Team:
    """Store a team that takes anything unless told otherwise."""
    wishes: dict[str, Any] = {
        "places": [], "fields": [], "languages": [], "referrals": [], "hours": {}, **more,
    }  # fmt: skip
    team = Team(name=name, **wishes)
    session.add(team)
    session.flush()
    return team


def begin(session: Session, now: datetime, *, language: str = "fi", **more: Any) -> Conversation:
    """Store a conversation with whatever columns a test is about."""
    started = conversations.start(
        session, channel="test", language=language, plain_language=False, now=now
    )
    conversation = conversations.get(session, started.id)
    for name, value in more.items():
        setattr(conversation, name, value)
    session.flush()
    return conversation


def fill_slots(session: Session, conversation: Conversation, **slots: Any) -> None:
    """Store the bot's slots row of a conversation."""
    session.execute(
        tracker_snapshots.insert().values(
            sender_id=conversation.id,
            watermark=0,
            state=json.dumps({"slots": slots, "before": None}),
            updated=0.0,
        )
    )
