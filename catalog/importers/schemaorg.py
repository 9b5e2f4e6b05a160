"""Read courses and programmes of schema.org: JSON-LD alone, in a graph, or inside a web page."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from datetime import date

from catalog.importers.documents import Read, Refusal
from catalog.importers.json_stream import JsonStream, decode
from catalog.importers.jsonld import Context, Index
from catalog.importers.jsonld_nodes import index_node, walk
from catalog.importers.jsonld_page import language_of_page, scripts_of
from catalog.importers.schemaorg_courses import COURSES, read_course
from opastin.errors import UserError

INSTANCE = "CourseInstance"
TYPES = COURSES | {INSTANCE}
# Texts that say nothing of their language are taken for the first of the catalogue's.
UNSAID_LANGUAGE = "fi"
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


def read_options(data: bytes, *, name: str, today: date) -> Iterator[Read]:
    """Read each course, programme and instance that belongs to no course of the file.

    Raises UserError where the file as a whole cannot be read; a script of a page that cannot is
    refused, and the others are read.
    """
    if _JSON.match(data):
        context = Context(UNSAID_LANGUAGE)
        reader = _Reader(today)
        yield from reader.read(JsonStream(data, name, key="@graph"), context)
        found = reader.count
    else:
        found = yield from _read_page(decode(data, name), name, today)
    if not found:
        raise UserError(
            f"{name} has no Course, CourseInstance or EducationalOccupationalProgram of schema.org."
        )


def _read_page(page: str, name: str, today: date) -> Generator[Read, None, int]:
    """Yield what is in the scripts of a page, and return how much that was."""
    context = Context(language_of_page(page) or UNSAID_LANGUAGE)
    reader = _Reader(today)
    streams: list[JsonStream] = []
    refused = 0
    for number, (script, is_whole) in enumerate(scripts_of(page), start=1):
        stream = JsonStream(script, f"script {number}", key="@graph")
        try:
            for _ in stream:
                pass
        except UserError as error:
            refused += 1
            reason = str(error) if is_whole else "breaks off with the page"
            yield Refusal(f"script {number}", "document", reason)
        else:
            streams.append(stream)
    if not streams and not refused:
        raise UserError(f"{name} is neither JSON-LD nor a page with JSON-LD inside.")
    for stream in streams:
        reader.remember(stream, context)
    for stream in streams:
        yield from reader.read_nodes(stream, context)
    return reader.count + refused


class _Reader:
    def __init__(self, today: date) -> None:
        self.count = 0
        self._today = today
        self._index: Index = {}
        # Instances that a course of the file points to.
        self._owned: set[str] = set()

    def read(self, stream: JsonStream, context: Context) -> Iterator[Read]:
        self.remember(stream, context)
        yield from self.read_nodes(stream, context)

    def remember(self, stream: JsonStream, context: Context) -> None:
        """Go through once for what other nodes may point to, on this file's first reading."""
        for thing in walk(stream, self._context(stream, context), index={}):
            index_node(thing, self._index, apart_from=COURSES)
            if thing.types & COURSES:
                self._owned.update(thing.strings("hasCourseInstance"))

    def read_nodes(self, stream: JsonStream, context: Context) -> Iterator[Read]:
        nodes = walk(stream, self._context(stream, context), index=self._index, until=TYPES)
        for thing in nodes:
            if not thing.types & TYPES or thing.is_reference:
                continue
            if not thing.types & COURSES and thing.id in self._owned:
                continue
            self.count += 1
            yield from read_course(thing, label=f"course {self.count}", today=self._today)

    @staticmethod
    def _context(stream: JsonStream, context: Context) -> Context:
        if "@context" not in stream.others:
            # The context may also stand behind the graph.
            for _ in stream:
                if "@context" in stream.others:
                    break
        found = stream.others.get("@context")
        return context if found is None else context.extended(found)
