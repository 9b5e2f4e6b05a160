"""Read a JSON file document by document, so that a long one is never held as objects at once."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any

from opastin.errors import UserError

_SPACE = re.compile(r"[ \t\r\n]*")


def decode(data: bytes, name: str) -> str:
    """Return the text of a UTF-8 file, or raise UserError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8 and import it again."
        ) from error


class JsonStream:
    """The items of a JSON text: of its outermost list, or of the list under one key.

    An object without that key is one item. What stands beside the list is in `others` once the
    items have been read.
    """

    def __init__(self, text: str, name: str, *, key: str) -> None:
        self.others: dict[str, Any] = {}
        self._text = text
        self._name = name
        self._key = key
        # A control character inside a string is the commonest slip of pages, and harmless.
        self._decoder = json.JSONDecoder(strict=False, parse_constant=_no_constant)

    def __iter__(self) -> Iterator[Any]:
        position = self._skip(0)
        try:
            if self._text.startswith("[", position):
                position = yield from self._items(position)
            elif self._text.startswith("{", position):
                position = yield from self._members(position)
            else:
                raise self._broken(position)
        except RecursionError as error:
            raise UserError(f"{self._name} nests too deep to be read.") from error
        if position < len(self._text):
            raise self._broken(position)

    def _members(self, position: int) -> Generator[Any, None, int]:
        """Yield the items of an object, and return where it ends."""
        has_list = False
        position = self._skip(position + 1)
        while not self._text.startswith("}", position):
            key, position = self._value(position)
            position = self._expect(":", position)
            if not isinstance(key, str):
                raise self._broken(position)
            if key == self._key and self._text.startswith("[", position):
                has_list = True
                position = yield from self._items(position)
            else:
                self.others[key], position = self._value(position)
            position = self._next(position, "}")
        if not has_list:
            yield dict(self.others)
        return self._skip(position + 1)

    def _items(self, position: int) -> Generator[Any, None, int]:
        """Yield the items of a list, and return where it ends."""
        position = self._skip(position + 1)
        while not self._text.startswith("]", position):
            value, position = self._value(position)
            yield value
            position = self._next(position, "]")
        return self._skip(position + 1)

    def _value(self, position: int) -> tuple[Any, int]:
        try:
            value, end = self._decoder.raw_decode(self._text, position)
        except json.JSONDecodeError as error:
            raise self._broken(error.pos) from error
        except ValueError as error:
            raise self._broken(position) from error
        return value, self._skip(end)

    def _next(self, position: int, end: str) -> int:
        """Return where the next item begins, or the list or object ends."""
        if self._text.startswith(end, position):
            return position
        position = self._expect(",", position)
        if self._text.startswith(end, position):
            raise self._broken(position)
        return position

    def _expect(self, character: str, position: int) -> int:
        if not self._text.startswith(character, position):
            raise self._broken(position)
        return self._skip(position + 1)

    def _skip(self, position: int) -> int:
        match = _SPACE.match(self._text, position)
        return match.end() if match else position

    def _broken(self, position: int) -> UserError:
        if position >= len(self._text):
            return UserError(f"{self._name} is not whole JSON: it breaks off at its end.")
        line = self._text.count("\n", 0, position) + 1
        return UserError(f"{self._name} is not whole JSON (wrong at line {line}).")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
