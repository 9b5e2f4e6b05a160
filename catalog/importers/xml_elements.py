"""Read elements out of XML as it streams by; declarations of types and entities are refused.

Without a document type there is no entity to expand or to fetch, so nothing a file says can grow
in memory or reach outside it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from opastin.errors import UserError

MOST_LEVELS = 100
CHUNK_BYTES = 1_000_000
# A tag that goes on and on makes the parser begin again at each chunk.
LONGEST_TAG_BYTES = 8_000_000


@dataclass
class Element:
    """An element by its name without a namespace, its attributes likewise."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, without that of the elements in it."""
        return "".join(self.parts).strip()

    def all(self, name: str) -> list[Element]:
        """Return the elements of this name right inside it."""
        return [child for child in self.children if child.name == name]

    def find(self, *path: str) -> list[Element]:
        """Return the elements that a path of names leads to."""
        found = [self]
        for name in path:
            found = [child for element in found for child in element.all(name)]
        return found


def read_elements(data: bytes, name: str, *, names: Collection[str]) -> Iterator[Element]:
    """Yield the outermost elements of these names, whole; raise UserError where there is no XML."""
    reader = _Reader(name, frozenset(names))
    for start in range(0, max(len(data), 1), CHUNK_BYTES):
        end = start + CHUNK_BYTES
        reader.feed(data[start:end], is_last=end >= len(data))
        while reader.done:
            yield reader.done.popleft()


class _Reader:
    def __init__(self, file: str, names: frozenset[str]) -> None:
        self.done: deque[Element] = deque()
        self._file = file
        self._names = names
        self._open: list[Element] = []
        self._level = 0
        self._fed = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, data: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(data, is_last)
        except expat.ExpatError as error:
            raise UserError(
                f"{self._file} is not whole XML (line {error.lineno}: "
                f"{expat.ErrorString(error.code)})."
            ) from error
        except (LookupError, ValueError) as error:
            raise UserError(
                f"{self._file} is in an encoding that is not read; save it as UTF-8."
            ) from error
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG_BYTES:
            raise UserError(f"{self._file} has a tag that is too long to be read.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > MOST_LEVELS:
            raise UserError(f"{self._file} nests too deep to be read.")
        name = _local(tag)
        if self._open or name in self._names:
            element = Element(name, {_local(key): value for key, value in attributes.items()})
            if self._open:
                self._open[-1].children.append(element)
            self._open.append(element)

    def _end(self, _tag: str) -> None:
        self._level -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.done.append(element)

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].parts.append(text)

    def _doctype(self, *_: object) -> NoReturn:
        raise UserError(
            f"{self._file} has a document type declaration (<!DOCTYPE>), which may hide entities; "
            "save it without one."
        )


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
