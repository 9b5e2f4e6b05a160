"""The check of career-planning skills: answered, passed over, left, taken up, and its result."""

from __future__ import annotations

import pytest

from guidance.career_skills import CareerState, load_career_skills
from guidance.dialogue_moves import Say, ShowCareerSkills, payload
from tests.guidance.conversation import Conversation

AREAS = load_career_skills().areas
RESULT = repr(ShowCareerSkills())
SECOND = f"utter_ask_career_{AREAS[1]}"


def press(talk: Conversation, choice: str) -> list[str]:
    return talk.hear("map_competence", choice=choice)


def check(**facts: object) -> Conversation:
    """Return a conversation in which the first question of the check is open."""
    talk = Conversation(**facts)
    press(talk, "career")
    return talk


def state(talk: Conversation) -> CareerState:
    return CareerState.of(talk.memory)


@pytest.mark.parametrize("intent", ["map_competence", "ask_help", "out_of_scope", "nlu_fallback"])
def test_typed_words_begin_the_check(intent: str) -> None:
    talk = Conversation()
    said = talk.hear(intent, text="urasuunnittelutaidot", choice="career")
    assert said == ["utter_career_begin", f"utter_ask_career_{AREAS[0]}"]
    assert talk.memory.activity == "career"


def test_each_question_has_four_answers_and_a_way_to_skip() -> None:
    meanings = ("1", "2", "3", "4", "skip")
    assert check().payloads == [payload("map_competence", choice=f"career:{m}") for m in meanings]


def test_six_answers_bring_the_result_and_the_conversation_goes_on() -> None:
    talk = check()
    for value in (3, 1, 4, 2, 2):
        press(talk, f"career:{value}")
    assert press(talk, "career:3") == [RESULT, "utter_ask_goal"]
    assert list(state(talk).answers.values()) == [3, 1, 4, 2, 2, 3]
    assert talk.memory.activity is None


def test_after_options_the_result_offers_to_go_back_to_them() -> None:
    talk = Conversation(interest="puutarha", place="743", schedule=["evening"])
    talk.hear("show_options")
    press(talk, "career")
    talk.hear("inform", text="2")
    assert talk.hear("stop", text="riittää") == [RESULT, "utter_mapping_next"]
    assert "/show_options" in talk.payloads


@pytest.mark.parametrize(
    ("intent", "text", "value"),
    [
        ("inform", "aika hyvin", 3),
        ("nlu_fallback", "ei yhtään", 1),
        ("stop", "ei yhtään", 1),
        ("crisis", "en ollenkaan", 1),
        ("complain", "huonosti", 1),
        ("out_of_scope", "ei huonosti", 3),
        ("deny", "ei huonosti", 3),
        ("affirm", "ok", 3),
        ("greet", "hyvin", 4),
        ("affirm", "joo", 3),
        ("deny", "en", 1),
        ("map_competence", "osaan aika hyvin", 3),
        ("ask_details", "2", 2),
    ],
)
def test_typed_answers_count(intent: str, text: str, value: int) -> None:
    talk = check()
    assert talk.hear(intent, text=text) == [SECOND]
    assert state(talk).answers == {AREAS[0]: value}


def test_a_crisis_is_heard_during_the_check() -> None:
    talk = check()
    assert talk.hear("crisis", text="en jaksa enää yhtään")[0] == "utter_crisis"
    assert state(talk).answers == {}


def test_a_number_that_answers_is_no_wish() -> None:
    talk = check(weekly_hours=10)
    talk.hear("inform", text="2", weekly_hours=2)
    assert talk.known()["weekly_hours"] == 10
    assert state(talk).answers == {AREAS[0]: 2}


@pytest.mark.parametrize(
    ("intent", "text"), [("unsure", "en tiedä"), ("inform", "ohita"), ("deny", "en osaa sanoa")]
)
def test_a_question_can_be_passed_over_in_words(intent: str, text: str) -> None:
    talk = check()
    assert talk.hear(intent, text=text) == [SECOND]
    assert state(talk).skipped == (AREAS[0],)


def test_what_is_not_understood_is_asked_once_more_and_then_passed_over() -> None:
    talk = check()
    assert talk.hear("nlu_fallback", text="hmm banaani") == ["utter_career_unclear"]
    assert len(talk.payloads) == 5
    assert talk.hear("nlu_fallback", text="banaani") == ["utter_mapping_skipped", SECOND]


def test_a_fact_in_between_is_kept_and_the_question_asked_again() -> None:
    talk = check()
    said = talk.hear("inform", text="asun Seinäjoella", place="743")
    assert said == ["utter_understood", f"utter_ask_career_{AREAS[0]}_again"]
    assert talk.known()["place"] == "743"


def test_why_and_back_and_repeat_belong_to_the_check() -> None:
    talk = check()
    first = f"utter_ask_career_{AREAS[0]}"
    again = f"{first}_again"
    assert talk.hear("explain_choice", text="miksi kysyt") == ["utter_explain_career", again]
    assert talk.hear("repeat", text="mitä") == [first]
    press(talk, "career:4")
    assert talk.hear("go_back", text="takaisin") == ["utter_go_back_done", again]
    assert state(talk).answers == {}


def test_a_question_in_between_is_answered_and_the_check_offered_again() -> None:
    talk = check()
    said = talk.hear("faq_cost", text="mitä opinnot maksavat?")
    assert said == ["rule cost", "utter_resume_career"]
    assert press(talk, "continue_career") == [f"utter_ask_career_{AREAS[0]}_again"]


def test_the_check_can_be_left_and_taken_up_where_it_was() -> None:
    talk = check()
    press(talk, "career:2")
    assert talk.hear("stop", choice="leave")[0] == "utter_activity_left"
    assert talk.memory.activity is None
    assert press(talk, "career") == ["utter_mapping_taken_up", f"{SECOND}_again"]


def test_a_late_answer_to_a_check_that_was_left_counts() -> None:
    talk = check()
    press(talk, "career:2")
    talk.hear("stop", choice="leave")
    assert press(talk, "career:3") == [f"utter_ask_career_{AREAS[2]}"]
    assert state(talk).answers == {AREAS[0]: 2, AREAS[1]: 3}


def test_a_word_of_the_scale_in_another_wish_is_no_answer() -> None:
    talk = check(interest="puutarha", place="743")
    assert "options" in talk.hear("show_options", text="näytä hyvin maksettuja")
    assert state(talk).answers == {}


def test_mapping_and_the_check_can_follow_each_other() -> None:
    talk = Conversation()
    talk.hear("map_competence", text="mitä osaan")
    talk.hear("ask_help", text="urasuunnittelutaidot", choice="career")
    assert talk.memory.activity == "career"
    assert talk.hear("map_competence", text="mitä osaan")[0] == "utter_mapping_taken_up"
    assert talk.memory.activity == "mapping"


def test_another_wish_leaves_the_check() -> None:
    talk = check(interest="puutarha", place="743")
    assert "options" in talk.hear("show_options", text="näytä kursseja")
    assert talk.memory.activity is None


def test_without_any_answer_nothing_is_told_or_kept() -> None:
    talk = check()
    said = talk.hear("stop", text="riittää")
    assert said == ["utter_career_empty", "utter_ask_goal"]
    assert "career" not in talk.memory.progress


def test_a_finished_check_is_shown_again_and_can_be_done_anew() -> None:
    talk = check()
    press(talk, "career:2")
    talk.hear("inform", text="riittää")
    assert press(talk, "career") == [RESULT, "utter_career_done"]
    assert press(talk, "career_again")[0] == "utter_career_begin"
    assert state(talk).answers == {}


def test_help_offers_the_check_until_it_is_done() -> None:
    talk = Conversation()
    talk.hear("ask_help", text="mitä osaat")
    assert _offers(talk)
    press(talk, "career")
    press(talk, "career:2")
    talk.hear("inform", text="riittää")
    talk.hear("ask_help", text="mitä osaat")
    assert not _offers(talk)


def _offers(talk: Conversation) -> bool:
    said = [move for move in talk.moves if isinstance(move, Say) and move.name == "utter_help"]
    return any('"career"' in choice.payload for choice in said[0].choices)
