"""The report over scripted people."""

from __future__ import annotations

import pytest

from opastin.dialogue_report import WANTED, as_json, as_table, is_reached, summarise
from opastin.dialogue_scripts import Script
from opastin.dialogue_trials import Trial


def trial(
    name: str, *, pace: str | None = None, situation: str = "happy path", **values: object
) -> Trial:
    script = Script(name, name.split("/")[0], situation, (), pace=pace)
    return Trial(script, **values)  # type: ignore[arg-type]


TRIALS = [
    trial("fi/a", pace="all at once", turns=3, turns_to_options=2),
    trial("fi/b", pace="as asked", turns=6, turns_to_options=5),
    trial(
        "sv/c", pace="as asked", turns=7, turns_to_options=6, repeated=["turn 2: utter_ask_place"]
    ),
    trial("fi/d", situation="unsure", failures=["turn 1: asks nothing"]),
]


def test_figures_over_all_people() -> None:
    assert summarise(TRIALS) == {
        "people": 4,
        "task_success": 0.75,
        "turns_to_options_all_at_once": 2,
        "turns_to_options_as_asked": 5.5,
        "repeated_questions": 1,
        "questions_about_what_was_said": 0,
        "dead_ends": 0,
    }


def test_figures_by_language_and_by_situation() -> None:
    report = as_json(TRIALS)
    assert report["languages"]["fi"]["people"] == 3
    assert report["languages"]["sv"]["repeated_questions"] == 1
    assert report["situations"]["unsure"]["task_success"] == 0
    assert report["situations"]["happy path"]["task_success"] == 1


@pytest.mark.parametrize(
    ("name", "value", "reached"),
    [
        ("task_success", 0.95, True),
        ("task_success", 0.94, False),
        ("turns_to_options_as_asked", 6, True),
        ("turns_to_options_as_asked", 6.5, False),
        ("turns_to_options_all_at_once", None, None),
        ("dead_ends", 1, False),
    ],
)
def test_what_is_wanted(name: str, value: float | None, reached: bool | None) -> None:
    assert is_reached(name, value) is reached


def test_every_figure_but_the_number_of_people_has_a_wanted_value() -> None:
    assert set(summarise(TRIALS)) - {"people"} == set(WANTED)


def test_the_table_names_everybody_and_what_went_wrong() -> None:
    table = as_table(TRIALS)
    assert all(item.script.name in table for item in TRIALS)
    assert "fi/d: turn 1: asks nothing" in table
    assert "sv/c: repeated: turn 2: utter_ask_place" in table


def test_the_table_ends_with_the_figures_against_what_is_wanted() -> None:
    lines = as_table(TRIALS).split("\n\n")[-1].splitlines()
    assert [line.split()[-1] for line in lines[1:]] == ["MISSED", "ok", "ok", "MISSED", "ok", "ok"]
