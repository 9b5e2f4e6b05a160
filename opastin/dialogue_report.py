"""The figures of `opastin evaluate dialogues`, as a table for people and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from opastin.dialogue_trials import Trial
from opastin.tables import aligned

Figures = dict[str, Any]

# At least so much of the first, at most so much of the others.
WANTED = {
    "task_success": 0.95,
    "turns_to_options_all_at_once": 2,
    "turns_to_options_as_asked": 6,
    "repeated_questions": 0,
    "questions_about_what_was_said": 0,
    "dead_ends": 0,
}
_AT_LEAST = frozenset({"task_success"})
_COLUMNS = {
    "people": "people",
    "task_success": "success",
    "turns_to_options_all_at_once": "turns, all at once",
    "turns_to_options_as_asked": "turns, as asked",
    "repeated_questions": "repeated",
    "questions_about_what_was_said": "known",
    "dead_ends": "dead ends",
}


def summarise(trials: Sequence[Trial]) -> Figures:
    """Return the figures over the trials."""
    return {
        "people": len(trials),
        "task_success": round(sum(trial.is_success for trial in trials) / len(trials), 3),
        "turns_to_options_all_at_once": _median_turns(trials, "all at once"),
        "turns_to_options_as_asked": _median_turns(trials, "as asked"),
        "repeated_questions": sum(len(trial.repeated) for trial in trials),
        "questions_about_what_was_said": sum(len(trial.asked_known) for trial in trials),
        "dead_ends": sum(len(trial.dead_ends) for trial in trials),
    }


def is_reached(name: str, value: float | None) -> bool | None:
    """Say whether a figure is as wanted; None where it could not be measured."""
    if value is None:
        return None
    return value >= WANTED[name] if name in _AT_LEAST else value <= WANTED[name]


def as_json(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return every figure, ready for JSON."""
    return {
        "figures": summarise(trials),
        "wanted": WANTED,
        "languages": _summaries(trials, lambda trial: trial.script.language),
        "situations": _summaries(trials, lambda trial: trial.script.situation),
        "trials": [trial.as_json() for trial in trials],
    }


def as_table(trials: Sequence[Trial]) -> str:
    """Return everybody, what went wrong, languages, situations, and the figures wanted."""
    blocks = [
        aligned([_PERSON_HEAD, *map(_person, trials)]),
        _went_wrong(trials),
        aligned(_group_rows("language", _summaries(trials, lambda one: one.script.language))),
        aligned(_group_rows("situation", _summaries(trials, lambda one: one.script.situation))),
        aligned(_wanted_rows(summarise(trials))),
    ]
    return "\n\n".join(text for block in blocks if (text := "\n".join(block)))


_PERSON_HEAD = ["script", "result", "turns", "to options", "repeated", "known", "dead ends"]


def _person(trial: Trial) -> list[str]:
    return [
        trial.script.name,
        "ok" if trial.is_success else "FAILED",
        str(trial.turns),
        _shown(trial.turns_to_options),
        str(len(trial.repeated)),
        str(len(trial.asked_known)),
        str(len(trial.dead_ends)),
    ]


def _went_wrong(trials: Sequence[Trial]) -> Iterator[str]:
    for trial in trials:
        wrong = [*trial.failures, *_named("repeated", trial.repeated)]
        wrong += [*_named("known", trial.asked_known), *_named("dead end", trial.dead_ends)]
        yield from (f"{trial.script.name}: {item}" for item in wrong)


def _named(kind: str, items: Sequence[str]) -> list[str]:
    return [f"{kind}: {item}" for item in items]


def _summaries(trials: Sequence[Trial], key: Callable[[Trial], str]) -> dict[str, Figures]:
    groups: dict[str, list[Trial]] = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    return {name: summarise(groups[name]) for name in sorted(groups)}


def _group_rows(kind: str, groups: Mapping[str, Figures]) -> list[list[str]]:
    rows = [[name, *(_shown(one[key]) for key in _COLUMNS)] for name, one in groups.items()]
    return [[kind, *_COLUMNS.values()], *rows]


def _wanted_rows(figures: Figures) -> list[list[str]]:
    rows = [["figure", "measured", "wanted", ""]]
    for name, wanted in WANTED.items():
        bound = "at least" if name in _AT_LEAST else "at most"
        result = {None: "-", True: "ok", False: "MISSED"}[is_reached(name, figures[name])]
        label = name.replace("_", " ")
        rows.append([label, _shown(figures[name]), f"{bound} {wanted}", result])
    return rows


def _median_turns(trials: Sequence[Trial], pace: str) -> float | None:
    turns = [
        trial.turns_to_options
        for trial in trials
        if trial.script.pace == pace and trial.turns_to_options is not None
    ]
    return median(turns) if turns else None


def _shown(value: float | None) -> str:
    return "-" if value is None else str(value)
