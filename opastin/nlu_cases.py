"""Labelled messages for `opastin evaluate nlu`: what people write, and what it means.

A file lies in a folder named after its language, or is named after it, and holds a list:

    - text: oisko mitää seinäjoel iltasin, lähäri oon
      intent: inform
      slots: {place: "743", schedule: [evening]}
    - text: en tiiä
      intent: unsure
      asked: interest             # the slot that the bot had just asked
    - text: can we speak English
      intent: change_language
      language: en                # where it is not the language of the folder
      slots: {language: en}
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from guidance.profile import Profile, ProfileError
from opastin.errors import UserError
from opastin.settings import ROOT
from opastin.texts import LANGUAGES
from opastin.understand import FALLBACK, INNER_PREFIX, PREFIX

NAMED_PROBLEMS = 20
# "By the end of January" means a day only on the day when it is said: for all messages this one.
SAID_ON = date(2026, 11, 22)
# What the bot asks besides the slots of the profile.
OTHER_QUESTIONS = frozenset(
    {"confirm_erase", "confirm_start_over", "consent", "contact", "handoff"}
)
QUESTIONS = OTHER_QUESTIONS | {item.name for item in fields(Profile)}
_KEYS = frozenset({"asked", "intent", "language", "slots", "text"})


@dataclass(frozen=True)
class Case:
    """A message and what a careful reader takes from it."""

    text: str
    intent: str
    # The folder that it lies in, and the language that it is written in: rarely two.
    group: str
    language: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    asked: str | None = None
    source: str = ""


def read_cases(folder: Path, language: str | None = None) -> list[Case]:
    """Return the messages of all languages or of one; UserError names the lines that are wrong."""
    cases, problems = [], []
    for path in _paths(folder, language):
        name = path.relative_to(folder).as_posix()
        for line, content in _items(path, name):
            source = f"{name}:{line}"
            try:
                cases.append(read_case(content, _group(path), source))
            except (ProfileError, ValueError) as error:
                problems.append(f"{source}: {error}")
    if problems:
        more = ["..."] if len(problems) > NAMED_PROBLEMS else []
        raise UserError(" ".join([*problems[:NAMED_PROBLEMS], *more]))
    if not cases:
        raise UserError(f"There are no messages in {folder}.")
    return cases


def read_case(content: object, group: str, source: str = "") -> Case:
    """Return one item of a file as a case; raise ValueError or ProfileError where it is wrong."""
    if not isinstance(content, Mapping):
        raise ValueError("expected a message with `text` and `intent`.")
    if unknown := sorted(set(map(str, content)) - _KEYS):
        raise ValueError(f"unknown key {', '.join(unknown)}.")
    text = content.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("`text` is no text: quote what YAML takes for something else.")
    return Case(
        text=text,
        intent=_one_of(known_intents(), "intent", content.get("intent")),
        group=group,
        language=_one_of(frozenset(LANGUAGES), "language", content.get("language", group)),
        slots=_slots(content.get("slots") or {}),
        asked=None if "asked" not in content else _one_of(QUESTIONS, "asked", content["asked"]),
        source=source,
    )


def digest_of(folder: Path, language: str | None = None) -> str:
    """Return a digest of the files that `read_cases` reads."""
    digest = hashlib.sha256()
    for path in _paths(folder, language):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def known_intents() -> frozenset[str]:
    """Return the intents of the domain, by the names that `opastin understand` prints."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return frozenset(
        PREFIX + name[len(INNER_PREFIX) :] if name.startswith(INNER_PREFIX) else name
        for name in domain["intents"]
        if name != FALLBACK
    )


def _paths(folder: Path, language: str | None) -> list[Path]:
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}.")
    names = LANGUAGES if language is None else (language,)
    paths = [
        path
        for name in names
        for path in (*sorted((folder / name).glob("*.yml")), *folder.glob(f"{name}.yml"))
    ]
    if not paths:
        raise UserError(f"There are no files {folder}/{'|'.join(names)}/*.yml.")
    return paths


def _group(path: Path) -> str:
    return path.stem if path.stem in LANGUAGES else path.parent.name


def _items(path: Path, name: str) -> Iterator[tuple[int, Any]]:
    """Yield each item of the list in a file, and the line that it begins on."""
    try:
        loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        if root is None:
            return
        if not isinstance(root, yaml.SequenceNode):
            raise UserError(f"{name}: expected a list of messages.")
        for node in root.value:
            yield node.start_mark.line + 1, loader.construct_document(node)
    except (ValueError, yaml.YAMLError) as error:
        # An error of YAML quotes the text around it, which may be held out; its place is enough.
        mark = getattr(error, "problem_mark", None)
        source = name if mark is None else f"{name}:{mark.line + 1}"
        raise UserError(f"{source}: this is no YAML: {_problem(error)}.") from error


def _problem(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not in UTF-8"
    return str(getattr(error, "problem", None) or "a value cannot be read")


def _one_of(allowed: frozenset[str], key: str, value: object) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"`{key}` is {str(value)[:60]!r}, which is unknown.")
    return value


def _slots(values: object) -> dict[str, Any]:
    slots = Profile.from_dict(values).to_dict()
    places = slots.get("places", [])
    if places and slots.get("place") != places[0]:
        raise ValueError("`place` is not the first of `places`.")
    return slots
