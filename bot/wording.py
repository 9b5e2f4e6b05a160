"""Fill the bot's responses in without mistaking the JSON of a button's payload for a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Wording(TemplatedNaturalLanguageGenerator):
    """Rasa's generator of responses with a filling of its own.

    Rasa's takes every brace for a field: for a button with a payload it logs an error with a
    traceback at each utterance, and fills none of that payload's fields.
    """

    def __init__(
        self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None
    ) -> None:
        """Begin with the responses of `domain`; the agent gives those of its model later."""
        super().__init__(domain.responses if domain else {})

    def _fill_response(
        self,
        response: dict[str, Any],
        filled_slots: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        values = {**(filled_slots or {}), **kwargs}
        return {key: _fill(part, values) for key, part in response.items()}


def _fill(part: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(part, str):
        return FIELD.sub(lambda field: _value(field, values), part)
    if isinstance(part, dict):
        return {key: _fill(item, values) for key, item in part.items()}
    if isinstance(part, list):
        return [_fill(item, values) for item in part]
    return part


def _value(field: re.Match[str], values: Mapping[str, Any]) -> str:
    value = values.get(field[1])
    return field[0] if value is None else str(value)
