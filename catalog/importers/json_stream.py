"""Read a JSON file document by document, so that a long one is never held as objects at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalog.importers.json_window import LONGEST_DOCUMENT, Source, Window
from opastin.errors import UserError


def decode(data: bytes, name: str) -> str:
    """Return the text of a UTF-8 file, or raise UserError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8 and import it again."
        ) from error


def read_json(source: Source, name: str) -> Any:
    """Return the one value that a short JSON text is, or raise UserError."""
    window = Window(source, name)
    if not window.peek():
        raise window.broken()
    value = window.value()
    if window.peek():
        raise window.broken()
    return value


class JsonStream:
    """The items of a JSON text: of its outermost list, or of the list under one key.

    An object without that key is one item. What stands beside the list is in `others` once the
    items have been read; `shape` says as soon as the first has been where they are from: "list",
    "key", "object", or nothing yet. A file is read through a window, again at each going through.
    """

    def __init__(self, source: Source, name: str, *, key: str) -> None:
        self.others: dict[str, Any] = {}
        self.shape = ""
        self._source = source
        self._name = name
        self._key = key

    def __iter__(self) -> Iterator[Any]:
        window = Window(self._source, self._name)
        first = window.peek()
        if first == "[":
            self.shape = "list"
            yield from _items(window)
        elif first == "{":
            yield from self._members(window)
        else:
            raise window.broken()
        if window.peek():
            raise window.broken()

    def _members(self, window: Window) -> Iterator[Any]:
        """Yield the items of an object."""
        has_list = False
        held = 0
        window.skip("{")
        while window.peek() != "}":
            before = window.taken
            key = window.value()
            window.skip(":")
            if not isinstance(key, str):
                raise window.broken()
            if key == self._key and window.peek() == "[":
                has_list = True
                self.shape = "key"
                yield from _items(window)
            else:
                self.others[key] = window.value()
                held += window.taken - before
                if held > LONGEST_DOCUMENT:
                    raise UserError(
                        f"{self._name} has more than {LONGEST_DOCUMENT:,} characters beside its "
                        "documents."
                    )
            _go_on(window, "}")
        window.skip("}")
        if not has_list:
            self.shape = "object"
            yield dict(self.others)


def _items(window: Window) -> Iterator[Any]:
    """Yield the items of a list."""
    window.skip("[")
    while window.peek() != "]":
        yield window.value()
        _go_on(window, "]")
    window.skip("]")


def _go_on(window: Window, end: str) -> None:
    """Go past the comma to the next item, unless the list or object ends."""
    if window.peek() == end:
        return
    window.skip(",")
    if window.peek() == end:
        raise window.broken()
