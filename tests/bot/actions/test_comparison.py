"""Moves that weigh options, against a real catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.actions.comparison import show_comparison, show_routes, show_ruled_out, show_saved
from bot.actions.desk import Desk
from bot.actions.options import show_details, show_options
from bot.actions.plan import show_plan, show_recognition
from bot.actions.rules import tell_rule
from catalog.db import session_factory, upgrade
from catalog.models import StudyOption
from catalog.sample import load_sample
from guidance.dialogue_choices import choices
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import (
    Say,
    ShowComparison,
    ShowDetails,
    ShowOptions,
    ShowPlan,
    ShowRecognition,
    ShowRoutes,
    ShowRuledOut,
    ShowSaved,
    TellRule,
)
from guidance.profile import Profile
from guidance.suggestions import ruled_out, suggest
from opastin.texts import load_texts
from tests.guidance.conftest import TODAY


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on the sample catalogue."""
    folder: Path = tmp_path_factory.mktemp("catalogue")
    url = f"sqlite:///{folder / 'catalog.db'}"
    upgrade(url)
    sessions = session_factory(url, writing=True)
    with sessions() as session:
        load_sample(session, today=TODAY)
        session.commit()
    return Desk(sessions, load_texts(), TODAY)


def found(desk: Desk, profile: Profile) -> list[str]:
    with desk.sessions() as session:
        page = suggest(session, profile, today=desk.today)
    return [item.candidate.id for item in page.options]


def profile(**facts: Any) -> Profile:
    return Profile(language="fi").with_facts({"field": "0923", "place": "743", **facts})


def test_options_are_compared_in_words_and_a_missing_one_is_left_out(desk: Desk) -> None:
    learner = profile()
    first, second, *_ = found(desk, learner)
    move = ShowComparison((first, "gone", second))
    said, _ = show_comparison(desk, move, learner, Memory())
    assert said.name == "utter_compare_shown"
    custom = dict(said.custom or {})
    assert [option["id"] for option in custom["options"]] == [first, second]
    assert {row["label"] for row in custom["rows"]} >= {"Hinta", "Laajuus"}


def test_routes_lead_to_one_degree_named_in_the_language_spoken(desk: Desk) -> None:
    said, _ = show_routes(desk, ShowRoutes(), profile(goal="degree"), Memory())
    assert said.name == "utter_routes_shown"
    custom = dict(said.custom or {})
    assert len({option["type"] for option in custom["options"]}) == len(custom["options"])
    codes = {row["code"] for row in custom["rows"]}
    assert codes >= {"route_credits", "begin_by", "route_apply_by", "if_not"}
    swedish, _ = show_routes(desk, ShowRoutes(), profile(language="sv"), Memory())
    assert swedish.values["degree"] != said.values["degree"]


def test_what_was_left_out_says_by_what(desk: Desk) -> None:
    said, _ = show_ruled_out(desk, ShowRuledOut(), profile(budget_eur=0), Memory())
    assert said.name == "utter_ruled_out_shown"
    custom = dict(said.custom or {})
    assert {option["warnings"][0]["code"] for option in custom["options"]} == {"over_budget"}


def test_saving_keeps_options_until_they_are_removed(desk: Desk) -> None:
    learner = profile()
    first, second, *_ = found(desk, learner)
    _, memory = show_saved(desk, ShowSaved(add=first), learner, Memory())
    said, memory = show_saved(desk, ShowSaved(add=second), learner, memory)
    assert said.name == "utter_save_done"
    assert [item.id for item in memory.saved] == [first, second]
    actions = dict(said.custom or {})["options"][0]["actions"]
    assert any('"choice": "remove"' in action["payload"] for action in actions)
    said, memory = show_saved(desk, ShowSaved(remove=first), learner, memory)
    assert (said.name, [item.id for item in memory.saved]) == ("utter_saved_removed", [second])


def test_what_has_ended_is_not_put_aside_and_is_told_to_have_ended(
    desk: Desk,
) -> None:
    learner = profile()
    first, second, *_ = found(desk, learner)
    _, memory = show_saved(desk, ShowSaved(add=first), learner, Memory())
    said, after = show_saved(desk, ShowSaved(add="gone"), learner, memory)
    assert (said.name, after.saved) == ("utter_save_ended", memory.saved)
    with desk.sessions() as session:
        session.get(StudyOption, second).withdrawn_on = TODAY
        session.commit()
    said, after = show_saved(desk, ShowSaved(add=second), learner, memory)
    assert (said.name, after.saved) == ("utter_save_ended", memory.saved)
    with desk.sessions() as session:
        session.get(StudyOption, first).withdrawn_on = TODAY
        session.commit()
    said, after = show_saved(desk, ShowSaved(), learner, memory)
    assert [item.id for item in after.saved] == [first]
    with desk.sessions() as session:
        for name in (first, second):
            session.get(StudyOption, name).withdrawn_on = None
        session.commit()


def test_routes_beyond_a_budget_say_so(desk: Desk) -> None:
    said, _ = show_routes(desk, ShowRoutes(), profile(goal="degree", max_months=1), Memory())
    assert said.name == "utter_routes_ruled_out"
    assert said.choices[0].text == "utter_choice_open_length"


@pytest.mark.parametrize(
    "say",
    [
        lambda desk: show_comparison(desk, ShowComparison(("gone",)), profile(), Memory()),
        lambda desk: show_routes(desk, ShowRoutes(), profile(), Memory()),
        lambda desk: show_routes(desk, ShowRoutes(), profile(field="0231"), Memory()),
        lambda desk: show_ruled_out(desk, ShowRuledOut(), profile(), Memory()),
        lambda desk: show_ruled_out(desk, ShowRuledOut(), profile(budget_eur=0), Memory()),
        lambda desk: show_saved(desk, ShowSaved(), profile(), Memory()),
        lambda desk: show_saved(desk, ShowSaved(add="gone"), profile(), Memory()),
        lambda desk: show_saved(desk, ShowSaved(remove="gone"), profile(), Memory()),
        lambda desk: show_options(desk, ShowOptions(), profile(), Memory()),
        lambda desk: show_options(desk, ShowOptions(), profile(max_months=0), Memory()),
        lambda desk: show_details(desk, ShowDetails("gone"), profile(), Memory()),
        lambda desk: show_details(
            desk, ShowDetails(found(desk, profile())[0]), profile(), Memory()
        ),
        lambda desk: show_plan(desk, ShowPlan(), profile(), Memory()),
        lambda desk: show_plan(desk, ShowPlan(), profile(max_months=0), Memory()),
        lambda desk: show_recognition(desk, ShowRecognition(), profile(), Memory()),
        lambda desk: tell_rule(desk, TellRule("cost", choices("ask_human")), profile(), Memory()),
    ],
)
def test_whatever_is_shown_comes_with_a_way_on(
    desk: Desk, say: Callable[[Desk], tuple[Say, Memory]]
) -> None:
    assert say(desk)[0].choices


def test_why_not_one_option_tells_what_rules_it_out_and_lifts_it(desk: Desk) -> None:
    learner = profile(budget_eur=0)
    with desk.sessions() as session:
        dear = ruled_out(session, learner, today=desk.today).options[0].candidate.id
    said, _ = show_ruled_out(desk, ShowRuledOut(option=dear), learner, Memory())
    assert said.name == "utter_why_not_option"
    assert str(said.values["notice"]).startswith("Maksaa enemmän kuin toivoit")
    payloads = [choice.payload for choice in said.choices]
    assert '/inform{"no_preference": "budget_eur"}' in payloads
    shown = found(desk, learner)[0]
    said, _ = show_ruled_out(desk, ShowRuledOut(option=shown), learner, Memory())
    assert said.name == "utter_why_not_open"
    gone, _ = show_ruled_out(desk, ShowRuledOut(option="gone"), learner, Memory())
    assert gone.name == "utter_details_gone"


def test_why_not_another_field_offers_it_or_tells_what_rules_it_out(desk: Desk) -> None:
    said, _ = show_ruled_out(desk, ShowRuledOut(field="0715"), profile(), Memory())
    assert (said.name, said.values) == ("utter_why_not_field", {"field": "kone- ja sähkötekniikka"})
    assert said.choices[0].payload == '/inform{"field": "0715"}'
    near = profile(max_months=0.1, budget_eur=0)
    said, _ = show_ruled_out(desk, ShowRuledOut(field="0715"), near, Memory())
    assert said.name.startswith("utter_ruled_out_")
