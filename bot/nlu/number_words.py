"""Numbers put together from words: "viistoist", "kolkytviis", "thirty-one", "tvåhundrafemtio"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.nlu.reading import without_dots

_ADDED = {
    1: "yksi yks yhden yhtä yhdeksi ett en one",
    2: "kaksi kaks kahden kahta två two",
    3: "kolme kolm kolmen kolmea kol tre three",
    4: "neljä nelj neljän neljää nel fyra four",
    5: "viisi viis viiden viittä viittaa vit fem five",
    6: "kuusi kuus kuuden kuutta sex six",
    7: "seitsemän seittemän seittemä seitsemää seittemää seiska seis sju seven",
    8: "kahdeksan kaheksan kaheksa kahdeksaa kaheksaa kasi åtta eight",
    9: "yhdeksän yheksän yheksä yhdeksää yheksää ysi nio nine",
    10: "toista toist toistaa tio ten",
    11: "elva eleven",
    12: "tolv twelve",
    13: "tretton thirteen",
    14: "fjorton fourteen",
    15: "femton fifteen",
    16: "sexton sixteen",
    17: "sjutton seventeen",
    18: "arton aderton eighteen",
    19: "nitton nineteen",
    20: "tjugo tjugu twenty",
    30: "trettio thirty",
    40: "fyrtio forty fourty",
    50: "femtio fifty",
    60: "sextio sixty",
    70: "sjuttio seventy",
    80: "åttio eighty",
    90: "nittio ninety",
}
_MULTIPLIED = {
    10: "kymmentä kymment kymmenen kyt kymppiä kymppi kymppisen",
    100: "sataa sata sadan hundra hundred",
    1000: "tuhatta tuhat tuhannen tonnia tusen thousand",
}
_JOINED = "och and"
_SHORTEST = 5


def _spelled(words: str) -> set[str]:
    return {form for word in words.split() for form in (word, without_dots(word))}


_PARTS = {word: value for value, words in _ADDED.items() for word in _spelled(words)}
_FACTORS = {word: value for value, words in _MULTIPLIED.items() for word in _spelled(words)}
_LINKS = _spelled(_JOINED)
_PART = "|".join(sorted({*_PARTS, *_FACTORS, *_LINKS}, key=len, reverse=True))
_WHOLE = re.compile(rf"(?:{_PART}){{2,}}")
_EACH = re.compile(_PART)


@lru_cache(maxsize=4096)
def compound_number(word: str) -> int | None:
    """Return the number that a folded word of several parts names, or None.

    >>> compound_number("kolkytviis"), compound_number("trettiofem"), compound_number("vaasa")
    (35, 35, None)
    """
    if len(word) < _SHORTEST or _WHOLE.fullmatch(word) is None:
        return None
    parts = _EACH.findall(word)
    if "".join(parts) != word or not any(
        part in _FACTORS or _PARTS.get(part, 0) >= 10 for part in parts
    ):
        return None
    total = current = 0
    for part in parts:
        factor = _FACTORS.get(part)
        if factor is None:
            current += _PARTS.get(part, 0)
        elif factor == 1000:
            total, current = total + max(1, current) * factor, 0
        else:
            ones = current % 100 if factor == 10 else current
            current = current - ones + max(1, ones) * factor
    return total + current


def plain_number(word: str) -> int | None:
    """Return the number from ten on that a folded word names, be it of one part or several.

    >>> plain_number("fyrtio"), plain_number("tjugosex"), plain_number("fyra")
    (40, 26, None)
    """
    value = _PARTS.get(word, 0)
    return value if value >= 10 else compound_number(word)


def added(head: float, tail: float) -> float | None:
    """Return the number that two number words in a row make: "kolkyt viis", "two hundred fifty".

    >>> added(30, 5), added(3, 100), added(5, 6)
    (35, 300, None)
    """
    if head in range(20, 100, 10) and tail in range(1, 10):
        return head + tail
    if head in range(100, 1000, 100) and tail in range(1, 100):
        return head + tail
    if head in range(1000, 10_000, 1000) and tail in range(1, 1000):
        return head + tail
    if head in range(2, 20) and tail in (100, 1000):
        return head * tail
    return None
