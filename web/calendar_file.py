"""The steps of a plan as a file for anybody's calendar (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

PRODUCT = "-//Opastin//Opastin//FI"


def calendar_of(
    steps: Sequence[Mapping[str, Any]], *, conversation: str, language: str, now: datetime
) -> bytes:
    """Return the steps that have a date as whole days; a step keeps its event when it moves."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for step in steps:
        if step["by"] is not None:
            calendar.add_component(_event(step, conversation, language, now))
    content: bytes = calendar.to_ical()
    return content


def _event(step: Mapping[str, Any], conversation: str, language: str, now: datetime) -> Event:
    day = date.fromisoformat(step["by"])
    event = Event()
    event.add("uid", _uid(step, conversation))
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", " ".join(step["text"].split()), parameters={"language": language})
    # A step takes no time of the day: meetings can still be put on it.
    event.add("transp", "TRANSPARENT")
    return event


def _uid(step: Mapping[str, Any], conversation: str) -> str:
    # The hash says nothing of the conversation, whose id is long and drawn at random.
    named = "\n".join((conversation, step["code"], step["option"] or ""))
    return f"{hashlib.sha256(named.encode()).hexdigest()[:32]}@opastin"
