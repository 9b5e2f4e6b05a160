"""Write coaches' own wordings into the training data and the regression cases, as files of YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from opastin.errors import UserError
from opastin.texts import LANGUAGES
from opastin.understand import INNER_PREFIX, PREFIX

TRAINING = Path("bot", "data", "nlu")
REGRESSION = Path("tests", "nlu_reviewed")
# Tuning is judged by these, so they must not be trained on.
VALIDATION = Path("tests", "validation")
HEADER = (
    "# Written by `opastin reviews export`: what coaches say that messages meant, in their words.\n"
)
_INTENT = re.compile(r"  - intent: (\S+)")
_EXAMPLE = "      - "
_WORDS = re.compile(r"[^\W_]+")
# What JSON takes as it is and YAML refuses, or reads as the end of a line.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Sentence:
    """A coach's wording, and what it means."""

    text: str
    language: str
    # As Rasa names it: `faq_cost`.
    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    asked: str | None = None

    def as_case(self) -> dict[str, Any]:
        """Return it as an item of a file of cases."""
        case: dict[str, Any] = {"text": self.text, "intent": outer_name(self.intent)}
        if self.asked is not None:
            case["asked"] = self.asked
        if self.slots:
            case["slots"] = dict(self.slots)
        return case


class Files:
    """The training data and the regression cases of a working copy, changed in memory first."""

    def __init__(self, root: Path) -> None:
        """Read what lies under `root`; UserError where it is no copy of the project."""
        self._root = root
        self._texts: dict[Path, str] = {}
        self.changed: dict[Path, int] = {}
        paths = sorted((root / TRAINING).glob("*/*.yml"))
        if not paths:
            raise UserError(
                f"There is no {TRAINING.as_posix()}/ in {root}: name the project's folder with "
                "--directory."
            )
        for path in paths:
            self._texts[path] = path.read_text(encoding="utf-8")
        self._trained = set(map(fold, self._training_texts()))
        self._kept_out = set(map(fold, _case_texts((root / VALIDATION).glob("*/*.yml"))))
        self._cases = {language: self._read_cases(language) for language in LANGUAGES}

    def add(self, sentence: Sentence) -> bool:
        """Add a sentence where it is not yet; say whether anything has changed."""
        is_case = self._add_case(sentence)
        return self._add_example(sentence) or is_case

    def write(self) -> None:
        """Write the files that have changed."""
        for path in self.changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._texts[path], encoding="utf-8")

    def _add_case(self, sentence: Sentence) -> bool:
        cases = self._cases[sentence.language]
        if any(fold(case["text"]) == fold(sentence.text) for case in cases):
            return False
        cases.append(sentence.as_case())
        cases.sort(key=lambda case: (case["text"].casefold(), case["text"]))
        path = self._root / REGRESSION / f"{sentence.language}.yml"
        self._change(path, HEADER + "".join(map(as_line, cases)))
        return True

    def _add_example(self, sentence: Sentence) -> bool:
        folded = fold(sentence.text)
        if folded in self._trained or folded in self._kept_out:
            return False
        for path in sorted((self._root / TRAINING / sentence.language).glob("*.yml")):
            text = insert_example(self._texts[path], sentence.intent, sentence.text)
            if text is not None:
                self._trained.add(folded)
                self._change(path, text)
                return True
        return False

    def _change(self, path: Path, text: str) -> None:
        self._texts[path] = text
        self.changed[path] = self.changed.get(path, 0) + 1

    def _training_texts(self) -> Iterator[str]:
        for text in self._texts.values():
            for line in text.splitlines():
                if line.startswith(_EXAMPLE):
                    yield line.removeprefix(_EXAMPLE)

    def _read_cases(self, language: str) -> list[dict[str, Any]]:
        path = self._root / REGRESSION / f"{language}.yml"
        if not path.exists():
            return []
        return list(yaml.safe_load(path.read_text(encoding="utf-8")) or [])


def insert_example(text: str, intent: str, sentence: str) -> str | None:
    """Return a file of training data with a sentence in its place among an intent's examples.

    None where the file has no examples of the intent. Everything else stays as it is.
    """
    lines = text.splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if _is_intent(line, intent)), None)
    if start is None:
        return None
    at = start + 1
    while at < len(lines) and not lines[at].startswith(_EXAMPLE):
        at += 1
    while at < len(lines) and lines[at].startswith(_EXAMPLE):
        if _order(lines[at].removeprefix(_EXAMPLE).rstrip("\n")) > _order(sentence):
            break
        at += 1
    return "".join([*lines[:at], f"{_EXAMPLE}{sentence}\n", *lines[at:]])


def as_line(case: Mapping[str, Any]) -> str:
    """Return a case as an item of a file of YAML, in one line."""
    # JSON is YAML too, but for a few characters: no word of it can be taken for something else.
    pairs = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in case.items())
    line = f"- {{{', '.join(pairs)}}}\n"
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def fold(text: str) -> str:
    """Return what two sentences share that differ in signs and capitals alone."""
    return " ".join(_WORDS.findall(text.casefold()))


def outer_name(intent: str) -> str:
    """Return the contract's name of an intent: `faq/cost`."""
    if intent.startswith(INNER_PREFIX):
        return PREFIX + intent.removeprefix(INNER_PREFIX)
    return intent


def _is_intent(line: str, intent: str) -> bool:
    found = _INTENT.match(line)
    return found is not None and found.group(1) == intent


def _order(sentence: str) -> tuple[str, str]:
    return sentence.casefold(), sentence


def _case_texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for case in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
            yield str(case["text"])
