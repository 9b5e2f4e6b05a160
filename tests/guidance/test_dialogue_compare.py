"""Turns that weigh options: compared, put aside, left out, routes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from guidance.dialogue_compare import (
    MAX_SAVED,
    remember_saved,
    tell_comparison,
    tell_routes,
    tell_ruled_out,
    tell_saved,
    with_saved,
)
from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import ShowComparison, ShowRoutes, ShowRuledOut, ShowSaved
from guidance.profile import Profile

from .conversation import Conversation, option


@pytest.fixture
def talk() -> Conversation:
    """A conversation in which a page of options has been shown."""
    talk = Conversation(field="0923", place="743", schedule=["evening"], competence=[])
    talk.hear("show_options")
    return talk


def saved(*ids: str) -> tuple[Shown, ...]:
    return tuple(Shown(id=name, title=name) for name in ids)


def compared(talk: Conversation, **turn: Any) -> tuple[str, ...]:
    talk.hear("compare_options", **turn)
    (move,) = talk.moves
    assert isinstance(move, ShowComparison)
    return move.options


def test_the_first_ones_shown_are_compared_when_none_is_named(talk: Conversation) -> None:
    assert compared(talk) == ("option-1", "option-2", "option-3")


def test_named_ones_are_compared(talk: Conversation) -> None:
    assert compared(talk, ordinals=(1, -1)) == ("option-1", "option-5")


def test_one_named_is_compared_with_what_is_saved_and_shown(talk: Conversation) -> None:
    talk.memory = replace(talk.memory, saved=saved("kept"))
    assert compared(talk, option="option-4") == ("option-4", "kept", "option-1")


def test_what_is_saved_is_compared_before_what_is_shown(talk: Conversation) -> None:
    talk.memory = replace(talk.memory, saved=saved("a", "b"))
    assert compared(talk) == ("a", "b")


def test_nothing_to_compare_yet() -> None:
    assert Conversation().hear("compare_options") == ["utter_compare_none_yet", "utter_ask_goal"]


def test_one_option_alone_cannot_be_compared() -> None:
    talk = Conversation(total=1, field="0923", place="743")
    talk.hear("show_options")
    assert talk.hear("compare_options") == ["utter_compare_too_few"]


def test_routes_need_a_subject(talk: Conversation) -> None:
    talk.hear("compare_options", choice="routes")
    assert talk.moves == (ShowRoutes(),)
    asked = Conversation().hear("compare_options", choice="routes")
    assert asked == ["utter_routes_need_field", "utter_ask_goal"]


def test_saving_by_button_by_place_and_when_it_is_unclear(talk: Conversation) -> None:
    talk.hear("save_option", option="option-9")
    assert talk.moves == (ShowSaved(add="option-9"),)
    talk.hear("save_option", ordinals=(2,))
    assert talk.moves == (ShowSaved(add="option-2"),)
    assert talk.hear("save_option") == ["utter_save_which"]
    assert talk.payloads[0] == '/save_option{"option": "option-1"}'


def test_removing_and_showing_what_is_saved(talk: Conversation) -> None:
    talk.hear("save_option", option="option-1", choice="remove")
    assert talk.moves == (ShowSaved(remove="option-1"),)
    talk.hear("save_option", choice="show")
    assert talk.moves == (ShowSaved(),)


def test_a_typed_wish_to_remove_means_the_only_one_or_the_one_named(talk: Conversation) -> None:
    talk.memory = replace(talk.memory, saved=saved("a"))
    talk.hear("out_of_scope", text="poista se tallennetuista", choice="remove")
    assert talk.moves == (ShowSaved(remove="a"),)
    talk.memory = replace(talk.memory, saved=saved("a", "b"))
    talk.hear("save_option", text="poista toinen tallennetuista", choice="remove", ordinals=(2,))
    assert talk.moves == (ShowSaved(remove="b"),)
    talk.hear("save_option", text="poista tallennetuista", choice="remove")
    assert talk.moves == (ShowSaved(),)


def test_why_not_is_asked_by_button(talk: Conversation) -> None:
    talk.hear("explain_choice", choice="why_not")
    assert talk.moves == (ShowRuledOut(),)


def test_why_this_one_shows_it_with_its_reasons(talk: Conversation) -> None:
    assert talk.hear("explain_choice", ordinals=(3,)) == ["details option-3"]


def test_what_is_put_aside_is_there_once_and_the_oldest_goes() -> None:
    assert with_saved(saved("a", "b"), ShowSaved(add="a")) == ("b", "a")
    assert with_saved(saved("a", "b"), ShowSaved(remove="a")) == ("b",)
    assert with_saved(saved("a"), ShowSaved()) == ("a",)
    many = saved(*(f"o{number}" for number in range(MAX_SAVED)))
    assert with_saved(many, ShowSaved(add="new"))[-1] == "new"
    assert len(with_saved(many, ShowSaved(add="new"))) == MAX_SAVED


@pytest.mark.parametrize(
    ("move", "count", "name"),
    [
        (ShowSaved(add="option-1"), 1, "utter_save_done"),
        # The catalogue no longer has it.
        (ShowSaved(add="option-7"), 1, "utter_save_ended"),
        (ShowSaved(add="option-7"), 0, "utter_save_ended"),
        (ShowSaved(remove="option-7"), 1, "utter_saved_removed"),
        (ShowSaved(remove="option-7"), 0, "utter_saved_none_left"),
        (ShowSaved(), 2, "utter_saved_shown"),
        (ShowSaved(), 0, "utter_saved_none"),
    ],
)
def test_what_is_said_of_saved_options(move: ShowSaved, count: int, name: str) -> None:
    said = tell_saved(Memory(), move, [option(number) for number in range(count)])
    assert said.name == name
    assert said.custom is not None
    assert said.custom["kind"] == "saved"


def test_saved_options_are_remembered_as_the_catalogue_has_them() -> None:
    memory = remember_saved(Memory(saved=saved("gone")), [option(1)])
    assert [item.id for item in memory.saved] == ["option-2"]
    assert Memory.from_dict(memory.to_dict()) == memory


def test_a_comparison_of_options_that_are_gone_is_none() -> None:
    assert tell_comparison({"options": [option(0)], "rows": []}, None).name == "utter_details_gone"
    table = {"options": [option(0), option(1)], "rows": []}
    said = tell_comparison(table, "place")
    assert (said.name, said.asked) == ("utter_compare_shown", "place")
    assert said.custom == {"kind": "comparison", **table}


def test_routes_told() -> None:
    learner = Profile(language="fi", budget_eur=0)
    assert tell_routes(learner, None, {"options": []}, [], None).name == "utter_routes_none"
    one = tell_routes(learner, "Sosionomi", {"options": [option(0)]}, [], None)
    assert (one.name, one.values["degree"]) == ("utter_routes_one", "Sosionomi")
    two = {"options": [option(0), option(1)]}
    assert tell_routes(learner, "X", two, [], None).name == "utter_routes_shown"


def test_routes_that_are_ruled_out_say_by_what_and_offer_to_lift_it() -> None:
    learner = Profile(language="fi", budget_eur=0)
    notice = {"code": "blocked_by_over_budget", "text": "Budjetti rajaa."}
    said = tell_routes(learner, None, {"options": []}, [notice], None)
    assert (said.name, said.values["notice"]) == ("utter_routes_ruled_out", "Budjetti rajaa.")
    assert said.choices[0].text == "utter_choice_open_price"


def test_what_was_left_out_is_told_with_what_would_open_up() -> None:
    profile = Profile(language="fi", budget_eur=100.0)
    notice = {"code": "blocked_by_over_budget", "text": "Budjetti rajaa."}
    assert tell_ruled_out(profile, [], []).name == "utter_ruled_out_nothing"
    opens = tell_ruled_out(profile, [], [notice])
    assert (opens.name, opens.values["notice"]) == ("utter_ruled_out_opens", "Budjetti rajaa.")
    shown = tell_ruled_out(profile, [option(0)], [notice])
    assert shown.name == "utter_ruled_out_shown"
    assert shown.choices[0].text == "utter_choice_open_price"
