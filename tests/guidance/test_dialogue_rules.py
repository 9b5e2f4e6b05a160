"""Questions about rules, and the one thing that is asked because of a rule."""

from __future__ import annotations

from typing import Any

import pytest

from tests.guidance.conversation import Conversation

ASKED = ["rule unemployment_benefit", "utter_ask_age_group"]


def unemployed(**facts: Any) -> Conversation:
    return Conversation(situation="unemployed", field="0923", place="743", **facts)


def asked_for_age(**facts: Any) -> Conversation:
    talk = unemployed(**facts)
    talk.hear("show_options")
    assert talk.hear("faq_unemployment_benefit") == ASKED
    return talk


def test_age_is_asked_once_where_the_rule_turns_on_it() -> None:
    talk = asked_for_age()
    assert talk.asked == "age_group"
    assert talk.payloads[0] == '/inform{"age_group": "under_25"}'
    talk.hear("inform", no_preference="age_group")
    assert talk.hear("faq_unemployment_benefit") == ["rule unemployment_benefit"]


@pytest.mark.parametrize(
    ("age", "line"),
    [("under_25", "under_25"), ("25_29", "from_25_to_29"), ("30_plus", "from_30")],
)
def test_an_age_told_gets_the_line_that_fits_and_no_new_options(age: str, line: str) -> None:
    said = asked_for_age().hear("inform", age_group=age)
    assert said == ["utter_understood", f"utter_faq_unemployment_benefit_{line}"]


@pytest.mark.parametrize(
    "facts", [{}, {"situation": "employed"}, {"situation": "unemployed", "age_group": "30_plus"}]
)
def test_age_is_not_asked_where_it_would_change_nothing(facts: dict[str, str]) -> None:
    said = Conversation(field="0923", **facts).hear("faq_unemployment_benefit")
    assert said[0] == "rule unemployment_benefit"
    assert "utter_ask_age_group" not in said


@pytest.mark.parametrize("topic", ["guidance_services", "study_grant", "cost"])
def test_age_is_not_asked_for_other_rules(topic: str) -> None:
    talk = unemployed()
    talk.hear("show_options")
    assert talk.hear(f"faq_{topic}") == [f"rule {topic}"]


def test_age_is_not_asked_in_aland_where_the_rule_does_not_hold() -> None:
    talk = Conversation(situation="unemployed", field="0923", place="478")
    talk.hear("show_options")
    assert talk.hear("faq_unemployment_benefit") == ["rule unemployment_benefit"]


@pytest.mark.parametrize(
    "turn",
    [
        {"intent": "inform", "no_preference": "age_group"},
        {"intent": "out_of_scope", "no_preference": "asked"},
        {"intent": "deny"},
        {"intent": "unsure"},
    ],
)
def test_nobody_has_to_tell_their_age(turn: dict[str, str]) -> None:
    talk = asked_for_age()
    intent = turn.pop("intent")
    assert talk.hear(intent, **turn) == ["utter_rule_age_unsaid"]
    assert talk.memory.pending is None


def test_why_age_is_asked_is_told() -> None:
    assert asked_for_age().hear("explain_choice") == ["utter_explain_age_group"]


def test_the_question_that_was_open_comes_back_after_the_age() -> None:
    talk = Conversation(situation="unemployed", field="0923")
    talk.hear("start_guidance")
    assert talk.hear("faq_unemployment_benefit") == ASKED
    said = talk.hear("inform", age_group="30_plus")
    assert said[1:] == ["utter_faq_unemployment_benefit_from_30", "utter_resume_place"]


def test_other_facts_told_with_the_age_change_the_options() -> None:
    said = asked_for_age().hear("inform", age_group="30_plus", schedule=["evening"])
    assert said == ["utter_understood", "utter_faq_unemployment_benefit_from_30", "options"]


def test_another_question_is_answered_before_the_age_comes_up_again() -> None:
    said = asked_for_age().hear("faq_cost")
    assert said == ["rule cost", "utter_resume_age_group"]


def test_without_a_day_nothing_is_asked_because_of_a_rule() -> None:
    talk = unemployed()
    talk.hear("show_options")
    assert talk.hear("faq_unemployment_benefit", today=None) == ["rule unemployment_benefit"]


def test_a_contact_that_is_awaited_is_asked_for_instead() -> None:
    talk = unemployed()
    talk.hear("request_callback")
    said = talk.hear("faq_unemployment_benefit")
    assert said == ["rule unemployment_benefit", "utter_callback_ask_again"]


def test_to_take_an_age_back_keeps_the_options_shown() -> None:
    talk = asked_for_age()
    talk.hear("inform", age_group="under_25")
    shown = talk.memory.shown
    said = talk.hear("go_back")
    assert said[0] == "utter_go_back_done"
    assert (talk.asked, talk.memory.shown, talk.memory.searched) == ("age_group", shown, True)
    assert "age_group" not in talk.known()
    said = talk.hear("inform", age_group="30_plus")
    assert said == ["utter_understood", "utter_faq_unemployment_benefit_from_30"]
    assert talk.memory.shown == shown
