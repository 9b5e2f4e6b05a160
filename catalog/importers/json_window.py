"""Look at a long JSON text through a window, so that no more of it is held than one document."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Callable
from typing import Any, BinaryIO

from opastin.errors import UserError

# Objects take up to twenty times the room of their text.
LONGEST_DOCUMENT = 20_000_000
CHUNK = 250_000
# A word or number that the window cuts through fails this near to its edge at most.
_NEAR_THE_EDGE = 16
_SPACE = re.compile(r"[ \t\r\n]*")

Source = str | bytes | BinaryIO


class Window:
    """A stretch of the text, and the position in it; it moves on as values are read.

    `taken` counts the characters that have been read.
    """

    def __init__(self, source: Source, name: str) -> None:
        self.taken = 0
        self._name = name
        self._read = _reader(source, name)
        self._text = ""
        self._position = 0
        self._line = 1
        # A control character inside a string is the commonest slip of pages, and harmless.
        self._decoder = json.JSONDecoder(strict=False, parse_constant=_no_constant)

    def peek(self) -> str:
        """Return the next character that is no space; nothing at the end."""
        while True:
            match = _SPACE.match(self._text, self._position)
            self._go_to(match.end() if match else self._position)
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._more():
                return ""

    def skip(self, character: str) -> None:
        """Go past the next character, which must be this one."""
        if self.peek() != character:
            raise self.broken()
        self._go_to(self._position + 1)

    def value(self) -> Any:
        """Return the value that comes next, and go past it."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._position)
            except json.JSONDecodeError as error:
                if self._is_cut_through(error) and self._more():
                    continue
                raise self.broken(error.pos) from error
            except ValueError as error:
                raise self.broken() from error
            except RecursionError as error:
                raise UserError(f"{self._name} nests too deep to be read.") from error
            # A number may go on beyond the edge: what is here of "-1.5e+3" may be "-1.5e+".
            is_near = isinstance(value, int | float) and end >= len(self._text) - _NEAR_THE_EDGE
            if is_near and self._more():
                continue
            self._go_to(end)
            return value

    def broken(self, position: int | None = None) -> UserError:
        """Return the error that says where the text is no JSON: here, or at a position."""
        at = self._position if position is None else position
        if at >= len(self._text):
            return UserError(f"{self._name} is not whole JSON: it breaks off at its end.")
        line = self._line + self._text.count("\n", 0, at)
        return UserError(f"{self._name} is not whole JSON (wrong at line {line}).")

    def _go_to(self, position: int) -> None:
        self.taken += position - self._position
        self._position = position

    def _is_cut_through(self, error: json.JSONDecodeError) -> bool:
        is_near = error.pos >= len(self._text) - _NEAR_THE_EDGE
        return is_near or error.msg.startswith("Unterminated string")

    def _more(self) -> bool:
        """Let go of what has been read and add what follows; say whether there was anything."""
        rest = self._text[self._position :]
        if len(rest) > LONGEST_DOCUMENT:
            raise UserError(
                f"{self._name} has a document of more than {LONGEST_DOCUMENT:,} characters."
            )
        # Twice as much each time, so that a long document is not begun again too often.
        added = self._read(max(CHUNK, len(rest)))
        if added:
            self._line += self._text.count("\n", 0, self._position)
            self._text = rest + added
            self._position = 0
        return bool(added)


def _reader(source: Source, name: str) -> Callable[[int], str]:
    """Return a function that gives about so many characters more; nothing at the end."""
    if isinstance(source, str):
        return io.StringIO(source).read
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()

    def read(size: int) -> str:
        while True:
            data = file.read(size)
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                byte = file.tell() - len(error.object) + error.start
                raise UserError(
                    f"{name} is not UTF-8 (byte {byte}); save it as UTF-8 and import it again."
                ) from error
            if text or not data:
                return text

    return read


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
