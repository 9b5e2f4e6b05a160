"""The shapes in which a conversation's words leave and enter the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coaching.models import Message, Reply

PERSON, BOT, COACH, SYSTEM = "person", "bot", "coach", "system"


@dataclass(frozen=True)
class Line:
    """One numbered line of a conversation, by whoever said it."""

    id: int
    speaker: str
    language: str
    text: str
    buttons: tuple[Mapping[str, str], ...] = ()
    custom: Mapping[str, Any] | None = None
    client_id: str | None = None
    # What the coach who speaks is called.
    name: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the line as the gateway sends it; a person's has no buttons."""
        line: dict[str, Any] = {
            "id": self.id,
            "from": self.speaker,
            "language": self.language,
            "text": self.text,
        }
        if self.speaker == PERSON:
            return line | ({"client_id": self.client_id} if self.client_id else {})
        line |= {"name": self.name} if self.name else {}
        return line | {"buttons": [dict(button) for button in self.buttons], "custom": self.custom}


@dataclass(frozen=True)
class Draft:
    """A reply before it has a number."""

    text: str
    buttons: Sequence[Mapping[str, str]] = ()
    custom: Mapping[str, Any] | None = None
    speaker: str = BOT
    is_failure: bool = False
    name: str | None = None

    def payloads(self) -> Iterator[tuple[str, str]]:
        """Yield each payload that the reply offers, with the words on its button."""
        options = (self.custom or {}).get("options")
        actions = [
            action
            for option in (options if isinstance(options, list) else [])
            if isinstance(option, dict)
            for action in option.get("actions") or ()
        ]
        for button in (*self.buttons, *actions):
            payload = button.get("payload")
            if isinstance(payload, str) and payload:
                yield payload, str(button.get("title", ""))


@dataclass(frozen=True)
class Incoming:
    """What a person sends: words, already masked, or the payload of a button."""

    text: str | None = None
    payload: str | None = None
    client_id: str | None = None


@dataclass(frozen=True)
class Understood:
    """What the bot made of a message."""

    intent: str | None = None
    confidence: float | None = None
    # The language that the message was clearly in; None when it was not clear.
    language: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The bot's whole answer to a message, and the conversation's state after it."""

    drafts: Sequence[Draft]
    language: str
    plain_language: bool
    asked: str | None = None
    understood: Understood | None = None
    # How long the bot took, where it was asked.
    bot_seconds: float = 0.0


@dataclass(frozen=True)
class Received:
    """A stored message, with what the bot needs to know to answer it."""

    line: Line
    payload: str | None
    text: str
    language: str
    plain_language: bool
    asked: str | None
    heard: str | None
    is_first: bool
    # Who had the conversation when the message came.
    state: str = "with_bot"
    # True when it was stored before, with or without an answer.
    is_repeated: bool = False
    # The stored answer of a message that was sent before, or none at all where a coach
    # answers; None when the bot is still to answer.
    answer: tuple[Line, ...] | None = None


def line_of_message(message: Message) -> Line:
    """Return a stored message as a line."""
    return Line(
        id=message.number,
        speaker=PERSON,
        language=message.language,
        text=message.text,
        client_id=message.client_id,
    )


def line_of_reply(reply: Reply) -> Line:
    """Return a stored reply as a line."""
    return Line(
        id=reply.number,
        speaker=reply.speaker,
        language=reply.language,
        text=reply.text,
        buttons=tuple(reply.buttons),
        custom=reply.custom,
        name=reply.name,
    )
