"""Judged cases for `opastin evaluate suggestions --judged`: what people say, and what suits them.

A file is named after a language and holds a list of cases:

    - id: fi-kangaspuut
      kind: hobby
      words: mummolta jäi kangaspuut, haluisin osata käyttää niitä
      profile: {language: fi, place: "167", goal: interest}
      grades:
        3: [kudonta-lieksa]         # just what was asked; 2 is good, 1 has to do with it
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guidance.profile import LANGUAGES, MAX_WORDS, Profile, ProfileError
from opastin.errors import UserError
from opastin.settings import ROOT

JUDGED = ROOT / "tests" / "judged"
# The sample's dates count from the day of loading: for all cases it is loaded on this one.
JUDGED_ON = date(2026, 11, 22)
GRADES = (1, 2, 3)
KINDS = (
    "basic_skills",
    "broad",
    "degree",
    "digital",
    "hobby",
    "language",
    "profession",
    "skill",
)
_KEYS = frozenset({"id", "kind", "words", "profile", "grades"})


@dataclass(frozen=True)
class JudgedCase:
    """What a person says, what else is known about them, and options by grade."""

    id: str
    language: str
    kind: str
    words: str
    profile: Profile
    # What is not in it has the grade 0.
    grades: Mapping[str, int]


def read_judged(folder: Path = JUDGED) -> list[JudgedCase]:
    """Return the cases of all languages; UserError names the case that is wrong."""
    cases = [case for language in LANGUAGES for case in _read(folder, language)]
    for what in ("id", "words"):
        counted = Counter(getattr(case, what) for case in cases)
        repeated = [value for value, count in counted.items() if count > 1]
        if repeated:
            raise UserError(f"{folder}: more than one case has the {what} {repeated[0]!r}.")
    return cases


def _read(folder: Path, language: str) -> Iterator[JudgedCase]:
    path = folder / f"{language}.yml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}.") from error
    except (ValueError, yaml.YAMLError) as error:
        raise UserError(f"{path.name} is not YAML in UTF-8: {error}.") from error
    if not isinstance(content, list) or not content:
        raise UserError(f"{path.name}: expected a list of cases.")
    for number, values in enumerate(content, start=1):
        name = values.get("id", number) if isinstance(values, dict) else number
        try:
            yield _as_case(values, language)
        except (ProfileError, ValueError) as error:
            raise UserError(f"{path.name}, case {name}: {error}") from error


def _as_case(values: object, language: str) -> JudgedCase:
    if not isinstance(values, dict) or set(values) != _KEYS:
        raise ValueError(f"expected {', '.join(sorted(_KEYS))} and nothing else.")
    words = values["words"]
    if not isinstance(words, str) or not 0 < len(words.strip()) <= MAX_WORDS:
        raise ValueError(f"`words` must be 1 to {MAX_WORDS} characters of text.")
    if values["kind"] not in KINDS:
        raise ValueError(f"`kind` must be one of {', '.join(KINDS)}.")
    profile = Profile.from_dict(values["profile"])
    if profile.language != language or profile.interest is not None:
        raise ValueError(f"the profile must have the language {language} and no interest.")
    return JudgedCase(
        id=str(values["id"]),
        language=language,
        kind=values["kind"],
        words=words.strip(),
        profile=profile,
        grades=_grades(values["grades"]),
    )


def _grades(values: Any) -> dict[str, int]:
    if not isinstance(values, dict) or not set(values) <= set(GRADES) or not values.get(3):
        raise ValueError("`grades` must name options of grade 3, and of 2 and 1 where there are.")
    graded: dict[str, int] = {}
    for grade, options in values.items():
        if not isinstance(options, list) or not all(isinstance(name, str) for name in options):
            raise ValueError(f"the options of grade {grade} must be a list of ids.")
        for name in options:
            if name in graded:
                raise ValueError(f"{name} is graded twice.")
            graded[name] = grade
    return graded
