"""Tell types of study options that formats have no code for by the words of their titles."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.importers.konfo_option import TYPES_BY_WORD

MICRO_CREDENTIALS = ("pieni osaamiskokonaisuus", "micro-credential", "microcredential")
MICRO_CREDENTIALS_SV = ("mikromeriter", "liten kompetenshelhet", "små kompetenshelheter")
BADGES = ("osaamismerkki", "kompetensmärke", "open badge")

_TYPES = {
    **TYPES_BY_WORD,
    **dict.fromkeys((*MICRO_CREDENTIALS, *MICRO_CREDENTIALS_SV), "micro_credential"),
    **dict.fromkeys(BADGES, "skill_badge"),
}


def type_named_in(titles: Iterable[str], *, otherwise: str) -> str:
    """Return the type that titles name, or `otherwise`."""
    words = " ".join(titles).casefold()
    return next((type_ for word, type_ in _TYPES.items() if word in words), otherwise)
