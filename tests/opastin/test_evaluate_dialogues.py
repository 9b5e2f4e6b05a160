"""The report over scripted people."""

from __future__ import annotations

from opastin.dialogue_scripts import Script
from opastin.dialogue_trials import Trial
from opastin.evaluate_dialogues import as_table, summarise


def trial(name: str, *, pace: str | None = None, **values: object) -> Trial:
    return Trial(Script(name, "fi", "test", (), pace=pace), **values)  # type: ignore[arg-type]


TRIALS = [
    trial("fi/a", pace="all at once", turns=3, turns_to_options=2),
    trial("fi/b", pace="as asked", turns=6, turns_to_options=5),
    trial(
        "fi/c", pace="as asked", turns=7, turns_to_options=6, repeated=["turn 2: utter_ask_place"]
    ),
    trial("fi/d", failures=["turn 1: asks nothing"]),
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


def test_the_table_names_everybody_and_what_went_wrong() -> None:
    table = as_table(TRIALS, summarise(TRIALS))
    assert all(item.script.name in table for item in TRIALS)
    assert "fi/d: turn 1: asks nothing" in table
    assert "fi/c: repeated: turn 2: utter_ask_place" in table
