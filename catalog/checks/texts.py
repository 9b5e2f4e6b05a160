"""Dead text: nothing said, something that holds the place, HTML, one text for all languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.checks.finding import Finding
from catalog.checks.records import Record

COLUMNS = ("title", "description", "outcomes", "requirements", "criteria")
# Shorter texts may well be the same: a name, "5 op".
SHORTEST_COMPARED = 40
SHORTEST_TITLE_WORDS = 2
LONGEST_SHOWN = 60

_HOLDS_A_PLACE = re.compile(
    r"lorem ipsum|dolor sit amet|\bxxx+\b|\bplaceholder\b"
    r"|\b(?:kuvaus|tiedot|teksti) (?:tulossa|puuttuu)\b"
    r"|\b(?:tulossa|täydennetään|päivitetään) (?:pian|myöhemmin)\b"
    r"|\b(?:beskrivning(?:en)?|text(?:en)?) saknas\b"
    r"|\b(?:kommer|uppdateras) senare\b"
    r"|\bto be (?:announced|added|updated|confirmed)\b|\bcoming soon\b",
)
# Where none of these stands, there is no need to look closer: the pattern above is slow.
_TELLTALES = (
    *("lorem", "dolor", "xxx", "placeholder", "coming", "to be", "tulossa", "puuttuu"),
    *("myöhemmin", "pian", "saknas", "senare"),
)
# These hold a place only where nothing else is said.
_STAND_INS = frozenset(
    {"todo", "tbd", "tba", "tbc", "test", "testi", "x", "n/a", "na", "none", "null", "nan"}
    | {"kuvaus", "otsikko", "tulossa", "päivitetään", "täydennetään", "ei kuvausta", "puuttuu"}
    | {"beskrivning", "rubrik", "kommer", "saknas", "ingen beskrivning", "uppdateras"}
    | {"description", "title", "missing", "no description", "untitled"}
)
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|table|tr|td|th|img|font|script|style)"
    r"(?:\s[^<>]{0,500})?/?>"
    r"|&(?:nbsp|amp|lt|gt|quot|apos|[aou]uml|aring|[mn]dash|#\d{2,6}|#x[0-9a-f]{2,6});",
    re.IGNORECASE,
)


def check_texts(record: Record) -> Iterator[Finding]:
    """Yield the texts that tell a reader nothing, or not in the reader's language."""
    for language, row in sorted(record.texts.items()):
        for column in COLUMNS:
            text = getattr(row, column)
            if text is not None:
                yield from _dead(text, f"{column}_{language}")
    for column in COLUMNS:
        yield from _same(record, column)


def _dead(text: str, field: str) -> Iterator[Finding]:
    folded = text.casefold().strip(" \n\t.:!-–…()[]")
    if not any(map(str.isalnum, text)):
        yield Finding("empty_text", field, f"{_shown(text)} has no word in it")
    elif folded in _STAND_INS:
        yield Finding("placeholder", field, f"{_shown(text)} holds the place of a text")
    elif any(word in folded for word in _TELLTALES):
        held = _HOLDS_A_PLACE.search(folded)
        if held is not None:
            yield Finding("placeholder", field, f"{_shown(held[0])} holds the place of a text")
    markup = _MARKUP.search(text) if "<" in text or "&" in text else None
    if markup is not None:
        yield Finding("markup", field, f"{_shown(markup[0])} is HTML")


def _same(record: Record, column: str) -> Iterator[Finding]:
    texts = [getattr(row, column) for row in record.texts.values()]
    told = [" ".join(text.casefold().split()) for text in texts if text]
    if len(told) < 2 or len(set(told)) > 1:
        return
    languages = ", ".join(sorted(record.texts))
    if column == "title":
        if len(told[0].split()) >= SHORTEST_TITLE_WORDS:
            yield Finding("same_title", column, f"is the same in {languages}")
    elif len(told[0]) >= SHORTEST_COMPARED:
        yield Finding("same_text", column, f"is the same in {languages}")


def _shown(text: str) -> str:
    return repr(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")
