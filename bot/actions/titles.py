"""Titles in their base form: who writes "lähihoitajana" is a "lähihoitaja"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_TITLES = frozenset({"occupation", "qualification"})
_BACK = re.compile(r".*[aou][^aouäöy]*")
# In Finnish: "hoitajana", "hoitajalle", "myyjiä".
_AGENT = re.compile(r"(.+j[aä])(?:na|nä|ll[aä]|lle|lt[aä]|ksi|ks|n|a|ä|t)")
_AGENTS = re.compile(r"(.+j)(?:i[aä]|in[aä]|ien|iksi|oit[aä]|öit[aä]|oin[aä]|öin[aä])")
_MAN = re.compile(r"(.*mie)he(?:nä|llä|lle|ltä|ksi|n)")
_PERSON = re.compile(r"(.+i)se(?:na|nä|ll[aä]|lle|lt[aä]|ksi|n)")
_GUIDE = re.compile(r"(.*)oppaa(?:na|lla|lle|lta|ksi|n)")
_LONG = re.compile(r"(.+[^aä])(aa|ää)n[aä]")
_ESSIVE = re.compile(r"(?!koto)(.+[aäioöuy])n[aä]")
_CASE = re.compile(r"(.+[aäioö])(?:ll[aä]|lle|lt[aä]|ksi|n)")
# What a title ends in when such an ending is taken off; of places ("sahalla") it is kept.
_NAMES = re.compile(
    r".*(?:(?<!kontto)(?<!to)ri|omi|ogi|isti|ikko|ikkö|kokki|kuski|kassa|seppä|emäntä|isäntä|tutkinto"
    r"|entti|ultti|eutti|kätilö|poliisi)"
)
# The last letters of a title before such an ending, and in its base form.
_STRONG = {
    "koki": "kokki",
    "sepä": "seppä",
    "ännä": "äntä",
    "niko": "nikko",
    "likö": "likkö",
    "enti": "entti",
    "ulti": "ultti",
    "euti": "eutti",
    "tutkinno": "tutkinto",
}
_SWEDISH = re.compile(r"(.+(?:are|ska|ös|ist|ör|nom|olog)|.*kock)(?:e?n|e?ns|s)")
_ENGLISH = re.compile(r"(.{2,}(?:er|or|ist|ian)|.*(?:nurse|assistant|chef|cook|clerk))s")


def base_form(words: str, kind: str | None, language: str) -> str:
    """Return a title as a dictionary has it; skills and what is no clear title as typed."""
    *others, last = words.split() or [""]
    base = _BASES[language](last) if kind in _TITLES else None
    if base is None:
        return words
    # "Henkilökohtaisena avustajana" has two words in the same form.
    others = [_finnish_person(word) or word for word in others] if language == "fi" else others
    return " ".join((*others, base))


def _finnish(word: str) -> str | None:
    """Return the base form of a Finnish title, None when the word is none or has it already."""
    if match := _AGENT.fullmatch(word):
        return match[1]
    if match := _AGENTS.fullmatch(word):
        return match[1] + ("a" if _BACK.fullmatch(match[1]) else "ä")
    if match := _MAN.fullmatch(word):
        return f"{match[1]}s"
    if match := _GUIDE.fullmatch(word):
        return f"{match[1]}opas"
    if match := _LONG.fullmatch(word):
        return f"{match[1]}{match[2][0]}s"
    return _finnish_person(word) or _finnish_other(word)


def _finnish_person(word: str) -> str | None:
    """Return "sairaala-apulainen" for "sairaala-apulaisena"."""
    match = _PERSON.fullmatch(word)
    return None if match is None else f"{match[1]}nen"


def _finnish_other(word: str) -> str | None:
    if match := _ESSIVE.fullmatch(word):
        return match[1]
    match = _CASE.fullmatch(word)
    if match is None:
        return None
    base = match[1]
    for weak, strong in _STRONG.items():
        if base.endswith(weak):
            base = base.removesuffix(weak) + strong
            break
    return base if _NAMES.fullmatch(base) else None


def _swedish(word: str) -> str | None:
    match = _SWEDISH.fullmatch(word)
    return None if match is None else match[1]


def _english(word: str) -> str | None:
    match = _ENGLISH.fullmatch(word)
    return None if match is None else match[1]


_BASES: Mapping[str, Callable[[str], str | None]] = {
    "fi": _finnish,
    "sv": _swedish,
    "en": _english,
}
