"""Read YAML safely: values as they are written, bounded in size, depth and repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from opastin.errors import UserError

MOST_CHARACTERS = 10_000_000
MOST_LEVELS = 60
# An alias of an alias of an alias is how a small file becomes an endless one.
MOST_ALIASES = 100
# Characters, and one a part, that all aliases together stand for.
MOST_REPEATED = 1_000_000


class _Loader(yaml.CSafeLoader):
    """Knows null, true, false and numbers, as JSON does, and takes the rest as text.

    YAML 1.1 takes 2026-02-30 for a day (and breaks off), 0111 for 73, and `no` for false.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(?:0|[1-9]\d{0,15})", list("-0123456789")),
    ("float", r"-?(?:0|[1-9]\d{0,15})\.\d{1,15}", list("-0123456789")),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first
    )


def read_yaml(text: str, name: str, *, key: str) -> Iterator[Any]:
    """Yield the items of each document: of its list, or of the list under `key`, or itself."""
    if len(text) > MOST_CHARACTERS:
        raise UserError(
            f"{name} is longer than {MOST_CHARACTERS:,} characters; write long files as JSON."
        )
    try:
        _check(text, name)
        for document in yaml.load_all(text, Loader=_Loader):
            items = document.get(key) if isinstance(document, dict) else document
            yield from items if isinstance(items, list) else [document]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (wrong at line {mark.line + 1})" if mark else ""
        raise UserError(f"{name} is not whole YAML{where}.") from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{name} is not YAML that can be read ({error}).") from error


def _check(text: str, name: str) -> None:
    """Go through the file once, before anything is built of it."""
    level = aliases = 0
    repeated = _Repeated(name)
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        repeated.take(event)
        level += isinstance(event, yaml.CollectionStartEvent)
        level -= isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if level > MOST_LEVELS:
            raise UserError(f"{name} nests too deep to be read.")
        if aliases > MOST_ALIASES:
            raise UserError(f"{name} repeats its parts by more than {MOST_ALIASES} aliases.")


class _Repeated:
    """Counts what aliases stand for, as if each were written out."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._sizes: dict[str, int] = {}
        # The anchor and the size of each list or mapping that has not ended yet.
        self._open: list[tuple[str | None, int]] = []
        self._all = 0

    def take(self, event: yaml.Event) -> None:
        """Count what one event adds; raise UserError where it is too much."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._sizes.clear()
        elif isinstance(event, yaml.CollectionStartEvent):
            # An alias of what has not ended would be endless.
            self._sizes.pop(event.anchor or "", None)
            self._open.append((event.anchor, 1))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(*self._open.pop())
        elif isinstance(event, yaml.ScalarEvent):
            self._add(event.anchor, 1 + len(event.value))
        elif isinstance(event, yaml.AliasEvent):
            self._add(None, self._size_of_alias(event.anchor or ""))

    def _add(self, anchor: str | None, size: int) -> None:
        if anchor is not None:
            self._sizes[anchor] = size
        if self._open:
            outer, before = self._open[-1]
            self._open[-1] = (outer, before + size)

    def _size_of_alias(self, anchor: str) -> int:
        if anchor not in self._sizes:
            raise UserError(f"{self._name} has an alias of what is not there, or not yet whole.")
        self._all += self._sizes[anchor]
        if self._all > MOST_REPEATED:
            raise UserError(
                f"{self._name} would be more than {MOST_REPEATED:,} characters longer with its "
                "aliases written out."
            )
        return self._sizes[anchor]
