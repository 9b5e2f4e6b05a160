"""Fields and occupations that a message names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from bot.nlu.compounds import field_of_compound
from bot.nlu.lexicon import Match, Phrases, load_table
from bot.nlu.negation import is_more_swedish

# Kinds of phrases that a field word may not be taken from.
_STRONGER = (
    "situation", "anywhere", "schedule", "refine", "language_name", "month", "no_preference",
    "in_law", "phone_call",
)  # fmt: skip

_SHORTEST_COMPOUND = 4
_FIRM = re.compile(r"(?:firma|byrå|bolag|toimisto|yritys|yrityks|klinik|salong)\w{0,5}$")
_SWEDISH = ("och", "jag", "ja", "ett", "eget", "egen", "med", "på", "är", "en", "veckan", "o", "å")
_FINNISH_LEARNING = re.compile(r"\w{4,}ii(?:kk|k)a\w{0,4}")
_LEARNINGS = ("logi", "sofi", "nomi", "grafi", "terapi")


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
        return "education" in entry and entry.get("field") in (None, "001")


@lru_cache(maxsize=1)
def load_entries() -> dict[str, dict[str, Any]]:
    """Return the qualifications, occupations and skills by their keys."""
    entries: dict[str, dict[str, Any]] = load_table("competence")["competence"]
    return entries


def find_subjects(
    phrases: Phrases, taken: frozenset[int], unlisted: Iterable[Subject] = ()
) -> list[Subject]:
    """Return the subjects in their order; tokens in `taken` belong to something else.

    `unlisted` are the titles that no entry of the lookups names.
    """
    entries = load_entries()
    titles = [
        match
        for match in phrases.all("competence")
        if not taken & set(range(match.first, match.last))
        and not (entries[match.value]["kind"] == "skill" and _is_situation(match, phrases))
        and not _is_other(match, phrases)
    ]
    fields = [
        match
        for match in phrases.all("field")
        if not taken & set(range(match.first, match.last))
        and not any(phrases.covers(kind, match.first) for kind in _STRONGER)
        and not _fills_time(match, phrases)
    ]
    others = [
        one
        for one in unlisted
        if not taken & set(range(one.match.first, one.match.last))
        and not any(_within(one.match, field) for field in fields)
    ]
    titles = [one for one in titles if not any(one.first == other.match.first for other in others)]
    fields += list(_compounds(phrases, taken, [*titles, *fields]))
    learnings = [one for one in titles if _is_learning(one, phrases)]
    if learnings:
        titles = [one for one in titles if one not in learnings]
        fields += [
            Match("field", entries[one.value].get("field") or "", one.first, one.last, one.weight)
            for one in learnings
            if not any(one.first < other.last and other.first < one.last for other in fields)
        ]
    kept = [one for one in titles if not any(_within(one, other) for other in fields)]
    subjects = [Subject(one, entries[one.value]) for one in kept] + others
    kept += [one.match for one in others]
    subjects += [
        Subject(one, None)
        for one in fields
        if not any(one.first < other.last and other.first < one.last for other in kept)
    ]
    return sorted(subjects, key=lambda subject: subject.match.first)


def _compounds(phrases: Phrases, taken: frozenset[int], known: Sequence[Match]) -> Iterator[Match]:
    """Yield the fields of compounds that no list holds."""
    held = {place for match in known for place in range(match.first, match.last)}
    for place, token in enumerate(phrases.reading.tokens):
        if token.kind != "word" or len(token.word) < _SHORTEST_COMPOUND:
            continue
        if place in held or place in taken or phrases.covers("light", place):
            continue
        if any(phrases.covers(kind, place) for kind in _STRONGER):
            continue
        code = field_of_compound(token.word)
        if code is not None:
            yield Match("field", code, place, place + 1, len(token.word))


def _fills_time(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is why a time will not do: "iltaisin olen lasten kanssa"."""
    reason = phrases.covering("impossible", match.first)
    return reason is not None and any(
        0 <= reason.first - time.last <= 1 for time in phrases.beside("schedule", match.first)
    )


def _is_learning(match: Match, phrases: Phrases) -> bool:
    """Tell whether it names a field: "erityispedagogiikka", in Swedish "psykologi"."""
    word = phrases.reading.tokens[match.last - 1].word
    if match.last - match.first != 1:
        return False
    if _FINNISH_LEARNING.fullmatch(word):
        return True
    return word.removesuffix("n").endswith(_LEARNINGS) and is_more_swedish(phrases)


def _is_other(match: Match, phrases: Phrases) -> bool:
    """Tell whether a word that begins with a title is none: "advokatfirma", "driver" in Swedish."""
    word = phrases.reading.tokens[match.last - 1].word
    if word in ("driver", "chef") and match.last - match.first == 1:
        return any(token.word in _SWEDISH for token in phrases.reading.tokens)
    return _FIRM.search(word) is not None


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
