"""What a coach needs to know before the first word, made of what a conversation holds.

Nothing is in it until the person has allowed it, except for the preview that the person sees.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching.models import Conversation, Message, Reply, tracker_snapshots

# Kept beside the profile by the bot or by Rasa, or told apart from it.
_NO_FACTS = frozenset(
    {
        "language",
        "plain_language",
        "memory",
        "interest",
        "competence",
        "session_started_metadata",
    }
)
# What a person says no with to what was suggested.
_TURNS_DOWN = frozenset({"refine_options", "deny", "correct", "complain"})
_NOT_UNDERSTOOD = frozenset({"nlu_fallback", "out_of_scope"})
# The slots that are filled from wishes, the most telling first.
_WISHES = ("interest", "goal", "field")
_REMOVED = '"choice": "remove"'
_MOST_QUESTIONS = 5


@dataclass(frozen=True)
class Suggested:
    """An option that was suggested; `reason` is why it was, or the words that turned it down."""

    id: str
    title: str
    provider: str
    reason: str


@dataclass(frozen=True)
class Packet:
    """A person's situation on one page; all of it is empty without consent."""

    language: str
    plain_language: bool
    has_consent: bool = False
    profile: Mapping[str, Any] = field(default_factory=dict)
    # What the person wants, as the person put it.
    goal_words: str = ""
    competence: Sequence[Mapping[str, Any]] = ()
    shown: Sequence[Suggested] = ()
    saved: Sequence[Suggested] = ()
    turned_down: Sequence[Suggested] = ()
    # What the bot did not understand, in the person's words.
    open_questions: Sequence[str] = ()
    # What the bot had asked and waits for.
    asked: str | None = None
    # The custom part of the latest plan.
    plan: Mapping[str, Any] | None = None


def packet(session: Session, conversation: Conversation) -> Packet:
    """Return what the conversation's coach may see of it: nothing before the person's consent."""
    if conversation.consented_at is None:
        return Packet(conversation.language, conversation.plain_language)
    return preview(session, conversation)


def preview(session: Session, conversation: Conversation) -> Packet:
    """Return what a coach would see; only for showing it to the person, who decides."""
    slots = read_slots(session, conversation.id)
    lines = _lines(session, conversation.id)
    parts = [line for line in lines if isinstance(line, Reply) and line.custom]
    saved = _latest(parts, "saved")
    turned_down = list(_turned_down(lines))
    left_out = {option.id for option in turned_down}
    return Packet(
        language=conversation.language,
        plain_language=conversation.plain_language,
        has_consent=conversation.consented_at is not None,
        profile={key: value for key, value in slots.items() if key not in _NO_FACTS},
        goal_words=_goal_words(lines) or str(slots.get("interest") or ""),
        competence=tuple(slots.get("competence") or ()),
        shown=tuple(one for one in _shown(parts) if one.id not in left_out),
        saved=tuple(map(_suggested, (saved or {}).get("options") or ())),
        turned_down=tuple(turned_down),
        open_questions=tuple(_open_questions(lines)),
        asked=conversation.asked,
        plan=_latest(parts, "plan"),
    )


def read_slots(session: Session, conversation_id: str) -> dict[str, Any]:
    """Return the slots that the bot has filled; none when it has heard nothing yet."""
    state = session.scalar(
        select(tracker_snapshots.c.state).where(tracker_snapshots.c.sender_id == conversation_id)
    )
    slots = json.loads(state).get("slots") if state else None
    return slots if isinstance(slots, dict) else {}


def _lines(session: Session, conversation_id: str) -> list[Message | Reply]:
    lines = [
        line
        for table in (Message, Reply)
        for line in session.scalars(select(table).where(table.conversation_id == conversation_id))
    ]
    return sorted(lines, key=lambda line: line.number)


def _latest(parts: Sequence[Reply], kind: str) -> dict[str, Any] | None:
    found = [reply.custom for reply in parts if reply.custom.get("kind") == kind]
    return dict(found[-1]) if found else None


def _goal_words(lines: Sequence[Message | Reply]) -> str:
    """Return the latest of what the person typed that told a wish: a sentence, not its gist."""
    typed = [line for line in lines if isinstance(line, Message) and line.payload is None]
    for name in _WISHES:
        told = [line.text for line in typed if name in (line.slots or {})]
        if told:
            return str(told[-1])
    return next((line.text for line in typed if line.intent == "inform"), "")


def _shown(parts: Sequence[Reply]) -> list[Suggested]:
    """Return each option that was suggested, once, the latest last."""
    options: dict[str, Suggested] = {}
    for reply in parts:
        if reply.custom.get("kind") == "options":
            for option in reply.custom.get("options") or ():
                options.pop(option["id"], None)
                options[option["id"]] = _suggested(option)
    return list(options.values())


def _suggested(option: Mapping[str, Any]) -> Suggested:
    reasons = [str(reason["text"]) for reason in option.get("reasons") or ()]
    return Suggested(
        id=str(option["id"]),
        title=str(option["title"]),
        provider=str(option.get("provider") or ""),
        reason="; ".join(reasons),
    )


def _turned_down(lines: Sequence[Message | Reply]) -> Iterator[Suggested]:
    """Yield the options that the person said no to, and what was said."""
    suggested: dict[str, Suggested] = {}
    on_screen: list[str] = []
    said: dict[str, str] = {}
    for line in lines:
        if isinstance(line, Message):
            removed = _removed(line)
            for code in on_screen if line.intent in _TURNS_DOWN else removed:
                said[code] = line.text
            on_screen = []
        elif (line.custom or {}).get("kind") in ("options", "saved"):
            options = line.custom.get("options") or ()
            suggested.update({option["id"]: _suggested(option) for option in options})
            if line.custom["kind"] == "options":
                on_screen = [option["id"] for option in options]
                # Suggested again, it is no longer turned down.
                for code in on_screen:
                    said.pop(code, None)
    for code, words in said.items():
        if code in suggested:
            option = suggested[code]
            yield Suggested(option.id, option.title, option.provider, words)


def _removed(message: Message) -> list[str]:
    payload = message.payload or ""
    if _REMOVED not in payload:
        return []
    try:
        values = json.loads(payload[payload.index("{") :])
        return [str(values["option"])]
    except (ValueError, KeyError):
        return []


def _open_questions(lines: Sequence[Message | Reply]) -> list[str]:
    unclear = [
        line.text
        for line in lines
        if isinstance(line, Message) and line.payload is None and line.intent in _NOT_UNDERSTOOD
    ]
    return unclear[-_MOST_QUESTIONS:]
