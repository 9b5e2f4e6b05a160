"""Answers, corrections, taking back, not knowing."""

from __future__ import annotations

import pytest

from tests.guidance.conversation import NURSE, Conversation


def talk_with_options(**facts: object) -> Conversation:
    talk = Conversation(**facts)
    talk.hear("show_options")
    return talk


def test_a_correction_replaces_the_place_and_suggests_again() -> None:
    talk = talk_with_options(field="0923", place="743")
    assert talk.hear("correct", place="905") == ["utter_understood", "options"]
    assert talk.known()["place"] == "905"


def test_a_correction_before_options_goes_on_with_the_question() -> None:
    talk = Conversation()
    talk.hear("inform", field="0923", place="743")
    assert talk.hear("correct", place="905") == ["utter_understood", "utter_resume_schedule"]


def test_a_new_single_place_replaces_several() -> None:
    talk = Conversation(field="0923", place="743", places=["743", "905"])
    talk.hear("correct", place="091")
    assert talk.profile.all_places == ("091",)


def test_a_place_said_no_to_is_dropped_and_asked_for() -> None:
    talk = Conversation(field="0923", place="091")
    assert talk.hear("correct", refused={"place": ["091"]}) == ["utter_ask_place"]
    assert "place" not in talk.known()


def test_a_correction_without_a_value_asks_what_was_wrong() -> None:
    assert Conversation(field="0923").hear("correct") == ["utter_correct_which"]
    assert Conversation().hear("correct") == ["utter_correct_open"]


def test_competence_adds_up_and_only_what_is_new_is_named() -> None:
    talk = Conversation(competence=[NURSE])
    cook = {"words": "kokki", "kind": "occupation", "field": "1013", "code": None}
    talk.hear("inform", competence=[NURSE, cook])
    assert [item["words"] for item in talk.known()["competence"]] == ["lähihoitaja", "kokki"]
    assert talk.moves[0].about == {"competence": [cook]}


def test_words_about_the_old_field_go_with_it() -> None:
    talk = Conversation(field="0923", interest="haluan auttaa ihmisiä")
    talk.hear("correct", field="061")
    assert "interest" not in talk.known()


def test_who_does_not_know_gets_directions_then_what_they_can_do_then_examples() -> None:
    talk = Conversation()
    assert talk.hear("unsure") == ["utter_unsure_first"]
    first = talk.payloads
    assert talk.hear("unsure") == ["utter_unsure_again"]
    assert not set(first[:3]) & set(talk.payloads[:3])
    assert "/ask_human" in talk.payloads
    again = talk.payloads
    assert talk.hear("unsure") == ["utter_unsure_third"]
    assert "/map_competence" in talk.payloads
    assert not {*first[:3], *again[:3]} & set(talk.payloads[:3])
    assert talk.memory.activity is None
    assert talk.hear("unsure") == ["utter_unsure_options", "utter_ask_place"]


def test_what_one_can_do_is_gone_through_only_with_a_yes() -> None:
    talk = Conversation()
    for _ in range(2):
        talk.hear("unsure")
    assert talk.hear("affirm", text="joo")[0] != "utter_mapping_begin"
    talk.hear("unsure")
    assert talk.hear("affirm", text="joo")[0] == "utter_mapping_begin"


@pytest.mark.parametrize("text", ["no sano sä", "säg du", "you tell me", "Kerro sinä"])
@pytest.mark.parametrize("intent", ["chitchat", "nlu_fallback", "inform"])
def test_who_leaves_the_choice_to_the_bot_gets_three_directions(intent: str, text: str) -> None:
    talk = Conversation()
    talk.hear("start_guidance")
    assert talk.hear(intent, text=text) == ["utter_unsure_first"]
    assert sum("field" in payload for payload in talk.payloads) == 3


def test_a_field_said_no_to_is_left_aloud_and_another_asked_for() -> None:
    talk = talk_with_options(field="0111")
    said = talk.hear("faq_digital_help", text="en halua opettaa", refused={"field": ["01"]})
    assert said[0] == "utter_field_dropped"
    assert talk.moves[0].about == {"field": "0111"}
    assert talk.asked == "field"
    assert talk.hear("inform", budget_eur=200)[-1] != "options"


def test_having_no_idea_as_a_goal_is_not_knowing() -> None:
    assert Conversation().hear("inform", goal="unsure") == ["utter_unsure_first"]


def test_a_no_to_options_asks_what_did_not_fit() -> None:
    assert talk_with_options(field="0923").hear("deny") == ["utter_options_rejected"]


def test_any_price_takes_the_limit_away() -> None:
    talk = talk_with_options(field="0923", budget_eur=100)
    said = talk.hear("inform", no_preference="budget_eur")
    assert said == ["utter_no_preference", "options"]
    assert "budget_eur" not in talk.known()


def test_going_back_undoes_the_last_answer_and_asks_again() -> None:
    talk = Conversation()
    talk.hear("inform", field="0923")
    talk.hear("inform", place="743")
    assert talk.hear("go_back") == ["utter_go_back_done", "utter_resume_place"]
    assert "place" not in talk.known()
    assert talk.hear("inform", place="905")[-1] == "utter_resume_schedule"


def test_going_back_from_the_options_undoes_a_refinement() -> None:
    talk = talk_with_options(field="0923", place="743")
    talk.hear("refine_options", refine="free")
    assert talk.hear("go_back") == ["utter_go_back_done", "options"]
    assert "budget_eur" not in talk.known()


def test_there_is_nothing_to_go_back_to_at_first() -> None:
    assert Conversation().hear("go_back")[0] == "utter_go_back_nowhere"


def test_not_minding_settles_what_was_asked() -> None:
    talk = Conversation(field="0923", place="743")
    talk.hear("start_guidance")
    assert talk.hear("inform", no_preference="asked") == ["utter_left_open", "options"]
    assert "schedule" in talk.memory.settled


def test_facts_beside_not_minding_are_kept() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    said = talk.hear("inform", schedule=["evening"], no_preference="asked")
    assert said[:2] == ["utter_understood", "utter_left_open"]
    assert talk.known()["schedule"] == ["evening"]


@pytest.mark.parametrize("intent", ["inform", "stop", "chitchat", "nlu_fallback", "repeat"])
def test_not_saying_is_heard_whatever_it_was_taken_for(intent: str) -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    assert talk.hear(intent, no_preference="asked")[0] == "utter_left_open"


def test_not_minding_what_one_studies_gets_directions() -> None:
    talk = Conversation()
    talk.hear("start_guidance")
    assert talk.hear("inform", no_preference="asked") == ["utter_left_open", "utter_ask_field"]
    assert talk.hear("inform", no_preference="asked") == ["utter_unsure_first"]


def test_what_one_has_done_is_an_answer_for_who_did_not_know() -> None:
    talk = Conversation()
    talk.hear("unsure")
    assert talk.hear("inform", competence=[NURSE]) == ["utter_understood", "utter_ask_place"]


def test_a_place_said_after_online_stands_for_it() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    talk.hear("inform", online_ok=True)
    talk.hear("inform", place="905")
    assert talk.known()["online_only"] is False
    assert talk.known()["place"] == "905"


def test_where_one_lives_leaves_an_older_wish_for_online_alone() -> None:
    talk = Conversation(field="0923", online_only=True)
    talk.hear("inform", place="905")
    assert talk.known()["online_only"] is True


@pytest.mark.parametrize("intent", ["deny", "unsure"])
def test_a_no_that_may_be_none_gets_the_question_in_other_words(intent: str) -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    assert talk.hear(intent, confidence=0.5) == ["utter_ask_place_again"]
    assert talk.hear(intent, confidence=0.5)[0] == "utter_left_open"


def test_an_answer_counts_whatever_it_was_taken_for() -> None:
    talk = Conversation(field="0923", place="743")
    talk.hear("start_guidance")
    assert talk.asked == "schedule"
    assert talk.hear("out_of_scope", schedule=["daytime"])[0] == "utter_understood"
    assert talk.known()["schedule"] == ["daytime"]


@pytest.mark.parametrize("intent", ["thank", "faq_study_grant", "ask_human"])
def test_what_a_courtesy_or_a_question_is_about_is_no_wish(intent: str) -> None:
    talk = Conversation()
    talk.hear(intent, interest="näitä rauhassa")
    assert "interest" not in talk.known()
    talk.hear(intent, interest="hoitoala", field="0913")
    assert talk.known()["field"] == "0913"


def test_what_is_out_of_scope_is_no_wish() -> None:
    talk = Conversation()
    talk.hear("out_of_scope", interest="rekkakuskiks", field="1041")
    assert talk.known() == {}


@pytest.mark.parametrize("intent", ["go_back", "inform", "refine_options"])
def test_a_limit_taken_back_by_its_name_is_forgotten(intent: str) -> None:
    talk = Conversation(field="0923", place="743", budget_eur=100)
    talk.hear("show_options")
    said = talk.hear(intent, text="forget my budget", no_preference="budget_eur")
    assert said == ["utter_no_preference", "options"]
    assert "budget_eur" not in talk.known()
