"""What a named field or occupation is to the person by what is named right beside it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlu.lexicon import Phrases
from bot.nlu.subjects import Role, Subject

# Codes that say no more than the kind of a degree: "engineer".
_GENERAL = 2


def role_of_title_narrowed(
    subject: Subject, before: Sequence[tuple[Subject, Role]], phrases: Phrases
) -> Role | None:
    """Return the role of the title that a subject narrows: "insinööri (AMK), konetekniikka"."""
    tokens = phrases.reading.tokens
    for other, role in before[-1:]:
        between = range(other.match.last, subject.match.first)
        if any(tokens[place].sentence != tokens[other.match.first].sentence for place in between):
            return None
        words = [place for place in between if tokens[place].kind == "word"]
        gap = len(words)
        joined = bool(words) and all(phrases.covers("turn:or", place) for place in words)
        if joined and role in (Role.WISHED, Role.HELD):
            return role
        at = bool(words) and all(phrases.covers("preposition:at", place) for place in words)
        if at and subject.entry is None and other.entry is not None and role is Role.HELD:
            return role
        if subject.is_level and not gap and not between:
            return role
        general = other.entry is not None and len(other.field or "") <= _GENERAL
        if general and subject.entry is None and gap <= 1 and role is Role.HELD:
            return role
    return None


def role_of_list(subject: Subject, following: Subject, role: Role, phrases: Phrases) -> Role:
    """Return the role of what follows in a list: "muurausta ja laatoitusta osaan"."""
    between = range(subject.match.last, following.match.first)
    joined = all(
        phrases.covers("turn:joining", place) or phrases.reading.tokens[place].word in "&/"
        for place in between
    )
    decided = role in (Role.HELD, Role.WISHED)
    return role if between and joined and decided else Role.UNCLEAR
