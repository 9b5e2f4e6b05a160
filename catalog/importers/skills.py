"""Find the names of skills: in lists of their own, and among what one learns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalog.importers.documents import Texts
from catalog.importers.plain_text import clean_line

POINT = "- "
# What is longer is a sentence about several.
LONGEST_SKILL = 100
MOST_SKILLS = 50


def skills_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of skills as the catalogue keeps them: in one line, each once."""
    cleaned = (clean_line(name).replace(";", ",").rstrip(" .,") for name in names)
    kept = (name for name in cleaned if 0 < len(name) <= LONGEST_SKILL)
    return tuple(dict.fromkeys(kept))[:MOST_SKILLS]


def listed_skills(outcomes: Texts) -> dict[str, tuple[str, ...]]:
    """Return, by language, the short points of the lists that tell what one learns."""
    points = {
        language: (line[len(POINT) :] for line in text.splitlines() if line.startswith(POINT))
        for language, text in outcomes.items()
    }
    return known_skills({language: skills_of(found) for language, found in points.items()})


def known_skills(skills: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return skills without the languages that have none."""
    return {language: names for language, names in skills.items() if names}
