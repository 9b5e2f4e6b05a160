"""Find the JSON-LD inside a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A parser of pages takes quadratic time over hostile ones; this goes through the text once.
_START = re.compile(r"<!--|<script\b([^<>]{0,2000})>", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json""", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"""<html\b[^<>]{0,2000}?\blang\s*=\s*["']?([A-Za-z-]{2,20})""", re.IGNORECASE
)
HEAD_CHARACTERS = 20_000


def scripts_of(page: str) -> Iterator[tuple[str, bool]]:
    """Yield the text of each JSON-LD script, and whether its end is there."""
    position = 0
    while start := _START.search(page, position):
        if start[0] == "<!--":
            end = page.find("-->", start.end())
            if end < 0:
                return
            position = end + 3
            continue
        close = _END.search(page, start.end())
        position = close.start() if close else len(page)
        if _TYPE.search(start[1]):
            yield page[start.end() : position], close is not None


def language_of_page(page: str) -> str | None:
    """Return the language that the page says it is in."""
    found = _LANGUAGE.search(page[:HEAD_CHARACTERS])
    return found[1] if found else None
