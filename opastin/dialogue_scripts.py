"""Scripted people for `opastin evaluate dialogues`: what they say, and what must come back.

The format is described in docs/reference/evaluate.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from opastin.dialogue_expectations import EXPECTATIONS
from opastin.errors import UserError
from opastin.settings import ROOT
from opastin.texts import LANGUAGES, Texts

SCRIPTS = ROOT / "tests" / "conversations"
PACES = (None, "all at once", "as asked")
# Kinds of custom parts, and the states of a handoff in place of its kind.
SHOWN = frozenset(
    {
        "callback",
        "career_skills",
        "closed",
        "comparison",
        "competence",
        "consent",
        "erased",
        "feedback",
        "nothing",
        "offered",
        "options",
        "plan",
        "recognition",
        "saved",
        "take_home",
        "waiting",
        "with_coach",
    }
)
_SCRIPT_KEYS = frozenset(
    {"answers", "language", "others", "pace", "plain_language", "situation", "turns"}
)
_TURN_KEYS = frozenset({"expect", "person", "press", "repeats", "say", "tells", "until"})
_WAYS = ("say", "press", "until")


@dataclass(frozen=True)
class ScriptedTurn:
    """One thing a person does, and what is expected of the replies."""

    way: str
    words: str
    tells: tuple[str, ...] = ()
    # The person asks to hear something again, so the same words are right.
    repeats: bool = False
    # Who speaks where several do; "" is the one who began.
    person: str = ""
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Script:
    """A scripted person."""

    name: str
    language: str
    situation: str
    turns: tuple[ScriptedTurn, ...]
    pace: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    plain_language: bool = False
    # What the other people at the screen answer, by name.
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_scripts(folder: Path = SCRIPTS, only: str = "*") -> list[Script]:
    """Return the scripts of all languages, by name; UserError names a script that is wrong.

    `only` is a pattern of names such as `fi/*` or `*corrects*`.
    """
    scripts = [_read(path, folder) for path in sorted(folder.glob("*/*.yml"))]
    chosen = [script for script in scripts if fnmatchcase(script.name, only)]
    if not scripts:
        raise UserError(f"There are no scripts in {folder}.")
    if not chosen:
        raise UserError(f"No script in {folder} has a name like {only!r}.")
    return chosen


def check_names(scripts: Sequence[Script], texts: Texts) -> None:
    """Raise UserError where a script expects a response that does not exist."""
    for script in scripts:
        for turn in script.turns:
            missing = set(_names(turn.expect)) - texts.names(script.language)
            if missing:
                named = ", ".join(sorted(missing))
                raise UserError(f"{script.name}: there is no response {named}.")


def _names(expect: Mapping[str, Any]) -> Iterator[str]:
    for key in ("says", "says_not"):
        for names in _as_list(expect.get(key, [])):
            yield from _as_list(names)


def _read(path: Path, folder: Path) -> Script:
    name = path.relative_to(folder).with_suffix("").as_posix()
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    _check(name, content, _SCRIPT_KEYS)
    if content.get("language") not in LANGUAGES or content.get("pace") not in PACES:
        raise UserError(f"{name}: the language or the pace is wrong.")
    answers = content.get("answers", {})
    others = content.get("others", {})
    for spoken in (answers, *others.values()):
        _check_words(name, spoken.values())
    return Script(
        name=name,
        language=content["language"],
        situation=content["situation"],
        pace=content.get("pace"),
        answers=answers,
        plain_language=content.get("plain_language", False),
        others=others,
        turns=tuple(_read_turn(name, turn) for turn in content["turns"]),
    )


def _read_turn(name: str, turn: Mapping[str, Any]) -> ScriptedTurn:
    _check(name, turn, _TURN_KEYS)
    ways = [way for way in _WAYS if way in turn]
    if len(ways) != 1:
        raise UserError(f"{name}: a turn has exactly one of {', '.join(_WAYS)}.")
    expect = turn.get("expect", {})
    _check(name, expect, EXPECTATIONS)
    for shown in (expect.get("shows", []), turn.get("until", [])):
        _check(name, dict.fromkeys(_as_list(shown)), SHOWN)
    words = turn[ways[0]]
    _check_words(name, [words])
    return ScriptedTurn(
        way=ways[0],
        words=words,
        tells=tuple(turn.get("tells", ())),
        repeats=turn.get("repeats", False),
        person=turn.get("person", ""),
        expect=expect,
    )


def _check(name: str, content: object, allowed: frozenset[str]) -> None:
    if not isinstance(content, Mapping):
        raise UserError(f"{name}: expected keys and values, not {str(content)[:40]!r}.")
    unknown = sorted(set(map(str, content)) - allowed)
    if unknown:
        raise UserError(f"{name}: unknown {', '.join(unknown)}.")


def _check_words(name: str, spoken: Iterable[object]) -> None:
    """Refuse what YAML reads as something else, as it does `yes`, `no` and numbers."""
    for words in spoken:
        if not isinstance(words, str):
            raise UserError(f"{name}: put {words!r} in quotation marks, as it stands there.")


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
