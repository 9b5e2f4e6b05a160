"""The profile: what is known about a learner, checked at the edge, immutable inside."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any

from catalog.fields import is_field
from catalog.geography import load_geography
from opastin.errors import UserError

ANYWHERE = "any"
LANGUAGES = ("fi", "sv", "en")
GOALS = ("new_career", "advance", "degree", "try_field", "basic_skills", "interest", "unsure")
EDUCATION = ("none", "basic", "vocational", "general_upper", "bachelor", "master", "foreign")
SITUATIONS = (
    "employed",
    "self_employed",
    "unemployed",
    "laid_off",
    "student",
    "outside_labour_force",
    "retired",
)
SCHEDULES = ("daytime", "evening", "weekend", "own_pace")
AGE_GROUPS = ("under_25", "25_29", "30_plus")
COMPETENCE_KINDS = ("qualification", "occupation", "skill")
MAX_WORDS = 500


class ProfileError(UserError):
    """A profile has an unknown key or value; the message names it."""


@dataclass(frozen=True)
class Competence:
    """Something a learner can do, in their own words, and what was recognised in them."""

    words: str
    kind: str
    field: str | None = None
    code: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        """Return the competence ready for JSON."""
        return {"words": self.words, "kind": self.kind, "field": self.field, "code": self.code}


@dataclass(frozen=True)
class Profile:
    """What is known about a learner; None or () is "not known"."""

    language: str | None = None
    plain_language: bool | None = None
    goal: str | None = None
    interest: str | None = None
    field: str | None = None
    place: str | None = None
    places: tuple[str, ...] = ()
    max_distance_km: float | None = None
    max_months: float | None = None
    online_ok: bool | None = None
    online_only: bool | None = None
    teaching_languages: tuple[str, ...] = ()
    education: str | None = None
    competence: tuple[Competence, ...] = ()
    situation: str | None = None
    schedule: tuple[str, ...] = ()
    weekly_hours: float | None = None
    budget_eur: float | None = None
    start_by: date | None = None
    age_group: str | None = None

    @classmethod
    def from_dict(cls, values: object) -> Profile:
        """Read a profile from JSON values, or raise ProfileError naming what is wrong."""
        return cls().with_facts(_mapping(values))

    def with_facts(self, facts: Mapping[str, object]) -> Profile:
        """Return the profile with `facts`, given as JSON values, in place of what it had."""
        checked: dict[str, Any] = {}
        for key, value in facts.items():
            if key not in _CHECKS:
                raise ProfileError(f"The profile has an unknown key: {str(key)[:60]!r}.")
            checked[key] = _EMPTY[key] if value is None else _CHECKS[key](key, value)
        return replace(self, **checked)

    def to_dict(self) -> dict[str, Any]:
        """Return what is known, ready for JSON."""
        known = {item.name: getattr(self, item.name) for item in fields(self)}
        return {
            name: _as_json(value)
            for name, value in known.items()
            if value is not None and value != ()
        }

    # Asked for once for every option that is compared.
    @cached_property
    def all_places(self) -> tuple[str, ...]:
        """Return the codes of every place named, the first one first, without "any"."""
        named = dict.fromkeys(filter(None, (self.place, *self.places)))
        return tuple(code for code in named if code != ANYWHERE)


def _mapping(values: object) -> Mapping[str, object]:
    if not isinstance(values, Mapping):
        raise ProfileError("The profile is not a JSON object.")
    return values


def _refuse(key: str, value: object, expected: str) -> ProfileError:
    return ProfileError(f"The profile's {key!r} is {str(value)[:60]!r}; expected {expected}.")


def _one_of(*allowed: str) -> Callable[[str, object], str]:
    def check(key: str, value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise _refuse(key, value, "one of " + ", ".join(allowed))
        return value

    return check


def _some_of(*allowed: str) -> Callable[[str, object], tuple[str, ...]]:
    one = _one_of(*allowed)

    def check(key: str, value: object) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one(key, item) for item in _list(key, value)))

    return check


def _list(key: str, value: object) -> list[object]:
    if not isinstance(value, (list, tuple)):
        raise _refuse(key, value, "a list")
    return list(value)


def _boolean(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refuse(key, value, "true or false")
    return value


def _number(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refuse(key, value, "a number")
    # Compared first: a whole number of 400 digits is too large to ask whether it is finite.
    if not 0 <= value <= 1_000_000 or not math.isfinite(value):
        raise _refuse(key, value, "a number from 0 to 1,000,000")
    return value


def _words(key: str, value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= MAX_WORDS:
        raise _refuse(key, value, f"1 to {MAX_WORDS} characters of text")
    return value.strip()


def _field(key: str, value: object) -> str:
    if not isinstance(value, str) or not is_field(value):
        raise _refuse(key, value, "a code of the national field classification or one under it")
    return value


def _place(key: str, value: object) -> str:
    if value == ANYWHERE:
        return ANYWHERE
    if not isinstance(value, str) or load_geography().get(value) is None:
        raise _refuse(key, value, "a municipality code, a region code or 'any'")
    return value


def _places(key: str, value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_place(key, item) for item in _list(key, value)))


def _date(key: str, value: object) -> date:
    if type(value) is date:
        return value
    try:
        # Newer Pythons read more shapes than the year, the month and the day.
        if isinstance(value, str) and len(value) == len("2027-01-31") and "W" not in value:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _refuse(key, value, "a date such as 2027-01-31")


def _competence(key: str, value: object) -> tuple[Competence, ...]:
    return tuple(dict.fromkeys(_one_competence(key, item) for item in _list(key, value)))


def _one_competence(key: str, value: object) -> Competence:
    if isinstance(value, Competence):
        return value
    if not isinstance(value, Mapping) or not {"words", "kind"} <= set(value) <= _COMPETENCE_KEYS:
        raise _refuse(key, value, "objects with words, kind, field and code")
    return Competence(
        words=_words(key, value["words"]),
        kind=_one_of(*COMPETENCE_KINDS)(key, value["kind"]),
        field=None if value.get("field") is None else _field(key, value["field"]),
        code=None if value.get("code") is None else _words(key, value["code"]),
    )


def _as_json(value: object) -> object:
    if isinstance(value, tuple):
        return [item.to_dict() if isinstance(item, Competence) else item for item in value]
    return value.isoformat() if isinstance(value, date) else value


_COMPETENCE_KEYS = {"words", "kind", "field", "code"}
_EMPTY = {item.name: item.default for item in fields(Profile)}
_CHECKS: dict[str, Callable[[str, object], object]] = {
    "language": _one_of(*LANGUAGES),
    "plain_language": _boolean,
    "goal": _one_of(*GOALS),
    "interest": _words,
    "field": _field,
    "place": _place,
    "places": _places,
    "max_distance_km": _number,
    "max_months": _number,
    "online_ok": _boolean,
    "online_only": _boolean,
    "teaching_languages": _some_of(*LANGUAGES),
    "education": _one_of(*EDUCATION),
    "competence": _competence,
    "situation": _one_of(*SITUATIONS),
    "schedule": _some_of(*SCHEDULES),
    "weekly_hours": _number,
    "budget_eur": _number,
    "start_by": _date,
    "age_group": _one_of(*AGE_GROUPS),
}
