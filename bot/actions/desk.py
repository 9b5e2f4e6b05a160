"""What the actions have at hand: the catalogue, the texts and the day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from guidance.profile import Profile
from opastin.texts import DEFAULT_LANGUAGE, Texts

Sessions = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Desk:
    """The catalogue's sessions, the texts of all languages, and today."""

    sessions: Sessions
    texts: Texts
    today: date


def language_of(profile: Profile) -> str:
    """Return the language that the conversation is held in."""
    return profile.language or DEFAULT_LANGUAGE
