"""The list of competences: what they are called, where they count, and what words tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from catalog.fields import is_field
from guidance.competence_words import Evidence, Phrase, read_evidence, read_phrase
from opastin.errors import UserError
from opastin.texts import LANGUAGES

TABLE = Path(__file__).parent / "data" / "competences.yml"
# In the order in which a summary names them.
THEMES = ("people", "hands", "information", "creating", "leading", "self")
COMMANDS = ("enough", "next", "none", "all", "some")


class CompetenceTableError(UserError):
    """The list of competences is not as expected; the message names what to mend."""


@dataclass(frozen=True)
class Entry:
    """A competence of the list; its name is the response `utter_about_competence_<code>`."""

    code: str
    theme: str
    # Fields in which it counts, and fields whose occupations bring it.
    fields: tuple[str, ...]
    implied_by: tuple[str, ...]
    evidence: Mapping[str, tuple[Evidence, ...]]


@dataclass(frozen=True)
class Signs:
    """The words of one language that change what a clause says."""

    negations: tuple[Phrase, ...]
    starts: tuple[Phrase, ...]
    turns: tuple[Phrase, ...]
    wishes: tuple[Phrase, ...]
    others: tuple[Phrase, ...]
    only: tuple[Phrase, ...]
    compounds: tuple[Phrase, ...]
    denials: tuple[Phrase, ...]
    fillers: tuple[Phrase, ...]
    # Beside a denial they tell that there is nothing to tell.
    nothing: tuple[Evidence, ...]
    commands: Mapping[str, frozenset[Phrase]]


@dataclass(frozen=True)
class CompetenceTable:
    """Everything that guidance/data/competences.yml holds."""

    entries: Mapping[str, Entry]
    key_competences: Mapping[str, tuple[str, ...]]
    directions: tuple[tuple[str, ...], ...]
    signs: Mapping[str, Signs]


@lru_cache(maxsize=1)
def load_competences() -> CompetenceTable:
    """Read the packaged list, once."""
    # The C loader reads the list eight times faster; libyaml may be missing.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return read_competences(yaml.load(TABLE.read_text(encoding="utf-8"), Loader=loader))  # noqa: S506


def read_competences(content: Mapping[str, Any]) -> CompetenceTable:
    """Return the list that `content` describes, or raise CompetenceTableError naming the fault."""
    problem = next(_problems(content), None)
    if problem is not None:
        raise CompetenceTableError(f"In {TABLE.name}, {problem}.")
    return CompetenceTable(
        entries={code: _entry(code, item) for code, item in content["competences"].items()},
        key_competences={
            field: tuple(codes) for field, codes in content["key_competences"].items()
        },
        directions=tuple(tuple(alike) for alike in content["directions"]),
        signs={language: _signs(content, language) for language in LANGUAGES},
    )


def _entry(code: str, item: Mapping[str, Any]) -> Entry:
    return Entry(
        code=code,
        theme=item["theme"],
        fields=tuple(item["fields"]),
        implied_by=tuple(item["implied_by"]),
        evidence={
            language: tuple(read_evidence(text) for text in item[language])
            for language in LANGUAGES
        },
    )


def _signs(content: Mapping[str, Any], language: str) -> Signs:
    lists = {name: tuple(read_phrase(text) for text in content[name][language]) for name in _SIGNS}
    commands = {
        name: frozenset(read_phrase(text) for text in content["commands"][name][language])
        for name in COMMANDS
    }
    nothing = tuple(read_evidence(text) for text in content["nothing"][language])
    return Signs(commands=commands, nothing=nothing, **lists)


def _problems(content: Mapping[str, Any]) -> Iterator[str]:
    expected = {"competences", "key_competences", "directions", "commands", "nothing", *_SIGNS}
    if set(content) != expected:
        yield f"the parts are not {', '.join(sorted(expected))}"
        return
    for code, item in content["competences"].items():
        yield from _problems_of_entry(code, item)
    for field, codes in content["key_competences"].items():
        if not is_field(field):
            yield f"the key competences of {field!r} have no such field"
        unknown = sorted(set(codes) - set(content["competences"]))
        if unknown:
            yield f"the field {field!r} asks for {unknown[0]!r}, which is not a competence"


def _problems_of_entry(code: str, item: Mapping[str, Any]) -> Iterator[str]:
    if set(item) != {"theme", "fields", "implied_by", *LANGUAGES}:
        yield f"{code} does not have theme, fields, implied_by and the words of every language"
        return
    if item["theme"] not in THEMES:
        yield f"{code} has the theme {item['theme']!r}; expected one of {', '.join(THEMES)}"
    for field in (*item["fields"], *item["implied_by"]):
        if not is_field(str(field)) or not isinstance(field, str):
            yield f"{code} names the field {field!r}, which is none"
    for language in LANGUAGES:
        if not all(isinstance(text, str) and text for text in item[language]):
            yield f"{code} has words in {language} that YAML does not read as text"


_SIGNS = (
    "negations",
    "starts",
    "turns",
    "wishes",
    "others",
    "only",
    "compounds",
    "denials",
    "fillers",
)
