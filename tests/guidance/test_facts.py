"""Entities become facts."""

from __future__ import annotations

from typing import Any

import pytest

from guidance.facts import facts_from_entities, refusals_from_entities


def found(*pairs: tuple[str, object]) -> list[dict[str, Any]]:
    return [{"entity": name, "value": value} for name, value in pairs]


@pytest.mark.parametrize(
    ("entities", "facts"),
    [
        (found(("place", "743")), {"place": "743"}),
        (found(("place", "743"), ("place", "905")), {"place": "743", "places": ["743", "905"]}),
        (found(("place", "743"), ("place", "743")), {"place": "743"}),
        (found(("place", "any")), {"place": "any"}),
        (found(("field", "0923"), ("field", "091")), {"field": "0923"}),
        (
            found(("schedule", "evening"), ("schedule", "weekend"), ("schedule", "evening")),
            {"schedule": ["evening", "weekend"]},
        ),
        (found(("schedule", ["evening", "weekend"])), {"schedule": ["evening", "weekend"]}),
        (found(("budget_eur", 0)), {"budget_eur": 0}),
        (found(("online_only", True)), {"online_only": True, "online_ok": True}),
        (found(("language_wish", "sv")), {"language": "sv"}),
        (found(("language", "sv")), {}),
        (found(("refine", "cheaper"), ("ordinal", 2), ("contact", "[phone]")), {}),
        (found(("not_place", "091")), {}),
    ],
)
def test_each_mention_fills_its_slot(
    entities: list[dict[str, Any]], facts: dict[str, object]
) -> None:
    assert facts_from_entities(entities) == facts


@pytest.mark.parametrize(
    ("slot", "value"),
    [("place", "atlantis"), ("budget_eur", "paljon"), ("schedule", "aina"), ("goal", None)],
)
def test_values_that_the_profile_refuses_are_left_out(slot: str, value: object) -> None:
    assert facts_from_entities(found((slot, value))) == {}


def test_what_a_person_said_no_to_is_kept_apart() -> None:
    entities = found(("not_place", "091"), ("place", "905"), ("not_colour", "red"))
    assert refusals_from_entities(entities) == {"place": ["091"]}
