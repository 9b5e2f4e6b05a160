"""A person, a call-back, a crisis, erasing, starting over."""

from __future__ import annotations

import pytest

from guidance.dialogue_moves import Say
from tests.guidance.conversation import Conversation

TRUCKS = {"words": "trukkikuski", "kind": "occupation", "field": "1041", "code": None}


@pytest.fixture
def talk() -> Conversation:
    conversation = Conversation(field="0923")
    conversation.hear("start_guidance")
    return conversation


def customs(talk: Conversation) -> list[object]:
    return [move.custom for move in talk.moves if isinstance(move, Say) and move.custom]


def test_a_person_is_offered_with_a_call_back(talk: Conversation) -> None:
    assert talk.hear("ask_human") == ["utter_handoff_offered"]
    assert customs(talk) == [{"kind": "handoff", "state": "offered"}]
    assert "/request_callback" in talk.payloads


def test_a_call_back_is_stored_when_the_contact_comes_and_the_question_returns(
    talk: Conversation,
) -> None:
    assert talk.hear("request_callback") == ["utter_callback_ask"]
    assert talk.asked == "contact"
    assert talk.hear("inform", has_contact=True) == ["utter_callback_stored", "utter_resume_place"]
    assert customs(talk) == [{"kind": "handoff", "state": "callback"}]


def test_a_contact_that_comes_with_the_wish_is_taken(talk: Conversation) -> None:
    assert talk.hear("request_callback", has_contact=True)[0] == "utter_callback_stored"


def test_without_a_contact_it_is_asked_for_once_more_and_then_let_go(talk: Conversation) -> None:
    talk.hear("request_callback")
    assert talk.hear("inform") == ["utter_callback_ask_again"]
    assert talk.hear("nlu_fallback")[0] == "utter_callback_let_go"
    assert talk.memory.expecting is None


@pytest.mark.parametrize("intent", ["deny", "stop", "go_back", "correct"])
def test_a_change_of_mind_ends_the_call_back(talk: Conversation, intent: str) -> None:
    talk.hear("request_callback")
    assert talk.hear(intent) == ["utter_callback_cancelled", "utter_resume_place"]


def test_when_to_call_is_no_wish_about_studies(talk: Conversation) -> None:
    talk.hear("request_callback")
    talk.hear("inform", has_contact=True, schedule=["daytime"])
    assert talk.known() == {"field": "0923"}


def test_a_question_in_between_does_not_lose_the_call_back(talk: Conversation) -> None:
    talk.hear("request_callback")
    assert talk.hear("faq_cost") == ["rule cost", "utter_callback_ask_again"]
    assert talk.hear("inform", has_contact=True)[0] == "utter_callback_stored"


def test_asking_for_options_instead_leaves_the_call_back(talk: Conversation) -> None:
    talk.hear("request_callback")
    assert talk.hear("show_options") == ["options"]
    assert talk.memory.expecting is None


def test_a_contact_that_nobody_asked_for_is_not_stored(talk: Conversation) -> None:
    assert talk.hear("inform", has_contact=True) == ["utter_contact_unasked"]
    assert customs(talk) == []
    assert talk.hear("affirm") == ["utter_callback_ask"]


def test_a_crisis_gets_help_at_once_and_no_course_talk(talk: Conversation) -> None:
    assert talk.hear("crisis", field="0913") == ["utter_crisis", "utter_crisis_person"]
    assert talk.known()["field"] == "0923"
    assert talk.hear("thank") == ["utter_crisis_stay"]
    assert talk.hear("unsure") == ["utter_crisis_stay_again"]


def test_nothing_matters_any_more_is_a_crisis_and_not_an_answer(talk: Conversation) -> None:
    assert talk.hear("crisis", no_preference="asked")[0] == "utter_crisis"


def test_a_crisis_is_heard_even_while_a_contact_is_awaited(talk: Conversation) -> None:
    talk.hear("request_callback")
    assert talk.hear("crisis") == ["utter_crisis", "utter_crisis_person"]


def test_a_call_back_after_a_crisis_is_not_followed_by_course_talk(talk: Conversation) -> None:
    talk.hear("crisis")
    assert talk.hear("affirm") == ["utter_callback_ask"]
    stored = talk.hear("inform", has_contact=True)
    assert stored == ["utter_callback_stored", "utter_crisis_stay"]


def test_a_field_named_brings_studies_up_again(talk: Conversation) -> None:
    talk.hear("crisis")
    assert talk.hear("thank", field="0821")[0] == "utter_understood"
    assert not talk.memory.hushed


def test_who_tells_what_to_study_no_longer_waits_for_a_call() -> None:
    talk = Conversation()
    talk.hear("request_callback")
    assert talk.hear("inform", field="1015", place="698")[0] == "utter_understood"
    assert talk.memory.expecting is None


def test_studies_come_back_after_a_crisis_when_the_person_brings_them_up(
    talk: Conversation,
) -> None:
    talk.hear("crisis")
    assert talk.hear("start_guidance") == ["utter_resume_place"]


@pytest.mark.parametrize("yes", ["affirm", "delete_my_data"])
def test_everything_is_erased_after_one_confirmation(talk: Conversation, yes: str) -> None:
    assert talk.hear("delete_my_data") == ["utter_erase_confirm"]
    assert talk.asked == "confirm_erase"
    assert talk.hear(yes) == ["utter_erase_done"]
    assert customs(talk) == [{"kind": "erased"}]
    assert talk.known() == {}


@pytest.mark.parametrize(("intent", "first"), [("deny", "utter_erase_kept"), ("faq_cost", None)])
def test_nothing_is_erased_without_a_yes(
    talk: Conversation, intent: str, first: str | None
) -> None:
    talk.hear("delete_my_data")
    said = talk.hear(intent)
    assert first is None or said[0] == first
    assert talk.known() == {"field": "0923"}


def test_starting_over_forgets_all_but_the_language(talk: Conversation) -> None:
    talk.profile = talk.profile.with_facts({"language": "sv"})
    assert talk.hear("start_over") == ["utter_start_over_confirm"]
    assert talk.hear("affirm") == ["utter_start_over_done", "utter_ask_goal"]
    assert talk.known() == {}
    assert talk.profile.language == "sv"


def test_starting_over_with_nothing_said_asks_no_confirmation() -> None:
    assert Conversation().hear("start_over") == ["utter_start_over_done", "utter_ask_goal"]


def test_two_people_at_one_screen_are_helped_in_turn() -> None:
    talk = Conversation()
    said = talk.hear("inform", text="meitä on kaksi", choice="two_people", field="0913")
    assert said == ["utter_understood", "utter_two_people", "utter_ask_place"]
    talk.hear("inform", place="743", situation="unemployed", teaching_languages=["sv"])
    said = talk.hear("inform", text="nyt mies", choice="next_person", field="0715")
    assert said == ["utter_next_person", "utter_understood", "utter_ask_place"]
    assert talk.known() == {"field": "0715"}
    assert talk.hear("inform", text="taas mun", choice="next_person")[0] == "utter_next_person"
    assert talk.known() == {}


def test_a_turn_that_nobody_agreed_on_is_asked_about_and_brings_nothing_to_the_first() -> None:
    talk = Conversation(field="0913", situation="unemployed")
    said = talk.hear("inform", text="nyt mies, hitsausta", choice="next_person", field="0715")
    assert said == ["utter_start_over_confirm"]
    assert talk.known()["field"] == "0913"
    assert talk.hear("inform", text="hitsausta", field="0715")[0] == "utter_next_person"
    assert talk.known() == {"field": "0715"}


def test_who_goes_on_for_oneself_after_all_keeps_what_was_told() -> None:
    talk = Conversation(field="0913")
    talk.hear("nlu_fallback", text="nyt mies", choice="next_person")
    assert talk.hear("deny")[0] == "utter_start_over_kept"
    assert talk.known() == {"field": "0913"}
    assert talk.hear("inform", place="743")[0] == "utter_understood"
    assert talk.known() == {"field": "0913", "place": "743"}


@pytest.mark.parametrize("intent", ["crisis", "delete_my_data"])
def test_a_number_in_something_graver_is_no_contact(talk: Conversation, intent: str) -> None:
    talk.hear("request_callback")
    said = talk.hear(intent, has_contact=True)
    assert "utter_callback_stored" not in said
    assert said[0] in ("utter_crisis", "utter_erase_confirm")


def test_a_number_not_to_be_called_is_not_stored(talk: Conversation) -> None:
    talk.hear("request_callback")
    assert talk.hear("deny", has_contact=True)[0] == "utter_callback_cancelled"


@pytest.mark.parametrize("intent", ["inform", "greet", "ask_help", "go_back", "explain_choice"])
def test_after_a_crisis_only_studies_bring_studies_up(talk: Conversation, intent: str) -> None:
    talk.hear("crisis")
    assert talk.hear(intent, situation="unemployed") == ["utter_crisis_stay"]
    assert talk.hear(intent) == ["utter_crisis_stay_again"]


@pytest.mark.parametrize("intent", ["repeat", "change_language"])
def test_the_numbers_are_said_again(talk: Conversation, intent: str) -> None:
    talk.hear("crisis")
    facts = {"language": "en"} if intent == "change_language" else {}
    assert "utter_crisis_again" in talk.hear(intent, **facts)


def test_a_crisis_ends_what_is_under_way() -> None:
    talk = Conversation()
    talk.hear("map_competence")
    talk.hear("crisis")
    assert talk.hear("inform", text="olen ihan yksin, en jaksa enää") == ["utter_crisis_stay"]
    assert talk.memory.activity is None


def test_who_takes_back_a_call_after_a_crisis_is_not_left_alone(talk: Conversation) -> None:
    talk.hear("crisis")
    talk.hear("request_callback")
    assert talk.hear("deny") == ["utter_callback_cancelled", "utter_crisis_stay"]


@pytest.mark.parametrize("between", ["ask_privacy", "faq_cost", "repeat"])
def test_a_confirmation_survives_a_question_in_between(talk: Conversation, between: str) -> None:
    talk.hear("delete_my_data")
    assert talk.hear(between)[-1] == "utter_erase_confirm"
    assert talk.hear("affirm") == ["utter_erase_done"]


def test_another_wish_lets_a_confirmation_go(talk: Conversation) -> None:
    talk.hear("delete_my_data")
    talk.hear("inform", place="091")
    assert "utter_erase_done" not in talk.hear("affirm")


WEARY = {"text": "olen niin väsynyt kaikkeen", "choice": "weary"}


@pytest.mark.parametrize("intent", ["chitchat", "crisis", "inform", "nlu_fallback", "stop"])
def test_one_worn_out_by_everything_is_asked_how_they_are(talk: Conversation, intent: str) -> None:
    assert talk.hear(intent, **WEARY) == ["utter_weary"]
    assert talk.payloads == ["/request_callback", "/start_guidance"]
    assert talk.hear("chitchat", text="huonosti") == ["utter_crisis_stay"]


def test_what_may_be_no_crisis_is_no_alarm(talk: Conversation) -> None:
    assert talk.hear("crisis", text="tylsää", confidence=0.5) == ["utter_weary"]
    assert talk.hear("inform", schedule=["evening"], place="091")[0] == "utter_understood"


def test_a_likely_crisis_is_an_alarm(talk: Conversation) -> None:
    assert talk.hear("crisis", text="en jaksa elää", confidence=0.7)[0] == "utter_crisis"


def test_a_crisis_is_told_who_helps_however_the_person_is_asked(talk: Conversation) -> None:
    talk.hear("chitchat", **WEARY)
    assert talk.hear("crisis", text="en jaksa", confidence=0.5)[0] == "utter_crisis"


def test_one_worn_out_is_heard_while_a_contact_is_awaited(talk: Conversation) -> None:
    talk.hear("request_callback")
    assert talk.hear("inform", **WEARY) == ["utter_weary"]
    assert talk.memory.expecting is None


def test_one_in_distress_does_not_hear_the_same_words_again_and_again(talk: Conversation) -> None:
    talk.hear("crisis")
    said = [talk.hear("chitchat", text="niin")[0] for _ in range(4)]
    assert len(set(said[:3])) == 3
    assert said[3] == said[0]
    assert talk.hear("crisis")[0] == "utter_crisis_again"


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("deny", "ei mulla mitään hätää oo"),
        ("crisis", "no ei mulla ole mitään hätää"),
        ("chitchat", "oon ihan kunnossa, jatketaan"),
        ("deny", "nej, det är ingen fara"),
        ("out_of_scope", "jag mår bra"),
        ("crisis", "i'm not in danger"),
        ("inform", "I am fine, thanks"),
    ],
)
def test_who_says_that_there_is_no_distress_is_believed(
    talk: Conversation, intent: str, text: str
) -> None:
    talk.hear("crisis")
    assert talk.hear(intent, text=text) == ["utter_crisis_over", "utter_resume_place"]
    assert not talk.memory.hushed


@pytest.mark.parametrize(
    "text",
    [
        "mulla on hyvin huono olo",
        "en ole kunnossa",
        "jag mår inte bra",
        "i'm not fine",
        "ei mitään hätää, haluan vain kuolla",
        "en usko",
    ],
)
def test_other_words_do_not_end_a_crisis(talk: Conversation, text: str) -> None:
    talk.hear("crisis")
    assert talk.hear("crisis", text=text)[0] == "utter_crisis_again"
    assert talk.memory.hushed
    if "hätää" not in text:
        assert talk.hear("chitchat", text=text) == ["utter_crisis_stay"]


@pytest.mark.parametrize("facts", [{"competence": [TRUCKS]}, {"schedule": ["evening"]}])
def test_who_tells_of_work_or_times_goes_on(talk: Conversation, facts: dict[str, object]) -> None:
    talk.hear("inform", **WEARY)
    assert talk.hear("inform", text="trukkikuski olin", **facts)[0] == "utter_understood"
    assert not talk.memory.hushed


def test_who_thinks_little_of_oneself_hears_a_kind_word_and_goes_on(talk: Conversation) -> None:
    said = talk.hear("chitchat", text="musta ei oo mihinkään", choice="self_doubt")
    assert said == ["utter_doubt", "utter_resume_place"]
    assert not talk.memory.hushed
