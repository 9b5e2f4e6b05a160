"""Everything that people read, found by folder: replies, texts of the rules, words of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from opastin.settings import ROOT
from opastin.texts import LANGUAGES, RESPONSES

DATA = ROOT / "guidance" / "data"
PAGES = ROOT / "web" / "strings"
EASY = "-easy"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SENTENCE_END = re.compile(r"[.?!](\s|$)|\n")


@dataclass(frozen=True)
class Written:
    """A text in one language; `source` and `name` are the same in every language."""

    source: str
    name: str
    language: str
    text: str
    is_easy: bool = False
    payloads: tuple[str, ...] = ()

    @property
    def slots(self) -> frozenset[str]:
        """Return the names of the places to fill in."""
        return frozenset(_PLACEHOLDER.findall(self.text))

    @property
    def is_label(self) -> bool:
        """Say whether this is a title, a name or a part of a sentence, and no sentence itself."""
        return _SENTENCE_END.search(self.text) is None


def read_written(
    responses: Path = RESPONSES, data: Path = DATA, pages: Path = PAGES
) -> list[Written]:
    """Return all texts under the three folders, in the order of their files."""
    return [*_of_responses(responses), *_of_data(data), *_of_pages(pages)]


def _of_responses(folder: Path) -> Iterator[Written]:
    for path in sorted(folder.glob("*/*.yml")):
        language, easy, _ = path.parent.name.partition(EASY)
        source = f"{folder.name}/{path.name}"
        for name, variations in _read(path)["responses"].items():
            for number, one in enumerate(variations):
                named = name if number == 0 else f"{name}[{number}]"
                buttons = one.get("buttons", [])
                payloads = tuple(button["payload"] for button in buttons)
                text = one["text"]
                yield Written(source, named, language, text, bool(easy), payloads=payloads)
                for place, button in enumerate(buttons):
                    label = f"{named}.buttons[{place}]"
                    yield Written(source, label, language, button["title"], bool(easy))


def _of_data(folder: Path) -> Iterator[Written]:
    for path in sorted(folder.rglob("*.yml")):
        source = f"{folder.name}/{path.relative_to(folder)}"
        for name, by_language in _by_language(_read(path)):
            for key, text in by_language.items():
                language, easy, _ = key.partition(EASY)
                yield Written(source, name, language, text, bool(easy))


def _by_language(node: Any, name: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the texts that a file gives by language: patterns to recognise are lists, no texts."""
    if isinstance(node, Mapping):
        keys = {str(key).removesuffix(EASY) for key in node}
        if keys and keys <= set(LANGUAGES):
            if all(isinstance(text, str) for text in node.values()):
                yield name, node
            return
    items: Iterator[tuple[Any, Any]] = iter(())
    if isinstance(node, Mapping):
        items = iter(node.items())
    elif isinstance(node, list):
        items = iter(enumerate(node))
    for key, value in items:
        yield from _by_language(value, f"{name}.{key}".lstrip("."))


def _of_pages(folder: Path) -> Iterator[Written]:
    for path in sorted(folder.glob("*.yml")):
        *page, language = path.stem.split(".")
        source = "/".join([folder.name, *page])
        for name, text in _leaves(_read(path)):
            yield Written(source, name, language, text)


def _leaves(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _leaves(value, f"{name}.{key}".lstrip("."))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _leaves(value, f"{name}[{place}]")
    elif isinstance(node, str):
        yield name, node


def _read(path: Path) -> Any:
    # The C loader reads eight times faster; libyaml may be missing.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
