"""Recognise Finnish, Swedish and English in the codes and names that formats use."""

from __future__ import annotations

from collections.abc import Iterable

_LANGUAGES = {
    "fi": ("fi", "fin", "finnish", "suomi", "finska"),
    "sv": ("sv", "swe", "swedish", "ruotsi", "svenska"),
    "en": ("en", "eng", "english", "englanti", "engelska"),
}
_BY_WORD = {word: language for language, words in _LANGUAGES.items() for word in words}


def language_of(code: str) -> str | None:
    """Return fi, sv or en for a code like `fin`, `sv-FI`, `ENG` or an address that ends in one."""
    word = code.strip().rsplit("/", 1)[-1].replace("_", "-").split("-", 1)[0]
    return _BY_WORD.get(word.casefold())


def languages_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that are ours, each once."""
    return tuple(dict.fromkeys(found for found in map(language_of, codes) if found))
