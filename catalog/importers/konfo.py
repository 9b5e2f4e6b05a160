"""Read the pieces that Opintopolku's documents are made of, or name the one that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from catalog.importers.documents import FieldError
from catalog.importers.plain_text import clean_line, from_html
from catalog.models import LANGUAGES

_DATE_AND_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:?\d{2})?")


class Node:
    """An object of the JSON and the path to it; missing and null mean the same."""

    def __init__(self, value: Mapping[str, Any], path: str = "") -> None:
        self._value = value
        self._path = path

    def path(self, key: str) -> str:
        """Return the name of a field as a reader would look for it."""
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        """Say whether the field is there and not null."""
        return self._value.get(key) is not None

    def value(self, key: str) -> Any:
        """Return what lies under `key`, whatever it is."""
        return self._value.get(key)

    def node(self, key: str) -> Node:
        """Return the object under `key`; an empty one where it is missing."""
        return Node(self._typed(key, dict, "an object") or {}, self.path(key))

    def nodes(self, key: str) -> list[Node]:
        """Return the objects of the list under `key`."""
        found = []
        for number, item in enumerate(self._typed(key, list, "a list") or []):
            path = f"{self.path(key)}[{number}]"
            if not isinstance(item, dict):
                raise FieldError(path, "is not an object")
            found.append(Node(item, path))
        return found

    def text(self, key: str) -> str:
        """Return the string under `key` as one clean line; empty where it is missing."""
        return clean_line(self._typed(key, str, "a text") or "")

    def number(self, key: str) -> float | None:
        """Return the number under `key`, which is not negative."""
        value = self._typed(key, (int, float), "a number")
        if isinstance(value, bool) or (value is not None and not 0 <= value < 1e9):
            raise FieldError(self.path(key), f"{value} is not a number")
        return None if value is None else float(value)

    def flag(self, key: str) -> bool:
        """Return the truth value under `key`; false where it is missing."""
        return bool(self._typed(key, bool, "true or false"))

    def titles(self, key: str) -> dict[str, str]:
        """Return a name by language, in one line each."""
        return self._by_language(key, html=False)

    def texts(self, key: str) -> dict[str, str]:
        """Return a provider's HTML by language, as plain text."""
        return self._by_language(key, html=True)

    def code(self, key: str) -> str | None:
        """Return the code under `key`: "2" of `opintojenlaajuusyksikko_2#1`."""
        codes = self._codes([self._value.get(key)], self.path(key))
        return codes[0] if codes else None

    def codes(self, key: str) -> list[str]:
        """Return the codes of the list under `key`, without their sets and versions."""
        return self._codes(self._typed(key, list, "a list") or [], self.path(key))

    def strings(self, key: str) -> list[Any]:
        """Return the list under `key` as it is."""
        return list(self._typed(key, list, "a list") or [])

    def date(self, key: str) -> date | None:
        """Return the day of the date or moment under `key`."""
        text = self.text(key)
        if not text:
            return None
        match = _DATE_AND_TIME.fullmatch(text)
        if match is None:
            raise FieldError(self.path(key), f"{text!r} is not a date")
        try:
            return date.fromisoformat(match[1])
        except ValueError:
            raise FieldError(self.path(key), f"there is no day {match[1]}") from None

    def _typed(self, key: str, kind: Any, expected: str) -> Any:
        value = self._value.get(key)
        if value is not None and not isinstance(value, kind):
            raise FieldError(self.path(key), f"is not {expected}")
        return value

    def _by_language(self, key: str, *, html: bool) -> dict[str, str]:
        found = self._typed(key, dict, "an object")
        if not found:
            return {}
        node = Node(found, self.path(key))
        clean = from_html if html else clean_line
        texts = {}
        for language in LANGUAGES:
            text = node._typed(language, str, "a text")
            if text and (cleaned := clean(text)):
                texts[language] = cleaned
        return texts

    @staticmethod
    def _codes(items: list[Any], path: str) -> list[str]:
        codes = []
        for item in items:
            uri = item.get("koodiUri") if isinstance(item, dict) else item
            if uri is None:
                continue
            if not isinstance(uri, str):
                raise FieldError(path, "holds something else than codes")
            codes.append(uri.split("#", 1)[0].rsplit("_", 1)[-1])
        return codes
