"""The facts of a message with the fields that its words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.nlu.field_examples import NOTHING
from bot.nlu.meaning_model import Meaning

_WISHED = ("interest", "field")
_EXTRACTOR = "FieldByMeaning"
# Words for a level of schooling mean no field: "ylemmän amk:n".
_LEVEL = re.compile(
    r"ylem\w+|ylempi|alem\w+|alempi|\w*amk(?:[:-]\w+)?|tutkin\w+|högre|lägre|yh|examen|higher|degree"
    r"|(?:bachelor|master)(?:'?s)?|uas|a|an|the|en|ett"
)


def phrases_to_read(facts: Iterable[tuple[str, object]]) -> list[str]:
    """Return the wishes and the skills among `facts` for which no field was found.

    >>> phrases_to_read([("interest", "koodihommia"), ("place", "905")])
    ['koodihommia']
    """
    facts = list(facts)
    phrases: list[str] = []
    if not any(slot == "field" for slot, _ in facts):
        phrases += [
            str(value)
            for slot, value in facts
            if slot == "interest" and not _names_level(str(value))
        ]
    phrases += [
        str(value["words"])
        for slot, value in facts
        if slot == "competence" and isinstance(value, Mapping) and not value.get("field")
        if value.get("kind") == "skill"
    ]
    return list(dict.fromkeys(phrases))


def add_meant_fields(
    entities: Iterable[Mapping[str, Any]], meanings: Mapping[str, Meaning], asked: str | None
) -> list[dict[str, Any]]:
    """Return `entities` with what their words mean.

    A wish that means no field is none ("haluan sen heti"), unless the wish was just asked for.
    """
    entities = [dict(one) for one in entities]
    named = any(one["entity"] == "field" for one in entities)
    kept: list[dict[str, Any]] = []
    for entity in entities:
        slot, value = entity["entity"], entity["value"]
        if slot == "competence" and value["words"] in meanings and not value.get("field"):
            field = meanings[value["words"]].field
            kept.append({**entity, "value": {**value, "field": field}})
            continue
        meaning = meanings.get(value) if slot == "interest" and not named else None
        if meaning is not None and meaning.field is not None:
            kept.append({**entity, "entity": "field", "value": meaning.field} | _BY)
        if meaning is None or meaning.code != NOTHING or asked in _WISHED:
            kept.append(entity)
    return kept


def _names_level(words: str) -> bool:
    return all(_LEVEL.fullmatch(word) for word in words.casefold().split())


_BY = {"extractor": _EXTRACTOR}
