from __future__ import annotations

from typing import Any

import pytest

from guidance.demand import unmet_demand
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import ShowOptions
from guidance.dialogue_options import tell
from guidance.profile import Profile
from tests.guidance.conversation import option


def found(count: int, step: str | None = None) -> dict[str, Any]:
    fallback = None if step is None else {"step": step, "text": "Ei läheltä."}
    options = [option(number) for number in range(count)]
    return {"options": options, "total": count, "fallback": fallback, "notices": []}


def profile(**facts: Any) -> Profile:
    return Profile(language="fi").with_facts(facts)


@pytest.mark.parametrize(
    ("results", "facts", "kind"),
    [
        (found(3), {}, None),
        (found(0), {}, "nothing"),
        (found(3, "online"), {}, "online_only"),
        (found(3, "region"), {}, "far"),
        (found(3, "neighbours"), {}, "far"),
        (found(3, "wider"), {}, "far"),
        (found(3, "region"), {"max_distance_km": 50}, None),
        (found(3, "wider"), {"max_distance_km": 50}, "far"),
    ],
)
def test_what_is_not_near_enough_is_unmet(results, facts, kind):
    unmet = unmet_demand(profile(place="743", **facts), results)
    assert (unmet and unmet["kind"]) == kind


def test_only_the_place_the_broad_field_the_type_and_the_mode_are_told():
    person = profile(
        place="743",
        places=["743", "905"],
        field="0923",
        goal="degree",
        online_ok=False,
        interest="haluan sosionomiksi",
        education="vocational",
    )
    assert unmet_demand(person, found(0)) == {
        "place": "743",
        "field": "09",
        "type": "open_university_path",
        "mode": "in_person",
        "kind": "nothing",
    }


def test_what_is_not_known_is_none():
    assert unmet_demand(profile(place="any", online_only=True), found(0)) == {
        "place": None,
        "field": None,
        "type": None,
        "mode": "online",
        "kind": "nothing",
    }


@pytest.mark.parametrize(
    ("results", "offset", "is_told"),
    [
        (found(0), 0, True),
        (found(2, "wider"), 0, True),
        (found(2, "wider"), 5, False),
        (found(2), 0, False),
    ],
)
def test_a_search_tells_of_it_beside_its_first_page(results, offset, is_told):
    say = tell(profile(place="743"), Memory(), ShowOptions(offset), results)
    assert ("demand" in (say.custom or {})) is is_told
