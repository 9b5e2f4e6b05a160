"""What speaks for an intent besides the words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.nlu.evidence import gather_evidence


def _entity(name: str, start: int = 0, end: int = 0) -> dict[str, Any]:
    return {"entity": name, "value": "x", "start": start, "end": end}


def _gather(text: str, *entities: dict[str, Any], asked: str | None = None) -> dict[str, float]:
    return gather_evidence(text, asked=asked, entities=entities)


def test_a_message_that_is_all_facts_informs_more_than_one_with_a_fact() -> None:
    bare = _gather("Seinäjoki", _entity("place", 0, 9))
    passing = _gather("mitä Seinäjoki maksaa minulle", _entity("place", 5, 14))

    assert bare["inform"] > passing["inform"] > 0


def test_nothing_found_speaks_against_informing() -> None:
    assert _gather("mitä ihmettä")["inform"] < 0


def test_an_answer_to_the_question_informs() -> None:
    asked = _gather("kakkonen", _entity("ordinal", 0, 8), asked="goal")
    unasked = _gather("kakkonen", _entity("ordinal", 0, 8))

    assert asked["inform"] > 0
    assert asked["ask_details"] < 0
    assert unasked["ask_details"] > unasked["inform"]


def test_two_options_pointed_at_are_compared() -> None:
    found = _gather("1 vai 3", _entity("ordinal", 0, 1), _entity("ordinal", 6, 7))

    assert found["compare_options"] > found["ask_details"]


@pytest.mark.parametrize(
    ("entity", "intent"),
    [
        ("language_wish", "change_language"),
        ("plain_language", "use_plain_language"),
        ("refine", "refine_options"),
    ],
)
def test_what_steers_the_talk_speaks_for_its_intent(entity: str, intent: str) -> None:
    assert _gather("jotain", _entity(entity))[intent] > 0


def test_a_language_to_study_in_is_no_wish_for_another_language() -> None:
    assert _gather("ruotsiksi", _entity("teaching_languages", 0, 9))["change_language"] < 0


def test_a_yes_or_no_question_makes_yes_and_no_likelier() -> None:
    found = _gather("joo", asked="confirm_erase")

    assert found["affirm"] == found["deny"] > 0


def test_a_wrong_offset_does_no_harm() -> None:
    assert _gather("", _entity("place", 5, 90))["inform"] > 0


def test_shorter_turns_the_list_unless_it_answers_the_question() -> None:
    besides = _gather("kortare", _entity("refine", 0, 7), asked="goal")
    answering = _gather("billigare", _entity("refine", 0, 9), asked="budget_eur")

    assert besides.get("refine_options", 0.0) == 0.0
    assert answering["refine_options"] < 0
