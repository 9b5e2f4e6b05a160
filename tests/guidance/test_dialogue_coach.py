"""Back from a coach: nothing is forgotten, and nothing old is waited for."""

from __future__ import annotations

from guidance.dialogue_moves import Say
from tests.guidance.conversation import Conversation


def back(talk: Conversation, **facts: object) -> list[str]:
    return talk.hear("inform", choice="back", **facts)


def test_the_open_question_comes_back_and_the_offer_is_no_longer_open() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    talk.hear("ask_human")
    assert back(talk) == ["utter_back", "utter_resume_place"]
    assert talk.memory.expecting is None
    assert talk.known() == {"field": "0923"}


def test_what_was_told_to_the_coach_is_taken_up() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    talk.hear("ask_human")
    said = back(talk, place="743")
    assert said[:2] == ["utter_back", "utter_understood"]
    assert talk.known() == {"field": "0923", "place": "743"}


def test_after_a_crisis_studies_stay_out_of_it() -> None:
    talk = Conversation(field="0923")
    talk.hear("crisis")
    assert back(talk) == ["utter_back", "utter_crisis_stay"]


def test_with_nothing_open_there_are_ways_on() -> None:
    talk = Conversation(field="0923", place="743", schedule=["evening"])
    talk.hear("show_options")
    assert back(talk) == ["utter_back"]
    assert "/show_options" in talk.payloads


def test_the_word_typed_is_no_signal() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    assert "utter_back" not in talk.hear("inform", choice="back", text="back")


def test_why_a_person_is_offered_goes_with_the_offer() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    talk.hear("crisis")
    customs = [move.custom for move in talk.moves if isinstance(move, Say) and move.custom]
    assert customs == [{"kind": "handoff", "state": "offered", "why": "crisis"}]
    talk = Conversation()
    for _ in range(2):
        talk.hear("nlu_fallback")
    customs = [move.custom for move in talk.moves if isinstance(move, Say) and move.custom]
    assert customs == [{"kind": "handoff", "state": "offered", "why": "failures"}]
