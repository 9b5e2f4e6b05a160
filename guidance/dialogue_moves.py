"""What goes into a decision of the dialogue and what comes out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from guidance.dialogue_memory import Memory
from guidance.profile import Profile

# "It doesn't matter" without saying what: whatever was asked.
WHATEVER_WAS_ASKED = "asked"


@dataclass(frozen=True)
class Turn:
    """One message of a person, as understood."""

    intent: str
    # What was written; "" for a pressed button.
    text: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    refused: Mapping[str, list[object]] = field(default_factory=dict)
    refine: str | None = None
    # Places in the list shown, from 1; -1 is the last one.
    ordinals: tuple[int, ...] = ()
    option: str | None = None
    # What a button of an activity stands for.
    choice: str | None = None
    # The slot that does not matter, or WHATEVER_WAS_ASKED.
    no_preference: str | None = None
    has_contact: bool = False
    confidence: float = 1.0
    # The likeliest meanings of a message that was not understood, best first.
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A button: its title is a response's text, or a title that is data already."""

    payload: str
    text: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Say:
    """Utter a response, with buttons and a custom part where given.

    `about` holds profile facts that the response's `{summary}` names in words.
    """

    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    about: Mapping[str, object] | None = None
    choices: tuple[Choice, ...] = ()
    custom: Mapping[str, object] | None = None
    asked: str | None = None


@dataclass(frozen=True)
class ShowOptions:
    """Show a page of suggestions; `occasion` is `first`, `again`, `changed` or `more`."""

    offset: int = 0
    occasion: str = "first"


@dataclass(frozen=True)
class ShowDetails:
    """Show one option in full."""

    option: str


Move = Say | ShowOptions | ShowDetails


@dataclass(frozen=True)
class Decision:
    """What to do now, and what is known and remembered after it."""

    moves: tuple[Move, ...]
    profile: Profile
    memory: Memory


def payload(intent: str, **entities: object) -> str:
    """Return the message that a button sends: `/inform{"place": "743"}`."""
    if not entities:
        return f"/{intent}"
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}"
