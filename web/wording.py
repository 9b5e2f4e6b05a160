"""The words of the gateway's own pages, errors and messages, by language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

STRINGS = Path(__file__).parent / "strings"


def load_strings(name: str) -> dict[str, Any]:
    """Return the file `name` of web/strings, such as "fi" or "widget.fi"."""
    content: dict[str, Any] = _load(name)
    return content


def say(
    name: str,
    language: str,
    values: Mapping[str, object] | None = None,
    *,
    plain: bool = False,
) -> str:
    """Return the text at a dotted name with `values` filled in; KeyError when there is none.

    With `plain` it is in easy language, where it is written in it.

    >>> say("errors.unknown_field", "en", {"name": "colour"})
    'The field “colour” is not known here.'
    """
    found: Any = _load(language)
    *groups, last = name.split(".")
    for part in groups:
        found = found[part]
    easy = found.get(f"{last}_easy") if plain else None
    return str(easy or found[last]).format_map(values or {})


@lru_cache(maxsize=64)
def _load(name: str) -> Any:
    return yaml.safe_load((STRINGS / f"{name}.yml").read_text(encoding="utf-8"))
