"""What a named field or occupation is to the person by what is named right beside it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.subjects import Role, Subject

# Codes that say no more than the kind of a degree: "engineer".
_GENERAL = 2
_TRANSLATIVE = ("ksi", "ks")
# When an occupation is or was one's own, right beside it.
_WHEN = frozenset((
    "nyt", "nykyään", "nykyisin", "aiemmin", "aikaisemmin", "ennen", "nu", "numera", "förr",
    "förut", "tidigare", "now", "currently", "presently", "formerly", "previously", "before",
    "earlier",
))  # fmt: skip
_SMALL = ("light", "courtesy", "article")
# Facts that part a list of wishes from what one is.
_APART = frozenset((
    "place", "schedule", "age_group", "situation", "weekly_hours", "budget_eur", "online_ok",
    "online_only", "max_distance_km", "start_by", "teaching_languages",
))  # fmt: skip


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


def is_told_aside(
    subject: Subject,
    before: Sequence[Subject],
    roles: Sequence[Role],
    phrases: Phrases,
    said: Sequence[Mention],
) -> bool:
    """Tell whether it stands apart as one's own: "vill bli socionom, Borgå, närvårdare"."""
    tokens = phrases.reading.tokens
    match = subject.match
    if subject.entry is None or subject.is_level:
        return False
    if subject.entry["kind"] == "skill" or tokens[match.last - 1].word.endswith(_TRANSLATIVE):
        return False
    clause = tokens[match.first].clause
    if phrases.beside("cue:wish", match.first) or phrases.is_question(match.first):
        return False
    beside = [place for place in (match.first - 1, match.last) if 0 <= place < len(tokens)]
    timed = [place for place in beside if tokens[place].word in _WHEN]
    others = [
        place
        for place, token in enumerate(tokens)
        if token.clause == clause
        and token.kind != "mark"
        and not match.first <= place < match.last
        and place not in timed
        and not any(phrases.covers(kind, place) for kind in _SMALL)
    ]
    if others:
        return False
    if timed:
        return True
    wished = [one for one, role in zip(before, roles, strict=True) if role is Role.WISHED]
    return bool(wished) and any(
        one.slot in _APART and wished[-1].match.last <= one.first < match.first for one in said
    )
