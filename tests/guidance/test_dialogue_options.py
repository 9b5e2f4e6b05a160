"""Showing, refining, details, and how results are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import ShowOptions, ShowRuledOut
from guidance.dialogue_options import remember_shown, tell, tell_details
from guidance.profile import Profile
from tests.guidance.conversation import Conversation, option


@pytest.fixture
def talk() -> Conversation:
    conversation = Conversation(field="0923", place="743")
    conversation.hear("show_options")
    return conversation


def found(count: int, total: int | None = None, **values: Any) -> dict[str, Any]:
    options = [option(number) for number in range(count)]
    return {"options": options, "total": total or count, "fallback": None, "notices": []} | values


def told(results: dict[str, Any], occasion: str = "first", **facts: Any) -> Any:
    move = ShowOptions(0, occasion)
    profile = Profile().with_facts(facts)
    return tell(profile, remember_shown(Memory(), move, results), move, results)


def test_more_pages_through_and_says_when_there_is_no_more(talk: Conversation) -> None:
    assert [talk.hear("show_more")[0] for _ in range(3)] == [
        "options",
        "options",
        "utter_options_no_more",
    ]
    assert talk.memory.offset == 10


@pytest.mark.parametrize(
    ("code", "slot", "value"),
    [
        ("cheaper", "budget_eur", 225),
        ("free", "budget_eur", 0),
        ("nearer", "max_distance_km", 30),
        ("online", "online_only", True),
        ("evening", "schedule", ["evening"]),
        ("weekend", "schedule", ["weekend"]),
        ("shorter", "max_months", 3),
        ("sooner", "start_by", "2027-02-01"),
    ],
)
def test_a_refinement_changes_the_profile_visibly(
    talk: Conversation, code: str, slot: str, value: object
) -> None:
    assert talk.hear("refine_options", refine=code) == ["utter_understood", "options"]
    assert talk.known()[slot] == value
    assert slot in talk.moves[0].about


@pytest.mark.parametrize("intent", ["refine_options", "inform", "show_options", "nlu_fallback"])
@pytest.mark.parametrize("code", ["shorter", "cheaper", "nearer"])
def test_a_refinement_keeps_the_goal_and_the_subject(intent: str, code: str) -> None:
    talk = Conversation(field="0923", place="743", goal="degree")
    talk.hear("show_options")
    said = talk.hear(intent, refine=code, text="jotain muuta", interest="lyhyempää")
    assert said == ["utter_understood", "options"]
    assert talk.known() | {"goal": "degree", "field": "0923", "place": "743"} == talk.known()
    assert "interest" not in talk.known()


def test_a_limit_of_length_can_be_lifted_again(talk: Conversation) -> None:
    talk.hear("refine_options", refine="shorter")
    assert talk.hear("inform", no_preference="max_months") == ["utter_no_preference", "options"]
    assert "max_months" not in talk.known()


@pytest.mark.parametrize("code", ["shorter", "sooner"])
def test_when_nothing_is_shorter_or_sooner_it_says_so(talk: Conversation, code: str) -> None:
    unknown = tuple(replace(item, months=None, starts=None) for item in talk.memory.shown)
    talk.memory = replace(talk.memory, shown=unknown)
    assert talk.hear("refine_options", refine=code) == [f"utter_refine_{code}_already"]


def test_a_limit_said_in_numbers_counts_for_more(talk: Conversation) -> None:
    talk.hear("refine_options", refine="cheaper", budget_eur=100)
    assert talk.known()["budget_eur"] == 100


def test_the_same_refinement_twice_says_that_it_is_so_already(talk: Conversation) -> None:
    talk.hear("refine_options", refine="online")
    assert talk.hear("refine_options", refine="online") == ["utter_refine_already"]


def test_another_field_is_asked_for_and_then_searched(talk: Conversation) -> None:
    assert talk.hear("refine_options", refine="other_field") == ["utter_refine_other_field"]
    assert talk.asked == "field"
    assert "field" not in talk.known()
    assert talk.hear("inform", field="07") == ["utter_understood", "options"]


def test_cheaper_before_any_options_asks_for_a_limit() -> None:
    talk = Conversation(field="0923", place="743")
    assert talk.hear("refine_options", refine="cheaper") == ["utter_ask_budget_eur"]


def test_nearer_without_a_place_asks_where() -> None:
    talk = Conversation(field="0923")
    talk.hear("show_options")
    assert talk.hear("refine_options", refine="nearer") == ["utter_ask_place"]


@pytest.mark.parametrize(("ordinal", "shown"), [(1, "option-1"), (2, "option-2"), (-1, "option-5")])
def test_details_by_position(talk: Conversation, ordinal: int, shown: str) -> None:
    assert talk.hear("ask_details", ordinals=(ordinal,)) == [f"details {shown}"]


def test_details_of_the_second_page_count_from_its_first(talk: Conversation) -> None:
    talk.hear("show_more")
    assert talk.hear("ask_details", ordinals=(2,)) == ["details option-7"]


@pytest.mark.parametrize("ordinals", [(), (9,)])
def test_an_unclear_position_is_asked_about(talk: Conversation, ordinals: tuple[int, ...]) -> None:
    assert talk.hear("ask_details", ordinals=ordinals) == ["utter_details_which"]
    assert talk.payloads[0] == '/ask_details{"option": "option-1"}'


def test_details_before_options_say_so() -> None:
    assert Conversation().hear("ask_details", ordinals=(1,)) == [
        "utter_details_none_yet",
        "utter_ask_goal",
    ]


def test_why_is_answered_for_a_question_or_for_the_options(talk: Conversation) -> None:
    assert talk.hear("explain_choice") == ["utter_explain_options"]
    asked = Conversation()
    asked.hear("start_guidance")
    assert asked.hear("explain_choice") == ["utter_explain_goal"]
    assert asked.asked == "goal"


@pytest.mark.parametrize(
    ("results", "occasion", "name"),
    [
        (found(5, 12), "first", "utter_options_some"),
        (found(4), "first", "utter_options_all"),
        (found(1), "first", "utter_options_one"),
        (found(5, 12), "more", "utter_options_more"),
        (
            found(2, fallback={"step": "online", "text": "Ei läheltä."}),
            "first",
            "utter_options_fallback",
        ),
        (found(0), "first", "utter_options_none"),
        (
            found(0, notices=[{"code": "nothing_fits", "text": "Ei mitään."}]),
            "first",
            "utter_options_none_because",
        ),
    ],
)
def test_results_are_told_honestly(results: dict[str, Any], occasion: str, name: str) -> None:
    assert told(results, occasion).name == name


def test_a_page_comes_with_its_options_in_one_response() -> None:
    say = told(found(5, 12))
    assert say.custom["kind"] == "options"
    assert [item["id"] for item in say.custom["options"]] == [f"option-{n}" for n in range(1, 6)]
    assert say.custom["total"] == 12


def test_a_later_page_shown_again_is_not_told_to_be_the_best() -> None:
    page, move = found(1, 6), ShowOptions(5, "again")
    memory = remember_shown(Memory(), move, page)
    assert tell(Profile(), memory, move, page).name == "utter_options_more"


def test_what_opens_the_most_is_offered_first_when_nothing_fits() -> None:
    notices = [{"code": "nothing_fits", "text": "x"}, {"code": "blocked_by_too_long", "text": "x"}]
    limits = {"budget_eur": 0, "max_distance_km": 20, "place": "743", "max_months": 2}
    say = told(found(0, notices=notices), **limits)
    assert say.choices[0].text == "utter_choice_open_length"


def test_emptiness_offers_what_would_open_up() -> None:
    say = told(found(0), budget_eur=0, place="743", max_distance_km=20)
    payloads = [choice.payload for choice in say.choices]
    assert payloads == [
        '/inform{"no_preference": "budget_eur"}',
        '/inform{"no_preference": "max_distance_km"}',
        '/refine_options{"refine": "other_field"}',
        "/ask_human",
    ]


def test_details_are_told_with_the_way_on() -> None:
    say = tell_details(option(0), Memory())
    assert say.custom["options"] == [option(0)]
    # The plan under a card is of that option, whatever was put aside.
    assert '/make_plan{"option": "option-1"}' in [choice.payload for choice in say.choices]
    assert tell_details(None, Memory()).name == "utter_details_gone"


def test_the_page_is_remembered_for_positions_and_limits() -> None:
    memory = remember_shown(Memory(), ShowOptions(5), found(2, 7))
    assert [item.id for item in memory.shown] == ["option-1", "option-2"]
    assert (memory.offset, memory.total) == (5, 7)
    assert Memory.from_dict(memory.to_dict()) == replace(memory)


def test_what_is_taught_from_afar_is_not_far_away() -> None:
    results = found(1)
    results["options"][0] |= {"distance_km": 482, "modes": ["distance", "blended"]}
    assert remember_shown(Memory(), ShowOptions(), results).shown[0].distance_km is None


def test_after_an_empty_search_a_change_is_searched_for_at_once() -> None:
    talk = Conversation(field="0923", place="743", budget_eur=0, total=0)
    talk.hear("show_options")
    assert talk.hear("inform", no_preference="budget_eur") == ["utter_no_preference", "options"]
    assert talk.hear("inform", place="any") == ["utter_understood", "options"]


def test_nearer_before_any_options_does_not_ask_for_a_place_that_is_known() -> None:
    talk = Conversation(field="0923", place="743")
    assert talk.hear("refine_options", refine="nearer") == ["utter_ask_schedule"]


def test_words_of_a_refinement_are_no_interest() -> None:
    talk = Conversation()
    talk.hear("start_guidance")
    talk.hear("inform", refine="cheaper", interest="edullisempia")
    assert "interest" not in talk.known()


def test_what_is_only_close_to_the_wish_is_told_to_be() -> None:
    close = option(0) | {"reasons": [{"code": "related_field", "text": "Lähellä"}]}
    wished = option(1) | {"reasons": [{"code": "field_match", "text": "Toive"}]}
    memory = Memory(searched=True)
    for options, name in (([close], "related"), ([close, wished], "all")):
        page = {"options": options, "total": 2, "fallback": None, "notices": []}
        assert (
            tell(Profile(language="fi"), memory, ShowOptions(), page).name
            == f"utter_options_{name}"
        )


def test_what_was_looked_at_is_what_is_asked_about(talk: Conversation) -> None:
    talk.memory = replace(talk.memory, looked_at=Shown(id="option-3", title="Kurssi 3"))
    assert talk.hear("ask_details") == ["details option-3"]


@pytest.mark.parametrize("intent", ["inform", "correct", "deny"])
def test_another_field_is_asked_for_whatever_the_wish_was_taken_for(
    talk: Conversation, intent: str
) -> None:
    assert talk.hear(intent, refine="other_field") == ["utter_refine_other_field"]


def test_a_page_that_is_gone_keeps_the_one_before() -> None:
    shown = remember_shown(Memory(), ShowOptions(), found(5, 8))
    gone = found(0, 4)
    after = remember_shown(shown, ShowOptions(5, "more"), gone)
    assert [item.id for item in after.shown] == [item.id for item in shown.shown]
    told_so = tell(Profile(language="fi"), after, ShowOptions(5, "more"), gone)
    assert told_so.name == "utter_options_no_more"


WHICH = {
    "cheaper": ("mikä näistä on halvin", "utter_which_cheaper", "Kurssi 1"),
    "nearer": ("vilken är närmast", "utter_which_nearer", "Kurssi 1"),
    "sooner": ("which starts first", "utter_which_sooner", "Kurssi 1"),
    "shorter": ("kumpi on lyhyempi", "utter_which_shorter", "Kurssi 1"),
}


@pytest.mark.parametrize("intent", ["refine_options", "compare_options", "nlu_fallback"])
@pytest.mark.parametrize("code", WHICH)
def test_which_of_those_shown_comes_first_is_told_by_name(
    talk: Conversation, intent: str, code: str
) -> None:
    text, name, title = WHICH[code]
    before = talk.known()
    assert talk.hear(intent, text=text, refine=code) == [name]
    assert talk.moves[0].values == {"titles": title}
    assert talk.payloads[0] == '/ask_details{"option": "option-1"}'
    assert talk.known() == before


def test_several_that_cost_as_little_are_all_named(talk: Conversation) -> None:
    shown = tuple(replace(item, price_eur=0) for item in talk.memory.shown[:2])
    talk.memory = replace(talk.memory, shown=shown)
    talk.hear("refine_options", text="mikä on edullisin", refine="cheaper")
    assert talk.moves[0].values == {"titles": "Kurssi 1; Kurssi 2"}


def test_what_can_be_begun_at_any_time_starts_first(talk: Conversation) -> None:
    last = replace(talk.memory.shown[-1], continuous=True, starts=None)
    talk.memory = replace(talk.memory, shown=(*talk.memory.shown[:-1], last))
    talk.hear("refine_options", text="mikä alkaa ensin", refine="sooner")
    assert talk.moves[0].values == {"titles": "Kurssi 5"}


def test_what_none_of_them_tells_is_not_guessed(talk: Conversation) -> None:
    unknown = tuple(replace(item, price_eur=None) for item in talk.memory.shown)
    talk.memory = replace(talk.memory, shown=unknown)
    said = talk.hear("refine_options", text="mikä on halvin", refine="cheaper")
    assert said == ["utter_which_unknown"]


def notice(code: str) -> dict[str, str]:
    return {"code": code, "text": f"<{code}>"}


def test_how_many_run_at_the_wished_times_is_told_with_the_list() -> None:
    times = [notice("some_in_wished_times")]
    say = told(found(3, 9, notices=times))
    assert (say.name, say.values["notice"]) == (
        "utter_options_times_some",
        "<some_in_wished_times>",
    )
    assert told(found(3, notices=times)).name == "utter_options_times"
    fallback = {"step": "region", "text": "Kauempana."}
    say = told(found(3, notices=times, fallback=fallback))
    assert say.values["fallback"] == "Kauempana. <some_in_wished_times>"


def test_limits_that_leave_out_the_wish_are_named_and_can_be_lifted() -> None:
    against = [notice("blocked_by_over_budget"), notice("blocked_by_far_away")]
    say = told(found(5, 9, notices=against), budget_eur=200, max_distance_km=30, place="743")
    assert say.name == "utter_options_close_within"
    assert say.about == {"budget_eur": 200, "max_distance_km": 30}
    payloads = [choice.payload for choice in say.choices]
    assert payloads == [
        '/inform{"no_preference": "budget_eur"}',
        '/inform{"no_preference": "max_distance_km"}',
        '/refine_options{"refine": "other_field"}',
        "/show_more",
    ]
    assert say.custom["kind"] == "options"
    closed = told(found(1, notices=[notice("blocked_by_application_closed")]))
    assert closed.name == "utter_options_close"


def test_why_not_of_a_field_or_an_option_is_about_it_and_no_wish(talk: Conversation) -> None:
    talk.hear("explain_choice", text="miksei puutarha-ala", choice="why_not", field="0812")
    assert talk.moves == (ShowRuledOut(field="0812"),)
    assert talk.known()["field"] == "0923"
    talk.hear("explain_choice", text="miksei toka", choice="why_not", ordinals=(2,))
    assert talk.moves == (ShowRuledOut(option="option-2"),)
    talk.hear("explain_choice", choice="why_not")
    assert talk.moves == (ShowRuledOut(),)
