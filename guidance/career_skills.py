"""The check of career-planning skills: its areas, what an answer means, how far one has come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from guidance.competence_words import Phrase, find, read_phrase, words_of
from guidance.dialogue_memory import Memory
from opastin.texts import LANGUAGES

NAME = "career"
TABLE = Path(__file__).parent / "data" / "career_skills.yml"
# A longer message that holds "well" is hardly an answer on a scale.
LONGEST_ANSWER = 5
# What the opposite of an answer says: "not badly" is fairly well, "not well" a little.
_DENIED = {"1": "3", "3": "2", "4": "2"}
_CLAUSE_ENDS = re.compile(r"[,.;:!]")


@dataclass(frozen=True)
class CareerTable:
    """Everything that guidance/data/career_skills.yml holds."""

    areas: tuple[str, ...]
    # What is answered, the longest phrases first, and what it means: `1` to `4`, or `skip`.
    answers: Mapping[str, tuple[tuple[Phrase, str], ...]]
    negations: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def load_career_skills() -> CareerTable:
    """Read the packaged areas and answers, once."""
    content = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    answers = {language: _read_answers(content["answers"][language]) for language in LANGUAGES}
    negations = {language: frozenset(content["negations"][language]) for language in LANGUAGES}
    return CareerTable(tuple(content["areas"]), answers, negations)


def answer_in(text: str, language: str, *, whole: bool = False) -> str | None:
    """Return what a short text answers: `1` to `4`, `skip`, or None when it is no answer.

    With `whole` the text has to be the answer and nothing else.
    """
    clauses = [words_of(part) for part in _CLAUSE_ENDS.split(text)]
    length = sum(map(len, clauses))
    if "?" in text or length > LONGEST_ANSWER:
        return None
    table = load_career_skills()
    negations = table.negations[language]
    for phrase, meaning in table.answers[language]:
        for clause in clauses:
            if find(phrase, clause) is None:
                continue
            is_denied = _is_denied(phrase, clause, negations)
            if not whole or len(phrase) + is_denied == length:
                return _DENIED.get(meaning, meaning) if is_denied else meaning
    return None


@dataclass(frozen=True)
class CareerState:
    """The answers given so far, and what was passed over."""

    answers: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    # The last answer was not understood.
    unclear: bool = False
    done: bool = False

    @classmethod
    def of(cls, memory: Memory) -> CareerState:
        """Read the state out of the memory; an empty one where nothing has begun."""
        known = {item.name for item in fields(cls)}
        stored = memory.progress.get(NAME) or {}
        kept = {name: value for name, value in stored.items() if name in known}
        kept["skipped"] = tuple(kept.get("skipped", ()))
        return cls(**kept)

    def to_dict(self) -> dict[str, Any]:
        """Return the state ready for JSON."""
        return {**asdict(self), "skipped": list(self.skipped)}

    @property
    def begun(self) -> bool:
        """Say whether any area has been answered or passed over."""
        return bool(self.answers or self.skipped)

    @property
    def area(self) -> str | None:
        """Return the area to ask about now, None when all were."""
        met = {*self.answers, *self.skipped}
        return next((area for area in load_career_skills().areas if area not in met), None)

    def answering(self, value: int) -> CareerState:
        """Return the state with an answer on the area asked about."""
        if self.area is None:
            return self
        return replace(self, answers={**self.answers, self.area: value}, unclear=False)

    def skipping(self) -> CareerState:
        """Return the state with the area asked about passed over."""
        if self.area is None:
            return self
        return replace(self, skipped=(*self.skipped, self.area), unclear=False)

    def back(self) -> CareerState:
        """Return the state before the last area was answered or passed over."""
        met = [a for a in load_career_skills().areas if a in self.answers or a in self.skipped]
        last = met[-1:]
        return replace(
            self,
            answers={area: value for area, value in self.answers.items() if area not in last},
            skipped=tuple(area for area in self.skipped if area not in last),
            unclear=False,
        )

    def strongest(self) -> str | None:
        """Return the area answered highest, None where no area stands out."""
        return self._first(max) if len(set(self.answers.values())) > 1 else None

    def weakest(self) -> str | None:
        """Return the area answered lowest, the first of equals; None without any answer."""
        return self._first(min) if self.answers else None

    def _first(self, extreme: Any) -> str:
        value = extreme(self.answers.values())
        return next(a for a in load_career_skills().areas if self.answers.get(a) == value)


def _is_denied(phrase: Phrase, clause: tuple[str, ...], negations: frozenset[str]) -> bool:
    """Say whether a clause denies a phrase; one with a negation of its own means what it says."""
    is_negative = any(pattern.text in negations for pattern in phrase)
    return not is_negative and not negations.isdisjoint(clause)


def _read_answers(by_meaning: Mapping[Any, list[str]]) -> tuple[tuple[Phrase, str], ...]:
    pairs = [(read_phrase(text), str(name)) for name, texts in by_meaning.items() for text in texts]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
