"""Phrases with the field that they mean: what the model of meanings learns from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from bot.nlu.lexicon import LANGUAGES, load_table
from bot.nlu.patterns import spelled_out
from opastin.settings import ROOT

# Fields are told apart by three digits; a phrase does not say more than that.
DIGITS = 3
NOTHING = "none"

_FIELDS = ROOT / "catalog" / "data" / "fields.csv"
# A listed word counts for less than a wish as people word it.
_LISTED = 0.6
_SHORTEST = 4
_UNSAID = str.maketrans("", "", "*=~")
# "Other", and programmes too broad to name anything.
_VOID = ("99", "0")


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase, the code that it means (or NOTHING) and how much it counts."""

    text: str
    code: str
    weight: float


def load_examples() -> list[Example]:
    """Return the examples of bot/data/lookups and the names of the fields, each once."""
    found: dict[tuple[str, str], Example] = {}
    for example in (*_wishes(), *_listed(), *_names()):
        found.setdefault((example.text.casefold(), example.code), example)
    return list(found.values())


def _wishes() -> Iterator[Example]:
    for code, entry in load_table("wishes")["wish"].items():
        for language in LANGUAGES:
            for text in entry.get(language) or ():
                yield Example(str(text), str(code), 1.0)


def _listed() -> Iterator[Example]:
    for name in ("field", "competence"):
        for key, entry in load_table(name)[name].items():
            code = str(key if name == "field" else entry.get("field") or "")[:DIGITS]
            if len(code) < DIGITS:
                continue
            for language in LANGUAGES:
                for pattern in entry.get(language) or ():
                    for phrase in spelled_out(str(pattern)):
                        text = " ".join(phrase.translate(_UNSAID).split())
                        if len(text) >= _SHORTEST:
                            yield Example(text, code, _LISTED)


def _names() -> Iterator[Example]:
    with _FIELDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["code"]
            if len(code) == DIGITS and not code.startswith(_VOID[0]) and code[-1] != _VOID[1]:
                for language in LANGUAGES:
                    yield Example(row[f"name_{language}"], code, _LISTED)
