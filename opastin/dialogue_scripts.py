"""Scripted people for `opastin evaluate dialogues`: what they say, and what must come back.

A script is a YAML file with `language`, `situation`, optional `answers` and `says`, and `turns`:

    language: fi
    situation: happy path
    pace: all at once           # or `as asked`: whose turns to the first options are compared
    answers: {place: Vaasassa}  # what the person says when asked for a slot, see `until`
    turns:
      - say: Haluaisin sosionomiksi
        tells: [field]          # slots that the bot must not ask for from now on
        expect: {asks: place}
      - until: options          # answer whatever is asked until options are shown
        expect: {option: {place: "905"}}
      - press: /show_more       # the first button whose payload begins so

`expect` may hold: `asks` (a slot, or `nothing`), `says` and `says_not` (names of responses; a list
in `says` means one of them is enough), `shows` (`options`, `offered`, `callback`, `erased`, or
`nothing`), `language`, `options` (least and most, `[3, 5]`), `option` (what is true of every option
shown) and `some_option` (of one at least). A value of an option is equal to the one expected, holds
it where it is a list, or obeys `{most: 200}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from opastin.errors import UserError
from opastin.settings import ROOT
from opastin.texts import LANGUAGES

SCRIPTS = ROOT / "tests" / "conversations"
PACES = (None, "all at once", "as asked")
EXPECTATIONS = frozenset(
    {"asks", "language", "option", "options", "says", "says_not", "shows", "some_option"}
)
_SCRIPT_KEYS = frozenset({"answers", "language", "pace", "situation", "turns"})
_TURN_KEYS = frozenset({"expect", "press", "repeats", "say", "tells", "until"})
_WAYS = ("say", "press", "until")


@dataclass(frozen=True)
class ScriptedTurn:
    """One thing a person does, and what is expected of the replies."""

    way: str
    words: str
    tells: tuple[str, ...] = ()
    # The person asks to hear something again, so the same words are right.
    repeats: bool = False
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


def read_scripts(folder: Path = SCRIPTS) -> list[Script]:
    """Return the scripts of all languages, by name; UserError names a script that is wrong."""
    scripts = [_read(path, folder) for path in sorted(folder.glob("*/*.yml"))]
    if not scripts:
        raise UserError(f"There are no scripts in {folder}.")
    return scripts


def _read(path: Path, folder: Path) -> Script:
    name = path.relative_to(folder).with_suffix("").as_posix()
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    _check(name, content, _SCRIPT_KEYS)
    if content.get("language") not in LANGUAGES or content.get("pace") not in PACES:
        raise UserError(f"{name}: the language or the pace is wrong.")
    return Script(
        name=name,
        language=content["language"],
        situation=content["situation"],
        pace=content.get("pace"),
        answers=content.get("answers", {}),
        turns=tuple(_read_turn(name, turn) for turn in content["turns"]),
    )


def _read_turn(name: str, turn: Mapping[str, Any]) -> ScriptedTurn:
    _check(name, turn, _TURN_KEYS)
    ways = [way for way in _WAYS if way in turn]
    if len(ways) != 1:
        raise UserError(f"{name}: a turn has exactly one of {', '.join(_WAYS)}.")
    expect = turn.get("expect", {})
    _check(name, expect, EXPECTATIONS)
    return ScriptedTurn(
        way=ways[0],
        words=str(turn[ways[0]]),
        tells=tuple(turn.get("tells", ())),
        repeats=turn.get("repeats", False),
        expect=expect,
    )


def _check(name: str, content: object, allowed: frozenset[str]) -> None:
    if not isinstance(content, Mapping):
        raise UserError(f"{name}: expected keys and values, not {str(content)[:40]!r}.")
    unknown = sorted(set(map(str, content)) - allowed)
    if unknown:
        raise UserError(f"{name}: unknown {', '.join(unknown)}.")
