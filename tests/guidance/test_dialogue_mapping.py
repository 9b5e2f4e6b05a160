"""Mapping competence: told in own words, confirmed or not, left and taken up, never a dead end."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from guidance.competence import strengths
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, ShowCompetence
from guidance.mapping_state import AREAS, NAME, MappingState
from opastin.texts import LANGUAGES, load_texts
from tests.guidance.conversation import NURSE, Conversation

CARE = "hoidin äitiä kotona, annoin lääkkeet"
CARE_CODES = ("medication", "caring", "elder_support", "everyday_organising")


def mapping(**facts: object) -> Conversation:
    """Return a conversation in which the mapping has asked about work."""
    talk = Conversation(**facts)
    talk.hear("map_competence", text="mitä osaan")
    return talk


def state(talk: Conversation) -> MappingState:
    return MappingState.of(talk.memory)


def confirmed(talk: Conversation) -> list[str]:
    return [item["code"] for item in state(talk).confirmed]


def press(talk: Conversation, choice: str, intent: str = "inform") -> list[str]:
    return talk.hear(intent, choice=choice)


def test_the_mapping_begins_with_work_and_says_what_comes() -> None:
    talk = Conversation()
    said = talk.hear("map_competence", text="mitä mä osaan")
    assert said == ["utter_mapping_begin", "utter_ask_mapping_work"]
    assert talk.asked == "competence"
    assert state(talk).area == "work"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plain", [False, True])
def test_no_number_of_questions_is_promised(language: str, plain: bool) -> None:
    # What was told before is not asked, so there may be fewer than the areas.
    told = load_texts().text("utter_mapping_begin", language, plain=plain).casefold()
    assert not [word for word in ("viisi", "viide", "fem ", "five", "5") if word in told]


def test_a_story_is_put_into_words_of_competence_with_buttons_to_answer() -> None:
    talk = mapping()
    assert talk.hear("inform", text=CARE) == ["utter_mapping_proposed"]
    say = talk.moves[-1]
    assert isinstance(say, Say)
    assert say.values["words"] == CARE
    assert say.texts["competences"] == tuple(
        f"utter_about_competence_{code}" for code in CARE_CODES
    )
    assert len(talk.payloads) == 4
    assert confirmed(talk) == []


def test_what_is_confirmed_is_kept_with_the_words_it_came_from() -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    said = press(talk, "mapping_all", "affirm")
    assert said == ["utter_mapping_confirmed", "utter_ask_mapping_studies"]
    assert confirmed(talk) == list(CARE_CODES)
    assert {item["words"] for item in state(talk).confirmed} == {CARE}


def test_single_ones_can_be_dropped_by_button_and_are_not_proposed_again() -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    assert press(talk, "mapping_some") == ["utter_mapping_which"]
    assert len(talk.payloads) == 5
    assert press(talk, "mapping_drop_medication", "deny") == ["utter_mapping_dropped"]
    press(talk, "mapping_keep", "affirm")
    assert confirmed(talk) == [code for code in CARE_CODES if code != "medication"]
    assert talk.hear("inform", text="annoin lääkkeet myös isälle") == ["utter_mapping_own", *NEXT]


NEXT = ["utter_ask_mapping_home"]


@pytest.mark.parametrize(
    ("language", "story", "no", "dropped"),
    [
        ("fi", CARE, "ei lääkkeitä", "medication"),
        ("fi", CARE, "en lääkkeistä", "medication"),
        ("sv", "jag lagade mat och städade", "inte städning", "cleaning"),
        ("en", "I did cooking and cleaning", "not cleaning", "cleaning"),
    ],
)
def test_single_ones_can_be_dropped_in_words(
    language: str, story: str, no: str, dropped: str
) -> None:
    talk = mapping(language=language)
    talk.hear("inform", text=story)
    # Without understanding of the mapping, such words were even taken for a crisis.
    assert "utter_mapping_corrected" in talk.hear("crisis", text=no, confidence=0.68)
    assert dropped in state(talk).rejected
    assert confirmed(talk)
    assert dropped not in confirmed(talk)


def test_only_what_is_named_is_kept() -> None:
    talk = mapping()
    talk.hear("inform", text="siivosin ja laitoin ruokaa")
    talk.hear("inform", text="vain siivous")
    assert confirmed(talk) == ["cleaning"]


def test_the_second_one_can_be_dropped_by_its_place() -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    talk.hear("deny", text="ei toista", ordinals=(2,))
    assert confirmed(talk) == [code for code in CARE_CODES if code != CARE_CODES[1]]


def test_rejecting_all_keeps_the_persons_own_words() -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    said = press(talk, "mapping_none", "deny")
    assert said == ["utter_mapping_rejected", "utter_ask_mapping_studies"]
    assert confirmed(talk) == []
    assert [item["words"] for item in state(talk).own] == [CARE]


@pytest.mark.parametrize("story", ["rakastan hiljaisuutta", "🎏🎏", "x" * 2000])
def test_words_that_nothing_matches_are_kept_as_they_are(story: str) -> None:
    talk = mapping()
    said = talk.hear("nlu_fallback", text=story)
    assert said == ["utter_mapping_own", "utter_ask_mapping_studies"]
    assert state(talk).own[0]["words"] == story[:300]


@pytest.mark.parametrize(
    ("intent", "text"),
    [("deny", "en ole"), ("unsure", "en tiedä"), ("show_more", "seuraava"), ("inform", "ohita")],
)
def test_nothing_to_tell_moves_on_without_fuss(intent: str, text: str) -> None:
    talk = mapping()
    said = talk.hear(intent, text=text)
    assert said == ["utter_mapping_skipped", "utter_ask_mapping_studies"]
    assert state(talk).own == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "en oo ollut missään yhdistyksessä"),
        ("fi", "en oo opiskellut mitään peruskoulun jälkeen"),
        ("fi", "no en, ei oo tullu harrastettua"),
        ("sv", "jag har inte varit med i någon förening"),
        ("sv", "nej tyvärr, har inga hobbyer"),
        ("en", "I haven't been in any association"),
        ("en", "no, never studied anything after school"),
    ],
)
def test_a_story_of_nothing_moves_on_and_is_no_competence(language: str, text: str) -> None:
    talk = mapping(language=language)
    words = {"words": text, "kind": "skill", "field": None, "code": None}
    said = talk.hear("inform", text=text, competence=[words], education="basic")
    assert said == ["utter_understood", "utter_mapping_skipped", "utter_ask_mapping_studies"]
    assert state(talk).own == ()
    assert talk.profile.competence == ()
    assert talk.profile.education == "basic"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "mulla ei oo mitään ongelmaa jutella kenenkään kanssa"),
        ("fi", "en ole koskaan myöhässä"),
        ("fi", "en harrasta mitään, mutta rakastan hiljaisuutta"),
        ("sv", "jag ger aldrig upp"),
        ("en", "I'm never late"),
    ],
)
def test_a_no_that_tells_something_is_kept(language: str, text: str) -> None:
    talk = mapping(language=language)
    assert talk.hear("inform", text=text) == ["utter_mapping_own", "utter_ask_mapping_studies"]
    assert state(talk).own[0]["words"] == text


def test_the_mapping_is_resumed_in_other_words_each_time() -> None:
    talk = mapping()
    said = [talk.hear("faq_cost", text="mitä maksaa?")[-1] for _ in range(4)]
    assert said == ["utter_resume_mapping", "utter_resume_mapping_again"] * 2


def test_words_of_mapping_begin_it_whatever_the_message_was_taken_for() -> None:
    talk = Conversation()
    talk.hear("start_guidance")
    text = "en tiedä, kartoitetaan vaikka mitä osaan"
    said = talk.hear("unsure", text=text, choice="mapping", goal="unsure")
    assert said[-2:] == ["utter_mapping_begin", "utter_ask_mapping_work"]
    again = talk.hear("map_competence", text="osaamiskartoitus vaan", choice="mapping")
    assert again == ["utter_ask_mapping_work_again"]
    story = "tein osaamiskartoituksia ja siivosin"
    assert talk.hear("inform", text=story, choice="mapping") == ["utter_mapping_proposed"]


def test_an_answer_that_is_denied_and_told_is_taken() -> None:
    talk = mapping()
    assert talk.hear("deny", text="en mitään muuta kuin siivonnut") == ["utter_mapping_proposed"]


def test_a_long_story_is_proposed_in_two_parts() -> None:
    talk = mapping()
    talk.hear("inform", text="kokkina, siivoojana, myyjänä, kuskina, leivoin, ompelin ja neuloin")
    assert len(state(talk).proposed) == 4
    said = talk.hear("affirm", text="joo")
    assert said == ["utter_mapping_confirmed", "utter_mapping_proposed_more"]


def test_yes_and_more_is_taken_whole() -> None:
    talk = mapping()
    talk.hear("inform", text="siivosin kouluja")
    said = talk.hear("affirm", text="joo ja lisäksi ajoin taksia")
    assert said == ["utter_mapping_confirmed", "utter_mapping_proposed"]
    assert confirmed(talk) == ["cleaning"]
    assert state(talk).proposed == ("driving",)


def test_an_answer_that_is_unclear_is_asked_about_once_only() -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    assert talk.hear("nlu_fallback", text="no höh") == ["utter_mapping_unclear"]
    assert talk.hear("nlu_fallback", text="no höh") == ["utter_ask_mapping_studies"]
    assert confirmed(talk) == []
    assert state(talk).own[0]["words"] == CARE


def test_that_is_enough_ends_with_a_summary_although_it_was_taken_for_a_stop() -> None:
    talk = mapping(field="0913", place="743", schedule=["evening"])
    talk.hear("inform", text=CARE)
    talk.hear("affirm", text="kyllä")
    said = talk.hear("stop", text="riittää")
    assert isinstance(talk.moves[0], ShowCompetence)
    assert said[-1] == "options"
    assert talk.memory.activity is None


def test_whoever_knows_no_field_gets_three_directions_to_react_to() -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    talk.hear("affirm", text="kyllä")
    said = press(talk, "mapping_enough")
    assert said[-1] == "utter_mapping_directions"
    assert len([item for item in talk.payloads if "field" in item]) == 3
    assert talk.asked == "interest"
    assert "utter_understood" in talk.hear("inform", field="09")


def test_with_nothing_told_there_is_no_result_but_ways_to_go_on() -> None:
    talk = mapping()
    for area in AREAS:
        assert state(talk).area == area
        said = talk.hear("deny", text="en ole")
    assert said == ["utter_mapping_empty"]
    assert talk.payloads == ["/map_competence", "/start_guidance", "/ask_human"]
    assert not state(talk).done
    assert talk.memory.activity is None


def test_a_mapping_that_found_nothing_is_never_shown_but_gone_on_with_in_other_words() -> None:
    talk = mapping()
    for _ in AREAS:
        talk.hear("deny", text="en ole")
    assert talk.hear("map_competence") == ["utter_ask_mapping_work_again"]
    talk.hear("inform", text="siivosin")
    talk.hear("affirm", text="joo")
    press(talk, "mapping_enough")
    assert isinstance(talk.moves[0], ShowCompetence)


def test_a_mapping_ended_before_anything_was_told_goes_on_from_the_same_place() -> None:
    talk = mapping(field="0913", place="743")
    assert press(talk, "mapping_enough") == ["utter_mapping_empty"]
    assert talk.payloads[1] == "/show_options"
    said = talk.hear("map_competence")
    assert said == ["utter_mapping_taken_up", "utter_ask_mapping_work_again"]


def test_a_result_whose_strengths_were_all_taken_back_is_not_shown() -> None:
    talk = Conversation()
    talk.memory = Memory(progress={"mapping": {"asked": list(AREAS), "done": True}})
    assert talk.hear("map_competence", text="mitä osaan") == ["utter_mapping_empty"]


def test_a_question_in_between_is_served_and_the_mapping_offered_again() -> None:
    talk = mapping()
    said = talk.hear("faq_cost", text="mitä opinnot maksavat?")
    assert said == ["rule cost", "utter_resume_mapping"]
    assert talk.hear("map_competence", choice="continue_mapping") == [
        "utter_ask_mapping_work_again"
    ]


def test_a_question_may_be_met_by_the_answer_at_once() -> None:
    talk = mapping()
    talk.hear("ask_privacy", text="tallennatko tämän?")
    assert talk.hear("inform", text=CARE) == ["utter_mapping_proposed"]


def test_another_language_or_a_person_wished_for_keeps_the_mapping() -> None:
    talk = mapping()
    said = talk.hear("change_language", text="in english please", language="en")
    assert said == ["utter_language_changed", "utter_resume_mapping"]
    talk.hear("ask_human", text="can I talk to someone")
    assert talk.hear("deny", text="no")[-1] == "utter_resume_mapping_again"
    # Rasa sets the language; the core is given it.
    talk.profile = talk.profile.with_facts({"language": "en"})
    assert talk.hear("inform", text="I cleaned schools") == ["utter_mapping_proposed"]


def test_left_and_taken_up_days_later_it_goes_on_from_the_same_place() -> None:
    talk = mapping(field="0913", place="743")
    talk.hear("inform", text="siivosin kouluja")
    talk.hear("stop", choice="leave")
    talk.memory = Memory.from_dict(json.loads(json.dumps(talk.memory.to_dict())))
    said = talk.hear("map_competence", text="kartoitetaan loppuun")
    assert said == ["utter_mapping_taken_up", "utter_mapping_proposed_again"]
    talk.hear("affirm", text="joo")
    assert confirmed(talk) == ["cleaning"]


def test_asking_for_options_leaves_the_mapping() -> None:
    talk = mapping(field="0913", place="743")
    assert talk.hear("show_options", text="näytä vaihtoehdot")[-1] == "options"
    assert talk.hear("inform", text="Kauhajoella", place="232") == ["utter_understood", "options"]


def test_a_crisis_is_met_before_the_mapping() -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    assert talk.hear("crisis", text="en jaksa enää elää")[0] == "utter_crisis"
    assert talk.hear("unsure", text="en tiedä") == ["utter_crisis_stay"]


@pytest.mark.parametrize(
    ("text", "confidence", "answer"),
    [("en jaksa lääkkeitä", 0.6, "utter_weary"), ("ei lääkkeitä", 0.95, "utter_crisis")],
)
def test_whatever_may_be_a_crisis_gets_help_before_the_mapping(
    text: str, confidence: float, answer: str
) -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    assert talk.hear("crisis", text=text, confidence=confidence)[0] == answer
    assert talk.memory.activity is None


def test_what_was_told_before_is_not_asked_again() -> None:
    talk = Conversation(competence=[NURSE])
    said = talk.hear("map_competence")
    assert said == ["utter_mapping_begin", "utter_mapping_proposed"]
    said = talk.hear("affirm")
    while "utter_ask_mapping" not in said[-1]:
        said = talk.hear("affirm")
    assert said[-1] == "utter_ask_mapping_home"
    assert "caring" in confirmed(talk)


def test_where_one_worked_is_no_wish() -> None:
    talk = mapping()
    talk.hear("inform", text="olin Oulussa siivoojana", place="564")
    assert talk.profile.place is None


def test_some_of_them_is_no_competence() -> None:
    talk = mapping()
    talk.hear("inform", text=CARE)
    words = {"words": "osa niistä", "kind": "skill", "field": None, "code": None}
    assert talk.hear("inform", text="osa niistä", competence=[words]) == ["utter_mapping_which"]
    assert talk.profile.competence == ()


def test_that_is_enough_is_no_competence() -> None:
    talk = mapping(language="en")
    words = {"words": "that's enough", "kind": "skill", "field": None, "code": None}
    talk.hear("stop", text="that's enough", competence=[words])
    assert talk.profile.competence == ()


def test_why_is_answered_and_back_takes_the_last_answer_back() -> None:
    talk = mapping()
    assert talk.hear("explain_choice", text="miksi kysyt?") == [
        "utter_explain_mapping",
        "utter_ask_mapping_work_again",
    ]
    talk.hear("inform", text="siivosin")
    talk.hear("affirm", text="joo")
    said = talk.hear("go_back", text="takaisin")
    assert said[0] == "utter_go_back_done"
    assert state(talk).area == "work"
    assert confirmed(talk) == []


def test_a_finished_mapping_is_shown_again_and_can_be_added_to() -> None:
    talk = mapping()
    talk.hear("inform", text="siivosin")
    talk.hear("affirm", text="joo")
    press(talk, "mapping_enough")
    talk.hear("map_competence", text="mitä osaan")
    assert isinstance(talk.moves[0], ShowCompetence)
    assert press(talk, "mapping_more", "map_competence") == ["utter_ask_mapping_home"]


def test_the_question_about_competence_is_not_put_after_the_mapping() -> None:
    talk = mapping(field="0913", place="743", schedule=["evening"])
    assert press(talk, "mapping_enough")[-1] == "utter_mapping_empty"
    assert talk.hear("show_options")[-1] == "options"


def test_whoever_is_unsure_is_offered_the_mapping() -> None:
    talk = Conversation()
    talk.hear("start_guidance")
    talk.hear("unsure", text="en tiiä")
    assert any(item.startswith("/map_competence") for item in talk.payloads)


def test_strengths_hold_confirmed_ones_and_own_words() -> None:
    talk = mapping()
    talk.hear("inform", text="siivosin")
    talk.hear("affirm", text="joo")
    talk.hear("inform", text="ymmärrän pilviä")
    told = strengths(talk.profile, talk.memory.progress.get("mapping"))
    assert [(item.code, item.words) for item in told] == [
        ("cleaning", "siivosin"),
        (None, "ymmärrän pilviä"),
    ]


@pytest.mark.parametrize("text", ["miten tää auttaa", "Saanko jatkaa myöhemmin?", "vad händer sen"])
@pytest.mark.parametrize("intent", ["inform", "nlu_fallback"])
def test_a_question_is_no_strength(intent: str, text: str) -> None:
    talk = Conversation()
    talk.hear("map_competence")
    asked = {"competence": [{"words": text, "kind": "skill", "field": None, "code": None}]}
    said = talk.hear(intent, text=text, **asked)
    assert said == ["utter_mapping_question", "utter_ask_mapping_work_again"]
    assert MappingState.of(talk.memory).own == ()
    assert talk.known() == {}


DONE = {"confirmed": [{"code": "caring", "words": "hoidin", "area": "home"}], "done": True}


@pytest.mark.parametrize("intent", ["explain_choice", "map_competence", "nlu_fallback"])
@pytest.mark.parametrize("text", ["mitä multa puuttuu", "vad fattas", "what am i missing"])
def test_what_is_missing_is_told_after_the_mapping(intent: str, text: str) -> None:
    talk = Conversation(field="0913")
    talk.memory = replace(talk.memory, progress={NAME: DONE})
    talk.hear(intent, text=text)
    assert talk.moves == (ShowCompetence(only_gaps=True),)
    talk.memory = replace(talk.memory, progress={NAME: {**DONE, "done": False}})
    talk.hear(intent, text=text)
    assert ShowCompetence(only_gaps=True) not in talk.moves


def test_what_is_missing_needs_a_field() -> None:
    talk = Conversation()
    talk.memory = replace(talk.memory, progress={NAME: DONE})
    said = talk.hear("explain_choice", text="mitä puuttuu")
    assert said == ["utter_mapping_gaps_need_field", "utter_refine_other_field"]
    assert talk.asked == "field"
