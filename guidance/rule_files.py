"""Read the rules of guidance/data/rules, and refuse what is not written as it should be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guidance.profile import AGE_GROUPS, LANGUAGES, SITUATIONS
from opastin.errors import UserError

# Each has a text `utter_rule_who_<code>` in every language.
DECIDERS = frozenset(
    {
        "aland_government",
        "ams",
        "coach",
        "education_agency",
        "employment_area",
        "employment_fund",
        "kela",
        "library",
        "provider",
        "school",
        "university",
    }
)
UNKNOWN = "unknown"
# A version for one region stands there for the one that holds everywhere else.
IN_ALAND_ONLY = "aland"
REGIONS = frozenset({IN_ALAND_ONLY})
EASY = tuple(f"{language}-easy" for language in LANGUAGES)
# What a follow-up may turn on.
_CONDITIONS = {"situation": SITUATIONS, "age_group": AGE_GROUPS}


class RuleError(UserError):
    """A rule is written wrongly; the message names the file and the key."""


@dataclass(frozen=True)
class Source:
    """Where a rule was taken from; `dated` is the source's own day or year."""

    name: Mapping[str, str]
    dated: date | int | None = None
    url: str | None = None
    # The day somebody last compared the rule with the source; None: nobody of the project has.
    read_on: date | None = None


@dataclass(frozen=True)
class FollowUp:
    """What is added to a rule for the people whose profile has these values."""

    name: str
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Rule:
    """One version of an answer, and when it may be told; None is "not known" or "open"."""

    stem: str
    topic: str
    review_by: date
    decided_by: str
    valid_from: date | None = None
    valid_to: date | None = None
    # None where the answer is advice and states no rule.
    source: Source | None = None
    not_in_aland: bool = False
    # Where alone it holds; None: everywhere that has no version of its own.
    region: str | None = None
    follow_ups: tuple[FollowUp, ...] = field(default=())

    @property
    def response(self) -> str:
        """Return the name of the response that holds the answer."""
        return f"utter_faq_{self.stem}"

    def response_to_add(self, follow_up: FollowUp) -> str:
        """Return the name of the response that holds what is added."""
        return f"{self.response}_{follow_up.name}"


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """Return the rules under `folder`, or raise RuleError naming the file and the key."""
    rules = tuple(_read_rule(path) for path in sorted(folder.glob("*.yml")))
    stems: dict[tuple[str, str | None, date | None], str] = {}
    for rule in rules:
        version = (rule.topic, rule.region, rule.valid_from)
        if version in stems:
            raise RuleError(
                f"{rule.stem}.yml: 'valid_from' is that of {stems[version]}.yml, "
                "which is about the same topic."
            )
        stems[version] = rule.stem
    return rules


def _read_rule(path: Path) -> Rule:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
        return _rule(path.stem, content)
    except RuleError as error:
        raise RuleError(f"{path.name}: {error}") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{path.name} is not YAML: {error}") from error


def _rule(stem: str, content: object) -> Rule:
    values = _mapping("the file", content, required=_REQUIRED, optional=_OPTIONAL)
    _texts("texts", values["texts"], required={*LANGUAGES, *EASY})
    rule = Rule(
        stem=stem,
        topic=_word("topic", values["topic"]),
        review_by=_date("review_by", values["review_by"]),
        decided_by=_one_of("decided_by", values["decided_by"], DECIDERS),
        valid_from=_or_none(_date, "valid_from", values["valid_from"]),
        valid_to=_or_none(_date, "valid_to", values["valid_to"]),
        source=_or_none(_source, "source", values["source"]),
        not_in_aland=_boolean("not_in_aland", values.get("not_in_aland", False)),
        region=_or_none(_region, "region", values.get("region")),
        follow_ups=_follow_ups("follow_ups", values.get("follow_ups", [])),
    )
    if rule.region == IN_ALAND_ONLY and rule.not_in_aland:
        raise RuleError("'region' and 'not_in_aland' exclude each other.")
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        raise RuleError("'valid_to' is before 'valid_from'.")
    return rule


_REQUIRED = {"topic", "valid_from", "valid_to", "review_by", "decided_by", "source", "texts"}
_OPTIONAL = {"not_in_aland", "region", "follow_ups"}


def _source(key: str, value: object) -> Source:
    values = _mapping(key, value, required={"name", "dated", "url", "read_on"})
    dated = values["dated"]
    return Source(
        name=_texts(f"{key}.name", values["name"], required=set(LANGUAGES)),
        dated=dated if type(dated) is int else _or_none(_date, f"{key}.dated", dated),
        url=_or_none(_word, f"{key}.url", values["url"]),
        read_on=_or_none(_date, f"{key}.read_on", values["read_on"]),
    )


def _follow_ups(key: str, value: object) -> tuple[FollowUp, ...]:
    if not isinstance(value, list):
        raise _refuse(key, "a list")
    return tuple(_follow_up(f"{key}.{number}", item) for number, item in enumerate(value, start=1))


def _follow_up(key: str, value: object) -> FollowUp:
    values = _mapping(key, value, required={"name", "when", "texts"})
    _texts(f"{key}.texts", values["texts"], required={*LANGUAGES, *EASY})
    when = _mapping(f"{key}.when", values["when"], optional=set(_CONDITIONS))
    return FollowUp(
        name=_word(f"{key}.name", values["name"]),
        when={slot: _condition(f"{key}.when.{slot}", slot, when[slot]) for slot in when},
    )


def _condition(key: str, slot: str, value: object) -> tuple[str, ...]:
    allowed = frozenset({*_CONDITIONS[slot], UNKNOWN})
    if not isinstance(value, list) or not value:
        raise _refuse(key, "a list of values")
    return tuple(_one_of(key, item, allowed) for item in value)


def _texts(key: str, value: object, *, required: set[str]) -> dict[str, str]:
    values = _mapping(key, value, required=required)
    return {name: _word(f"{key}.{name}", text) for name, text in values.items()}


def _mapping(
    key: str, value: object, *, required: set[str] | None = None, optional: set[str] | None = None
) -> dict[str, Any]:
    wanted = required or set()
    if not isinstance(value, dict):
        raise _refuse(key, "a mapping")
    missing = sorted(wanted - value.keys())
    unknown = sorted(map(str, value.keys() - wanted - (optional or set())))
    if missing:
        raise RuleError(f"{key} lacks {missing[0]!r}.")
    if unknown:
        raise RuleError(f"{key} has an unknown key: {unknown[0]!r}.")
    return value


def _or_none(check: Callable[[str, object], Any], key: str, value: object) -> Any:
    return None if value is None else check(key, value)


def _word(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _refuse(key, "a text")
    return value


def _one_of(key: str, value: object, allowed: frozenset[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise _refuse(key, "one of " + ", ".join(sorted(allowed)))
    return value


def _region(key: str, value: object) -> str:
    return _one_of(key, value, REGIONS)


def _boolean(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refuse(key, "true or false")
    return value


def _date(key: str, value: object) -> date:
    if type(value) is not date:
        raise _refuse(key, "a date such as 2027-01-31")
    return value


def _refuse(key: str, expected: str) -> RuleError:
    return RuleError(f"{key!r} is not {expected}.")


# Both are safe loaders: the C one is faster, and libyaml may be missing.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
