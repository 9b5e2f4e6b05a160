"""What a person is good at, what a field asks beside it, and where it could lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guidance.competence_stories import implied_by
from guidance.competence_table import Entry, load_competences
from guidance.profile import Profile

DIRECTIONS_OFFERED = 3
# What a field asks for most tells more about a direction than where a competence counts at all.
KEY_WEIGHT = 2


@dataclass(frozen=True)
class Strength:
    """A competence that a person has said yes to, or one in their own words (no code)."""

    code: str | None
    # What the person wrote that it comes from.
    words: str
    area: str | None = None
    # Of an occupation or qualification told as such.
    kind: str | None = None
    field: str | None = None

    @property
    def theme(self) -> str | None:
        """Return the theme that the competence belongs to."""
        return None if self.code is None else load_competences().entries[self.code].theme


def strengths(profile: Profile, state: Mapping[str, Any] | None) -> tuple[Strength, ...]:
    """Return what was confirmed in the mapping, then what was told in the person's own words.

    `state` is `memory.progress.get("mapping")`, None before any mapping.
    """
    entries, kept = load_competences().entries, state or {}
    confirmed = [
        Strength(item["code"], item["words"], item["area"])
        for item in kept.get("confirmed", ())
        # A list shipped later may no longer have it.
        if item["code"] in entries
    ]
    own = [Strength(None, item["words"], item["area"]) for item in kept.get("own", ())]
    stories = [item.words.casefold() for item in (*confirmed, *own)]
    told = [
        Strength(None, item.words, None, item.kind, item.field)
        for item in profile.competence
        if item.kind != "skill" or not any(item.words.casefold() in story for story in stories)
    ]
    return (*confirmed, *own, *told)


def gaps(field: str, strengths: Iterable[Strength]) -> tuple[str, ...]:
    """Return the codes of what the field asks for and the person has not shown."""
    has = _codes(strengths)
    return tuple(code for code in key_competences(field) if code not in has)


def matches(field: str, strengths: Iterable[Strength]) -> tuple[str, ...]:
    """Return the codes of the confirmed competences that count in the field."""
    key, entries = key_competences(field), load_competences().entries
    codes = dict.fromkeys(item.code for item in strengths if item.code is not None)
    return tuple(code for code in codes if code in key or _counts_in(entries[code], field))


def key_competences(field: str) -> tuple[str, ...]:
    """Return what a field asks for most, by the nearest code that the list has."""
    table = load_competences().key_competences
    codes = (field[:length] for length in range(len(field), 1, -1))
    return next((table[code] for code in codes if code in table), ())


def directions(strengths: Sequence[Strength]) -> tuple[str, ...]:
    """Return three broad fields that differ from each other, the likeliest first."""
    groups = load_competences().directions
    best = [max(group, key=lambda code: _weight(code, strengths)) for group in groups]
    best.sort(key=lambda code: -_weight(code, strengths))
    return tuple(best[:DIRECTIONS_OFFERED])


def _codes(strengths: Iterable[Strength]) -> frozenset[str]:
    """Return what is confirmed, and what the occupations and qualifications told bring."""
    told = list(strengths)
    implied = implied_by({"field": item.field, "kind": item.kind} for item in told)
    return frozenset(item.code for item in told if item.code is not None) | frozenset(implied)


def _counts_in(entry: Entry, field: str) -> bool:
    return any(field.startswith(code) or code.startswith(field) for code in entry.fields)


def _weight(field: str, strengths: Sequence[Strength]) -> int:
    entries, key = load_competences().entries, key_competences(field)
    codes = _codes(strengths)
    counting = sum(_counts_in(entries[code], field) for code in codes)
    held = sum(1 for item in strengths if item.field and item.field.startswith(field))
    return counting + KEY_WEIGHT * (sum(code in key for code in codes) + held)
