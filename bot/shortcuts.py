"""Shorter ways to what Rasa 3.6.21 does slowly, for a process that serves.

Each does exactly what Rasa's own does, which tests hold it to:

- A model's domain is read in a tenth of a second instead of ten. Rasa reads it with a parser in
  Python, four times over, and checks it against a schema that it met when it was trained.
- The class of a stored event is looked up instead of searched for, of which a turn needs hundreds.
- An action's answer is checked without checking first, each time, that the schema is a schema; one
  that only sets slots without the schema, which tries twenty kinds of events for each.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads what Rasa has written: YAML 1.2, where only these are not texts."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for kind, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"-?[0-9]+", "-0123456789"),
    ("float", r"-?[0-9]+(\.[0-9]*)?(e[-+]?[0-9]+)?", "-0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{kind}", re.compile(f"(?:{pattern})$"), list(first)
    )


def take_shortcuts() -> None:
    """Let Rasa use them all in this process, for good."""
    Domain.from_path = staticmethod(read_domain)
    Event.resolve_by_type = staticmethod(event_class)
    RemoteAction._validate_action_result = staticmethod(check_action_result)


def read_domain(path: Any) -> Domain:
    """Return the domain in a folder or file of a model."""
    file = Path(path)
    file = file / "domain.yml" if file.is_dir() else file
    with file.open(encoding="utf-8") as content:
        return Domain.from_dict(yaml.load(content, Loader=_Loader))  # noqa: S506 - a safe one


# Taken when this module is imported, so before `take_shortcuts` can replace it.
event_class = lru_cache(maxsize=None)(Event.resolve_by_type)


def check_action_result(result: Any) -> bool:
    """Return True, or raise jsonschema's error about an answer that is none."""
    if _only_sets_slots(result):
        return True
    for error in _validator().iter_errors(result):
        raise error
    return True


def _only_sets_slots(result: Any) -> bool:
    if not isinstance(result, dict) or not result.keys() <= {"events", "responses"}:
        return False
    events, responses = result.get("events"), result.get("responses")
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(isinstance(response, dict) for response in responses)
        and all(map(_is_slot, events))
    )


def _is_slot(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and event.keys() == {"event", "timestamp", "name", "value"}
        and event["event"] == "slot"
        and event["timestamp"] is None
        and isinstance(event["name"], str)
    )


@lru_cache(maxsize=1)
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
