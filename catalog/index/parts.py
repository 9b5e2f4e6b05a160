"""The parts of Finnish and Swedish compounds, as the domain's words are put together."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "data" / "word_parts.csv"

# A shorter part is only believed where the word begins or where another part has ended.
_LONG = 5
_SHORTEST_BEFORE = 3
_SHORTEST_UNKNOWN = 4
# "opinto-j-en", "skol-gångs-": what joins two parts.
_LONGEST_JOINT = 2
_SHORTEST_WORD = 4
# Forms are looked up by their first letters; a shorter one is none.
_START = 2


@lru_cache(maxsize=100_000)
def roots(word: str) -> tuple[str, ...]:
    """Return what the parts of a casefolded word are about; () where none is known.

    Parts that say nothing of the subject ("-alan", "-utbildning") cut the word and are left out.

    >>> roots("hoitoalan")
    ('hoito',)
    >>> roots("robottihitsausta")
    ('robotti', 'hitsaus')
    """
    if len(word) < _SHORTEST_WORD:
        return ()
    found: list[str] = []
    start, end = 0, 0
    while start < len(word):
        form = _form_at(word, start, end)
        if form is None:
            start += 1
            continue
        unknown = word[:start] if not end else ""
        if len(unknown) >= _SHORTEST_UNKNOWN:
            found.append(unknown)
        found += _forms()[form]
        start = end = start + len(form)
    return tuple(dict.fromkeys(found))


def _form_at(word: str, start: int, end: int) -> str | None:
    """Return the longest form that stands at `start`; an earlier part ended at `end`."""
    forms = _forms_by_start().get(word[start : start + _START])
    if forms is None:
        return None
    follows = start == 0 or (end > 0 and start - end <= _LONGEST_JOINT)
    if not follows and start < _SHORTEST_BEFORE:
        return None
    for form in forms:
        if word.startswith(form, start):
            # Where the longest is too short to be believed, all others are.
            return form if follows or len(form) >= _LONG else None
    return None


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    """Return the roots of each form; one without roots says nothing of the subject."""
    forms: dict[str, tuple[str, ...]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in row["forms"].split():
                forms[form] = forms.get(form, ()) + tuple(row["root"].split())
    return forms


@lru_cache(maxsize=1)
def _forms_by_start() -> dict[str, tuple[str, ...]]:
    """Return the forms that begin with the same letters, the longest first."""
    forms: dict[str, list[str]] = {}
    for form in sorted(_forms(), key=len, reverse=True):
        if len(form) >= _START:
            forms.setdefault(form[:_START], []).append(form)
    return {start: tuple(found) for start, found in forms.items()}
