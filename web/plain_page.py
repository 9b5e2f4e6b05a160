"""What the chat without scripts shows, put together before it is written as a page."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coaching.transcript import PERSON, Line
from opastin import formats
from opastin.terminal import Card, load_card
from opastin.texts import LANGUAGES
from web.wording import load_strings


@dataclass(frozen=True)
class Button:
    """A button under a reply: open, or answered; at most one of those was chosen."""

    title: str
    payload: str
    is_open: bool
    is_chosen: bool


@dataclass(frozen=True)
class Shown:
    """One line of the conversation as the page shows it."""

    line: Line
    speaker: str
    buttons: tuple[Button, ...] = ()
    # Where the page goes after an answer: to the first line after the person's own.
    is_latest: bool = False


@dataclass(frozen=True)
class Words:
    """The widget's words and the page's own, for a template."""

    language: str
    plain: bool = False

    def text(self, name: str, /, **values: object) -> str:
        """Return a text by its dotted name, in easy language where that is wanted and written."""
        found = (self._find(f"{name}_easy") if self.plain else None) or self._find(name) or ""
        return str(found).format_map(values)

    def day(self, iso: str) -> str:
        """Return an ISO date in words."""
        return formats.day(date.fromisoformat(iso), self.language)

    def card(self, language: str) -> Card:
        """Return what writes the facts of an option in the language of its reply."""
        return load_card(language if language in LANGUAGES else self.language)

    def _find(self, name: str) -> Any:
        found: Any = _entries(self.language)
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found


@dataclass(frozen=True)
class Page:
    """Everything that the page is made of."""

    language: str
    lines: Sequence[Shown] = ()
    # Proves that a form came from this page; empty while there is no conversation.
    proof: str = ""
    plain_language: bool = False
    # Words in `problem` are said on top; `typed` goes back into the field.
    problem: str = ""
    is_unsent: bool = False
    typed: str = ""
    news: Sequence[str] = ()
    is_asking_to_erase: bool = False
    # The code that sent the person here, until the conversation has it.
    referral: str = ""
    # Sent with the form, so that pressing twice says a thing once.
    client_id: str = field(default_factory=lambda: secrets.token_hex(12))

    @property
    def words(self) -> Words:
        """Return the words that the page is written in."""
        return Words(self.language, plain=self.plain_language)


def arrange(lines: Sequence[Line], language: str) -> tuple[Shown, ...]:
    """Return the lines as shown: questions that the person has spoken after are answered."""
    words = Words(language)
    shown: list[Shown] = []
    answer: Line | None = None
    coach = _coaches(lines)
    for line in reversed(lines):
        if line.speaker == PERSON:
            answer = line
        speaker = words.text(f"speakers.{line.speaker}")
        name = line.name or coach.get(line.id)
        if name:
            speaker = f"{speaker} {name}"
        shown.append(Shown(line, speaker, _buttons(line, answer)))
    shown.reverse()
    latest = max((at for at, one in enumerate(shown) if one.line.speaker == PERSON), default=-1)
    if latest + 1 < len(shown):
        first = shown[latest + 1]
        shown[latest + 1] = Shown(first.line, first.speaker, first.buttons, is_latest=True)
    return tuple(shown)


def proof_of(token: str) -> str:
    """Return what proves that a form came from a page that this token was used on."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def _buttons(line: Line, answer: Line | None) -> tuple[Button, ...]:
    is_open = answer is None
    return tuple(
        Button(
            title=button["title"],
            payload=button["payload"],
            is_open=is_open,
            is_chosen=answer is not None and answer.text == button["title"],
        )
        for button in line.buttons
    )


def _coaches(lines: Sequence[Line]) -> dict[int, str]:
    """Return the coach's name for each line that a named coach has said."""
    names: dict[int, str] = {}
    name = None
    for line in lines:
        custom = line.custom or {}
        if custom.get("kind") == "handoff":
            name = custom.get("name") or name
        if line.speaker == "coach" and name:
            names[line.id] = str(name)
    return names


def _entries(language: str) -> dict[str, Any]:
    names = (f"widget.{language}", f"widget-more.{language}", f"plain.{language}")
    return {key: text for name in names for key, text in load_strings(name).items()}
