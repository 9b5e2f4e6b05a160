"""Plans: three steps in time, what if it fails, who helps, and a checklist for each option."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import TYPES
from guidance.plan import MAX_OPTIONS, Plan, make_plan
from guidance.profile import AGE_GROUPS, EDUCATION, GOALS, SITUATIONS, Profile
from guidance.remarks import Remark
from guidance.suggestions import Suggestion
from tests.guidance.conftest import make_candidate

TODAY = date(2026, 11, 2)
DATED: dict[str, Any] = {
    "continuous": False,
    "apply_by": date(2027, 1, 15),
    "starts": date(2027, 2, 1),
}
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1))


def option(identity: str = "option", reasons: tuple[str, ...] = (), **values: Any) -> Suggestion:
    candidate = make_candidate(id=identity, **{**DATED, **values})
    return Suggestion(candidate, None, tuple(map(Remark, reasons)), ())


def plan(*chosen: Suggestion, spare: Suggestion | None = None, **facts: Any) -> Plan:
    return make_plan(Profile.from_dict(facts), chosen, spare, today=TODAY)


def steps(made: Plan) -> list[tuple[str, str]]:
    return [(step.code, step.day.by.isoformat()) for step in made.steps if step.day]


def test_the_next_three_steps_are_the_most_pressing_ones_nearest_first() -> None:
    made = plan(option(reasons=("builds_on_competence",)), situation="unemployed", place="743")
    assert steps(made) == [
        ("ask_authority", "2027-01-01"),
        ("enrol", "2027-01-15"),
        ("ask_recognition", "2027-01-18"),
    ]
    assert [step.day.is_deadline for step in made.steps if step.day] == [False, True, False]


def test_where_places_go_to_the_first_one_enrols_soon() -> None:
    made = plan(option(admission="enrolment_order"))
    assert [code for code, _ in steps(made)] == ["enrol_soon", "plan_time", "start"]


def test_in_aland_its_own_authority_is_asked() -> None:
    made = plan(option(), situation="laid_off", place="478")
    assert made.steps[0].code == "ask_authority_aland"
    assert {"ams", "employment_area"} & set(made.helpers) == {"ams"}


def test_without_anything_special_one_enrols_finds_the_time_and_begins() -> None:
    assert [code for code, _ in steps(plan(option()))] == ["enrol", "plan_time", "start"]


def test_for_the_way_to_a_degree_its_demands_and_the_exam_are_found_out() -> None:
    made = plan(option(type="open_university_path"), goal="degree")
    assert {code for code, _ in steps(made)} == {"enrol", "entrance_exam", "ask_route"}


def test_who_learns_basic_skills_online_gets_digital_help_early() -> None:
    made = plan(option(modes=("online",)), goal="basic_skills")
    assert "digital_help" in [step.code for step in made.steps]
    assert "library" in made.helpers
    assert "library" not in plan(option(modes=("in_person",))).helpers


def test_of_several_options_the_nearest_comes_first_and_each_is_enrolled_in() -> None:
    later = option("later", apply_by=date(2027, 3, 1), starts=None)
    made = plan(later, option("sooner", starts=None))
    assert [item.candidate.id for item in made.options] == ["sooner", "later"]
    enrolling = [(step.option.id, step.code) for step in made.steps if step.option]
    assert ("sooner", "enrol") in enrolling
    assert ("later", "enrol") in enrolling
    assert [checklist.option.id for checklist in made.checklists] == ["sooner", "later"]


def test_what_has_closed_comes_last_and_its_next_round_is_asked_for() -> None:
    closed = option("closed", apply_by=date(2026, 10, 1), starts=date(2026, 11, 20))
    made = plan(closed, option("open"))
    assert [item.candidate.id for item in made.options] == ["open", "closed"]
    assert ("next_round", "2026-11-16") in steps(made)
    assert "start" not in [step.code for step in plan(closed).steps]


ENDED = {"withdrawn_on": date(2026, 10, 20)}


def test_for_what_has_ended_another_is_looked_for_and_nothing_else_is_done() -> None:
    made = plan(option("gone", ("builds_on_competence",), **ENDED), spare=option("spare"))
    # Its own days hold for nobody any more.
    assert steps(made) == [
        ("find_another", "2026-11-05"),
        ("look_wider", "2026-11-09"),
        ("talk_to_coach", "2026-11-16"),
    ]
    assert {item.code for item in made.checklists[0].items} == {
        "find_another",
        "look_wider",
        "talk_to_coach",
    }
    (instead,) = made.fallback
    assert (instead.code, instead.values["option"].id) == ("instead_option", "spare")


def test_without_another_to_turn_to_the_search_goes_on() -> None:
    assert [remark.code for remark in plan(option(**ENDED)).fallback] == ["instead_search"]


def test_what_has_ended_comes_after_what_has_closed_and_is_no_option_to_turn_to() -> None:
    closed = option("closed", apply_by=date(2026, 10, 1))
    made = plan(option("gone", **ENDED), closed, spare=option("spare"))
    assert [item.candidate.id for item in made.options] == ["closed", "gone"]
    (other,) = (remark for remark in made.fallback if remark.code == "other_option")
    assert other.values["option"].id == "spare"


def test_nothing_is_done_for_studies_that_one_cannot_begin_now() -> None:
    closed = option(
        reasons=("builds_on_competence",),
        apply_by=date(2026, 10, 1),
        starts=date(2026, 11, 20),
        modes=("online",),
        schedule=("daytime",),
    )
    made = plan(closed, situation="employed")
    codes = {item.code for item in made.checklists[0].items}
    assert "next_round" in codes
    for code in ("ask_recognition", "agree_at_work", "try_devices", "ask_support", "start"):
        assert code not in codes
    assert "next_round" not in [remark.code for remark in made.fallback]


def test_only_days_that_others_have_set_stand_in_a_checklist() -> None:
    (checklist,) = plan(option(), situation="unemployed").checklists
    dated = {item.code for item in checklist.items if item.day}
    assert dated == {"enrol", "start", "ask_support"}


@pytest.mark.parametrize("type_", TYPES)
def test_the_fallback_says_what_counts_where_to_turn_and_when_again(type_: str) -> None:
    made = plan(option(type=type_), spare=option("spare"))
    counts, other, again = made.fallback
    assert counts.code.startswith("counts_")
    assert other.code == "other_option"
    assert other.values["option"].id == "spare"
    assert again.code == "next_round"


def test_the_second_option_chosen_is_the_one_to_turn_to() -> None:
    made = plan(option("first"), option("second"), spare=option("spare"))
    assert made.fallback[1].values["option"].id == "second"


def test_what_can_be_begun_at_any_time_has_no_next_round() -> None:
    made = plan(option(continuous=True, apply_by=None, starts=None))
    assert [remark.code for remark in made.fallback] == ["counts_credits"]


def test_who_is_too_late_for_a_round_turns_to_the_one_after_it() -> None:
    late = replace(option(), warnings=(Remark("too_late_for_round"),))
    assert [remark.code for remark in plan(late).fallback][-1] == "later_round"


@pytest.mark.parametrize(
    ("facts", "helps"),
    [
        ({"age_group": "under_25"}, True),
        ({"age_group": "25_29"}, True),
        ({"age_group": "30_plus"}, False),
        ({"age_group": "under_25", "place": "478"}, False),
        ({}, False),
    ],
)
def test_ohjaamo_helps_under_thirties(facts: dict[str, Any], helps: bool) -> None:
    assert ("ohjaamo" in plan(option(), **facts).helpers) is helps


def test_without_an_option_there_is_still_a_way_on() -> None:
    made = plan()
    assert [code for code, _ in steps(made)] == ["look_wider", "talk_to_coach", "look_again"]
    assert (made.fallback, made.checklists) == ((), ())
    assert made.helpers == ("coach",)


@given(
    st.lists(
        st.builds(
            lambda identity, type_, apply_by, starts, continuous, months: option(
                str(identity),
                type=type_,
                apply_by=apply_by,
                starts=starts,
                continuous=continuous,
                duration_months=months,
            ),
            st.integers(0, 9),
            st.sampled_from(TYPES),
            DAYS,
            DAYS,
            st.booleans(),
            st.none() | st.integers(1, 48),
        ),
        max_size=4,
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "situation": st.sampled_from(SITUATIONS),
            "goal": st.sampled_from(GOALS),
            "education": st.sampled_from(EDUCATION),
            "age_group": st.sampled_from(AGE_GROUPS),
            "place": st.sampled_from(["743", "478", "any", "maakunta_21"]),
            "start_by": st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(date.isoformat),
        },
    ),
)
def test_a_plan_always_has_three_steps_in_order_none_of_them_past(
    chosen: list[Suggestion], facts: dict[str, Any]
) -> None:
    made = plan(*chosen, **facts)
    days = [step.day.by for step in made.steps if step.day]
    assert len(days) == 3
    assert days == sorted(days)
    assert days[0] >= TODAY
    assert len(made.options) == min(len(chosen), MAX_OPTIONS)
    assert made.helpers[-1] == "coach"
    for checklist in made.checklists:
        assert all(item.day.by >= TODAY for item in checklist.items if item.day)
