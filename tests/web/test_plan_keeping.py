"""A coach's steps in plans that the bot makes anew."""

from __future__ import annotations

from datetime import date

import pytest

from web.plan_keeping import joined

TODAY = date(2026, 11, 22)


def step(code, by=None, **more):
    return {"code": code, "text": code.title(), "by": by, "option": None, **more}


def texts(plan):
    return [item["text"] for item in plan["steps"]]


def test_a_coachs_step_is_kept_in_its_place():
    before = {"steps": [step("coach_1", "2026-12-05", changed_by="Anna"), step("enrol")]}
    plan = joined(
        {"steps": [step("apply", "2026-12-01"), step("start", "2027-01-10")]}, before, today=TODAY
    )
    assert texts(plan) == ["Apply", "Coach_1", "Start"]
    assert plan["changed_by"] == "Anna"


def test_a_step_that_a_coach_has_changed_is_not_doubled():
    changed = {**step("apply", "2026-12-02", changed_by="Anna"), "text": "Apply early"}
    plan = joined({"steps": [step("apply", "2026-12-01")]}, {"steps": [changed]}, today=TODAY)
    assert texts(plan) == ["Apply early"]


@pytest.mark.parametrize(
    "before",
    [{}, {"steps": [step("enrol")]}, {"steps": [step("x", "2026-11-21", changed_by="Anna")]}],
)
def test_without_a_coachs_step_ahead_the_bots_plan_stands(before):
    plan = {"steps": [step("apply")], "goal": "IT"}
    assert joined(plan, before, today=TODAY) == plan


def test_a_step_without_a_day_comes_last():
    before = {"steps": [step("coach_1", changed_by="Anna")]}
    plan = joined({"steps": [step("apply", "2026-12-01")]}, before, today=TODAY)
    assert texts(plan) == ["Apply", "Coach_1"]
