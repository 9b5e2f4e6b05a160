"""What there is to do for an option and who helps, by its type and the person's situation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from catalog.search import Candidate
from guidance.eligibility import has_ended, is_closed
from guidance.plan_dates import ANCHORS, ENROL
from guidance.profile import Profile
from guidance.rules import is_in_aland as lies_in_aland
from guidance.suggestions import Suggestion
from opastin.errors import UserError

CHECKLISTS = Path(__file__).parent / "data" / "checklists.yml"

# What an entry may ask about the person and the option; "no" stands for what is not known.
CONDITIONS = (
    "type",
    "application",
    "admission",
    "start",
    "mode",
    "schedule",
    "reason",
    "warning",
    "goal",
    "education",
    "situation",
    "age_group",
    "region",
)
_ITEM_KEYS = {"code", "when", "before", "days", "rank", "rank_of_others"}


class ChecklistError(UserError):
    """The data of the checklists is wrong; the message names what to mend."""


@dataclass(frozen=True)
class Entry:
    """Something to do or somebody who helps, in the cases that `when` names.

    An item is done so many days before an anchor. The lower its rank, the sooner it is among the
    next steps; without one it never is. `rank_of_others` counts for all options but the first.
    """

    code: str
    when: Mapping[str, tuple[str, ...]]
    before: str = ENROL
    days: int = 0
    rank: int | None = None
    rank_of_others: int | None = None

    def fits(self, facts: Mapping[str, frozenset[str]]) -> bool:
        """Say whether every condition has one of its values among `facts`."""
        return all(not facts[name].isdisjoint(values) for name, values in self.when.items())


@dataclass(frozen=True)
class Checklists:
    """Everything to do and everybody who helps, in order."""

    items: tuple[Entry, ...]
    without_option: tuple[Entry, ...]
    helpers: tuple[Entry, ...]


@lru_cache(maxsize=1)
def load_checklists() -> Checklists:
    """Return the packaged checklists, or raise ChecklistError."""
    return read_checklists(CHECKLISTS.read_text(encoding="utf-8"))


def read_checklists(text: str) -> Checklists:
    """Read checklists from YAML; every name in them must be a known one."""
    content = yaml.safe_load(text)
    if not isinstance(content, dict) or set(content) != {"items", "without_option", "helpers"}:
        raise ChecklistError("checklists.yml needs items, without_option and helpers, no more.")
    return Checklists(**{name: _entries(name, entries) for name, entries in content.items()})


def fitting(
    entries: Sequence[Entry], all_facts: Sequence[Mapping[str, frozenset[str]]]
) -> tuple[Entry, ...]:
    """Return the entries that fit any of several cases; of those with one code, the first."""
    by_code: dict[str, Entry] = {}
    for entry in entries:
        if any(entry.fits(facts) for facts in all_facts):
            by_code.setdefault(entry.code, entry)
    return tuple(by_code.values())


def facts_of(
    profile: Profile, suggestion: Suggestion | None, *, today: date
) -> Mapping[str, frozenset[str]]:
    """Return what holds for a person and an option, by the conditions that entries name."""
    candidate = suggestion.candidate if suggestion else None
    known: dict[str, Sequence[str | None]] = {
        "reason": [remark.code for remark in suggestion.reasons] if suggestion else [],
        "warning": [remark.code for remark in suggestion.warnings] if suggestion else [],
        "goal": [profile.goal],
        "education": [profile.education],
        "situation": [profile.situation],
        "age_group": [profile.age_group],
        "region": ["aland" if is_in_aland(profile, candidate) else "mainland"],
        **(_facts_of_option(candidate, today) if candidate else {}),
    }
    return {
        name: frozenset(value for value in known.get(name, ()) if value is not None) or _UNKNOWN
        for name in CONDITIONS
    }


def is_in_aland(profile: Profile, candidate: Candidate | None) -> bool:
    """Say whether Åland's authorities are the person's: by the place named, else the option's."""
    place = next(iter(profile.all_places), None) or (candidate.place if candidate else None)
    return lies_in_aland(place)


def _facts_of_option(candidate: Candidate, today: date) -> dict[str, Sequence[str | None]]:
    return {
        "type": [candidate.type],
        "application": [application_of(candidate, today=today)],
        "admission": [candidate.admission],
        "start": ["known"] if candidate.starts and candidate.starts >= today else [],
        "mode": candidate.modes,
        "schedule": candidate.schedule,
    }


def application_of(candidate: Candidate, *, today: date) -> str:
    """Say how one gets in: `continuous`, `dated`, `closed`, `unknown`; `ended` for never again."""
    if has_ended(candidate):
        return "ended"
    if is_closed(candidate, today=today):
        return "closed"
    if candidate.continuous:
        return "continuous"
    return "unknown" if candidate.apply_by is None else "dated"


def _entries(section: str, entries: Any) -> tuple[Entry, ...]:
    if not isinstance(entries, list):
        raise ChecklistError(f"checklists.yml: {section} is not a list.")
    return tuple(_entry(section, entry) for entry in entries)


def _entry(section: str, entry: Any) -> Entry:
    if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
        raise ChecklistError(f"checklists.yml: an entry of {section} has no code.")
    where = f"checklists.yml: {section}, {entry['code']}"
    when = {name: _values(where, values) for name, values in entry.get("when", {}).items()}
    unknown = {*entry} - _ITEM_KEYS | {*when} - {*CONDITIONS}
    if unknown:
        raise ChecklistError(f"{where}: {', '.join(sorted(unknown))} is not known.")
    if entry.get("before", ENROL) not in ANCHORS:
        raise ChecklistError(f"{where}: before is not one of {', '.join(ANCHORS)}.")
    for name in ("days", "rank", "rank_of_others"):
        if type(entry.get(name, 0)) is not int or entry.get(name, 0) < 0:
            raise ChecklistError(f"{where}: {name} is not a whole number.")
    return Entry(**{**entry, "when": when})


def _values(where: str, values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ChecklistError(f"{where}: a condition is not a list of words.")
    return tuple(values)


_UNKNOWN = frozenset({"no"})
