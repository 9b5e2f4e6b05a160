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
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        level += isinstance(event, yaml.CollectionStartEvent)
        level -= isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if level > MOST_LEVELS:
            raise UserError(f"{name} nests too deep to be read.")
        if aliases > MOST_ALIASES:
            raise UserError(f"{name} repeats its parts by more than {MOST_ALIASES} aliases.")
