"""Read how many credits a study option gives, wherever a provider has written it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from catalog.importers.konfo import Node

CREDITS_UNIT = "2"
MOST_CREDITS = 400
# A number further on in a text is more often that of something else.
BEGINNING_CHARACTERS = 120

_UNIT = r"(?:op|opintopiste\w*|sp|studiepoäng|ECTS(?:[ -](?:credits?|cr))?|cr|credits?)"
_MENTION = re.compile(
    rf"(\d+(?:[.,]\d+)?)(?:\s?[-\u2013\u2014]\s?(\d+(?:[.,]\d+)?))?\s?{_UNIT}\b", re.IGNORECASE
)
_IN_BRACKETS = re.compile(rf"\(\s*{_MENTION.pattern}\s*\)", re.IGNORECASE)

Range = tuple[float | None, float | None]
UNKNOWN: Range = (None, None)


def read_credits(node: Node, titles: Mapping[str, str], descriptions: Mapping[str, str]) -> Range:
    """Return the credits and, where they are a range, its lower end; None when unknown."""
    if node.code("opintojenLaajuusyksikko") not in (None, CREDITS_UNIT):
        return UNKNOWN
    number = _plain(node.number("opintojenLaajuusNumero"))
    if number is not None:
        return number, None
    least = _plain(node.number("opintojenLaajuusNumeroMin"))
    most = _plain(node.number("opintojenLaajuusNumeroMax"))
    if least is not None or most is not None:
        return _range(least if most is None else most, least)
    code = node.code("opintojenLaajuus")
    if code is not None and code.isascii() and code.isdigit():
        return _plain(float(code)), None
    return _from_words(titles, descriptions)


def _plain(number: float | None) -> float | None:
    """Return the number of credits; 180120 means 180 + 120, and 0 says nothing."""
    if number is None or number <= 0:
        return None
    if number <= MOST_CREDITS:
        return float(number)
    digits = str(int(number))
    parts = (int(digits[:3]), int(digits[3:]))
    return float(sum(parts)) if len(digits) in (5, 6) and max(parts) <= MOST_CREDITS else None


def _range(most: float | None, least: float | None) -> Range:
    if most is None or least is None or least >= most:
        return most, None
    return most, least


def _from_words(titles: Mapping[str, str], descriptions: Mapping[str, str]) -> Range:
    in_titles = _only_one(_MENTION, titles.values())
    if in_titles != UNKNOWN:
        return in_titles
    beginnings = (text.split("\n", 1)[0][:BEGINNING_CHARACTERS] for text in descriptions.values())
    return _only_one(_IN_BRACKETS, beginnings)


def _only_one(pattern: re.Pattern[str], texts: Iterable[str]) -> Range:
    """Return what all texts agree on; nothing when they name several numbers."""
    found = {
        _range(_plain(_number(match[2] or match[1])), _plain(_number(match[1])))
        for text in texts
        for match in pattern.finditer(text)
    }
    return found.pop() if len(found) == 1 else UNKNOWN


def _number(text: str) -> float:
    return float(text.replace(",", "."))
