"""Fields and occupations that a message names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from bot.nlu.lexicon import Match, Phrases, load_table

# Kinds of phrases that a field word may not be taken from.
_STRONGER = ("situation", "anywhere", "schedule", "refine", "language_name", "month")


class Role(Enum):
    """What a subject is to the person."""

    WISHED = "wished"
    HELD = "held"
    LEFT = "left"
    DENIED = "denied"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Subject:
    """A field or an occupation that a message names."""

    match: Match
    # None for a mere field; else the entry of bot/data/lookups/competence.yml.
    entry: Mapping[str, Any] | None

    @property
    def field(self) -> str | None:
        """Return the field's code, or None."""
        return self.match.value if self.entry is None else self.entry.get("field")

    @property
    def is_level(self) -> bool:
        """Tell whether it names a level of schooling only: "ylioppilas", "AMK-tutkinto"."""
        entry = self.entry
        if entry is None or entry["kind"] != "qualification":
            return False
        return entry.get("field") in (None, "001")


@lru_cache(maxsize=1)
def load_entries() -> dict[str, dict[str, Any]]:
    """Return the qualifications, occupations and skills by their keys."""
    entries: dict[str, dict[str, Any]] = load_table("competence")["competence"]
    return entries


def find_subjects(phrases: Phrases, taken: frozenset[int]) -> list[Subject]:
    """Return the subjects in their order; tokens in `taken` belong to something else."""
    entries = load_entries()
    titles = [
        match
        for match in phrases.all("competence")
        if not taken & set(range(match.first, match.last))
        and not (entries[match.value]["kind"] == "skill" and _is_situation(match, phrases))
    ]
    fields = [
        match
        for match in phrases.all("field")
        if not taken & set(range(match.first, match.last))
        and not any(phrases.covers(kind, match.first) for kind in _STRONGER)
    ]
    kept = [one for one in titles if not any(_within(one, other) for other in fields)]
    subjects = [Subject(one, entries[one.value]) for one in kept]
    subjects += [
        Subject(one, None)
        for one in fields
        if not any(one.first < other.last and other.first < one.last for other in kept)
    ]
    return sorted(subjects, key=lambda subject: subject.match.first)


def _within(one: Match, other: Match) -> bool:
    longer = other.last - other.first, other.weight
    return (
        other.first <= one.first
        and one.last <= other.last
        and longer
        > (
            one.last - one.first,
            one.weight,
        )
    )


def _is_situation(match: Match, phrases: Phrases) -> bool:
    """Tell whether it only says how one lives now: "kotona lasten kanssa"."""
    state = phrases.covering("situation", match.first)
    return state is not None and state.last - state.first > 1 and match.last <= state.last
