"""What goes into a decision of the dialogue and what comes out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guidance.dialogue_memory import Memory
from guidance.profile import Profile

# "It doesn't matter" without saying what: whatever was asked.
WHATEVER_WAS_ASKED = "asked"
# Below this confidence, what a message was taken for may well be wrong.
SURE = 0.75


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
    # The day of the message; None where nobody said.
    today: date | None = None

    @property
    def is_sure(self) -> bool:
        """Say whether the intent can be acted on where a mistake would hurt."""
        return self.confidence >= SURE


@dataclass(frozen=True)
class Choice:
    """A button: its title is a response's text, or a title that is data already."""

    payload: str
    text: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Say:
    """Utter a response, with buttons and a custom part where given.

    `about` holds profile facts that the response's `{summary}` names in words; `texts` holds
    values that are the texts of other responses, listed.
    """

    name: str
    values: Mapping[str, object] = field(default_factory=dict)
    about: Mapping[str, object] | None = None
    choices: tuple[Choice, ...] = ()
    custom: Mapping[str, object] | None = None
    asked: str | None = None
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ShowOptions:
    """Show a page of suggestions; `occasion` is `first`, `again`, `changed` or `more`."""

    offset: int = 0
    occasion: str = "first"


@dataclass(frozen=True)
class ShowDetails:
    """Show one option in full."""

    option: str


@dataclass(frozen=True)
class ShowCareerSkills:
    """Show what the check of career-planning skills has brought, with one exercise."""


@dataclass(frozen=True)
class ShowComparison:
    """Show two or three options side by side."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class ShowCompetence:
    """Show what the mapping of competence has brought, beside what the wished field asks."""

    only_gaps: bool = False


@dataclass(frozen=True)
class ShowRoutes:
    """Show side by side what leads to one degree in the wished field."""


@dataclass(frozen=True)
class ShowRuledOut:
    """Show what was left out and by what, and what would open up more.

    Of one option or one field where it is named.
    """

    option: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class ShowSaved:
    """Show what was put aside, with one more or one fewer where named."""

    add: str | None = None
    remove: str | None = None


@dataclass(frozen=True)
class ShowPlan:
    """Show a plan of `options`, else of what was put aside, else of what was shown."""

    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShowRecognition:
    """Show a draft of a request for recognition of what the person can already."""


@dataclass(frozen=True)
class TellRule:
    """Answer a question about rules with what holds today."""

    topic: str
    choices: tuple[Choice, ...] = ()


Move = (
    Say
    | ShowCareerSkills
    | ShowComparison
    | ShowCompetence
    | ShowDetails
    | ShowOptions
    | ShowPlan
    | ShowRecognition
    | ShowRoutes
    | ShowRuledOut
    | ShowSaved
    | TellRule
)


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
