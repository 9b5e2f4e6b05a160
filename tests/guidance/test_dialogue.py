"""Conversations with the deciding function, by situation."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from guidance.dialogue import decide
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Turn
from guidance.profile import Profile
from tests.guidance.conversation import NURSE, Conversation

DOMAIN = yaml.safe_load((Path(__file__).parents[2] / "domain.yml").read_text(encoding="utf-8"))


def test_who_says_it_all_at_once_gets_options_at_the_second_turn() -> None:
    talk = Conversation()
    first = talk.hear("inform", competence=[NURSE], place="232", field="0923", situation="employed")
    assert first == ["utter_understood", "utter_ask_schedule"]
    assert talk.hear("inform", schedule=["evening"]) == ["utter_understood", "options"]


def test_who_leaves_nothing_open_gets_options_at_once() -> None:
    talk = Conversation()
    said = talk.hear("inform", competence=[NURSE], place="232", field="0923", schedule=["own_pace"])
    assert said == ["utter_understood", "options"]


def test_who_answers_what_is_asked_gets_options_within_six_turns() -> None:
    talk = Conversation()
    said = [
        talk.hear("greet"),
        talk.hear("inform", goal="new_career"),
        talk.hear("inform", field="061"),
        talk.hear("inform", place="743"),
        talk.hear("inform", schedule=["evening"]),
        talk.hear("inform", competence=[NURSE]),
    ]
    assert [turn[-1] for turn in said] == [
        "utter_ask_goal",
        "utter_ask_field",
        "utter_ask_place",
        "utter_ask_schedule",
        "utter_ask_competence",
        "options",
    ]


def test_what_is_said_ahead_is_not_asked() -> None:
    talk = Conversation()
    talk.hear("inform", place="743", schedule=["weekend"])
    assert talk.asked == "goal"
    talk.hear("inform", field="091")
    assert talk.asked == "competence"
    assert talk.hear("inform", education="vocational")[-1] == "options"


def test_a_fact_beside_the_question_is_taken_and_the_question_put_otherwise() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    assert talk.hear("inform", schedule=["evening"]) == ["utter_understood", "utter_resume_place"]
    assert talk.known()["schedule"] == ["evening"]


def test_a_question_in_between_is_answered_and_the_open_one_comes_back() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    assert talk.hear("faq_cost") == ["rule cost", "utter_resume_place"]
    assert talk.asked == "place"
    assert talk.hear("faq_credits") == ["rule credits", "utter_resume_anytime"]
    assert talk.asked == "place"


def test_the_way_back_is_never_told_twice_in_a_row_in_the_same_words() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    talk.hear("faq_cost")
    said = [talk.hear("faq_credits")[-1] for _ in range(3)]
    assert said == ["utter_resume_anytime", "utter_resume_anytime_again", "utter_resume_anytime"]


def test_a_fact_in_a_question_is_kept_and_not_asked_for() -> None:
    talk = Conversation()
    said = talk.hear("faq_cost", field="0923")
    assert said == ["utter_understood", "rule cost", "utter_ask_place"]


def test_a_question_after_the_options_leaves_them_alone() -> None:
    talk = Conversation(field="0923", place="743")
    talk.hear("show_options")
    assert talk.hear("faq_cost") == ["rule cost"]


@pytest.mark.parametrize("slot", ["goal", "field", "place", "schedule", "competence"])
def test_no_question_is_put_twice_in_the_same_words(slot: str) -> None:
    known = {"goal": "new_career", "field": "0923", "place": "743", "schedule": ["evening"]}
    order = ["goal", "field", "place", "schedule", "competence"]
    earlier = {name: order[1 if number > 1 else 0 : number] for number, name in enumerate(order)}
    talk = Conversation(**{name: known[name] for name in earlier[slot]})
    said = talk.hear("start_guidance")
    for _ in range(3):
        said += talk.hear("inform")
    asked = [name for name in said if name.startswith(("utter_ask_", "utter_resume_"))]
    assert len(asked) == len(set(asked))
    assert asked[:2] == [f"utter_ask_{slot}", f"utter_ask_{slot}_again"]
    assert slot in talk.memory.settled
    assert all(name.split("_")[2] in order[order.index(slot) :] for name in asked)


@pytest.mark.parametrize("intent", ["unsure", "deny"])
@pytest.mark.parametrize("slot", ["place", "schedule", "competence"])
def test_who_does_not_want_to_say_is_not_asked_again(intent: str, slot: str) -> None:
    talk = Conversation(field="0923")
    talk.memory = Memory(pending=slot, asked=(slot,), said=(f"utter_ask_{slot}",))
    assert talk.hear(intent)[0] == "utter_left_open"
    assert slot in talk.memory.settled
    assert talk.asked != slot


def test_online_in_answer_to_where_is_an_answer() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    talk.hear("inform", online_ok=True)
    assert talk.known()["online_only"] is True
    assert talk.asked == "schedule"


def test_first_meanings_then_a_person_when_nothing_is_understood() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    meanings = ("nlu_fallback", "inform", "faq_cost", "ask_human", "stop")
    assert talk.hear("nlu_fallback", meanings=meanings) == ["utter_unclear_meanings"]
    assert talk.payloads == ["/faq_cost", "/ask_human"]
    assert talk.asked == "place"
    assert talk.hear("nlu_fallback", meanings=meanings) == ["utter_unclear_person"]
    assert "/request_callback" in talk.payloads


def test_an_unclear_why_is_taken_for_why_it_is_asked() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    meanings = ("nlu_fallback", "ask_help", "explain_choice")
    for intent in ("nlu_fallback", "ask_help"):
        said = talk.hear(intent, meanings=meanings, confidence=0.4)
        assert said == ["utter_explain_place"]


def test_an_understood_message_ends_a_run_of_failures() -> None:
    talk = Conversation()
    for _ in range(3):
        said = talk.hear("nlu_fallback", meanings=("faq_cost",))
        talk.hear("faq_cost")
        assert said == ["utter_unclear_meanings"]


def test_facts_in_an_unclear_message_are_used() -> None:
    talk = Conversation()
    assert talk.hear("nlu_fallback", field="0923")[0] == "utter_understood"


def test_without_anything_to_take_home_there_is_a_way_on() -> None:
    talk = Conversation()
    assert talk.hear("take_home") == ["utter_take_home_nothing"]
    assert talk.payloads == ["/start_guidance", "/ask_human"]


def test_what_was_found_can_be_taken_home_by_the_gateway() -> None:
    talk = Conversation(competence=[NURSE], place="232", field="0923", schedule=["own_pace"])
    talk.hear("show_options")
    assert talk.hear("take_home") == ["utter_take_home"]
    assert talk.payloads == ["/make_plan", "/ask_human"]
    assert talk.moves[-1].custom == {"kind": "take_home"}


def test_mapping_competence_begins_with_asking_what_one_has_done() -> None:
    talk = Conversation()
    assert talk.hear("map_competence") == ["utter_mapping_begin", "utter_ask_mapping_work"]


def test_a_change_of_language_puts_the_open_question_in_the_new_one() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    assert talk.hear("change_language", language="sv") == [
        "utter_language_changed",
        "utter_ask_place",
    ]


def test_a_wish_for_another_language_without_its_name_is_asked_about() -> None:
    assert Conversation().hear("change_language") == ["utter_language_which"]


def test_easy_language_is_confirmed_when_it_changes() -> None:
    talk = Conversation()
    assert talk.hear("use_plain_language") == ["utter_plain_which"]
    talk.profile = talk.profile.with_facts({"plain_language": True})
    assert talk.hear("use_plain_language")[0] == "utter_plain_on"
    talk.profile = talk.profile.with_facts({"plain_language": False})
    assert talk.hear("use_plain_language")[0] == "utter_plain_off"


@pytest.mark.parametrize("intent", ["abuse", "goodbye", "stop"])
def test_what_would_hurt_when_mistaken_is_asked_about(intent: str) -> None:
    said = Conversation().hear(intent, confidence=0.5, meanings=(intent, "faq_cost"))
    assert said == ["utter_unclear_meanings"]
    assert Conversation().hear(intent, confidence=0.9) != said


def test_what_was_asked_can_be_heard_again() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    assert talk.hear("repeat") == ["utter_ask_place"]


@pytest.mark.parametrize("intent", [name for name in DOMAIN["intents"] if name[:4] != "faq_"])
@pytest.mark.parametrize("start", ["new", "asked", "shown"])
def test_every_message_gets_an_answer(intent: str, start: str) -> None:
    talk = Conversation()
    if start != "new":
        talk.hear("start_guidance")
    if start == "shown":
        talk.hear("show_options", field="0923")
    assert talk.hear(intent)


def test_deciding_changes_nothing_that_it_was_given() -> None:
    profile, memory = Profile(language="sv"), Memory()
    decision = decide(profile, memory, Turn("inform", facts={"place": "743"}))
    assert (profile, memory) == (Profile(language="sv"), Memory())
    assert decision.profile.place == "743"
