"""The figures as a table, as JSON, and the errors as YAML."""

from __future__ import annotations

import json

import yaml

from opastin.nlu_cases import Case
from opastin.nlu_report import as_json, as_table, misunderstood
from opastin.nlu_scores import Outcome, measure_groups
from opastin.understand import Understood

OUTCOMES = [
    Outcome(
        Case("moi", "greet", "fi", "fi", source="fi/a.yml:1"),
        Understood("moi", "fi", "greet", 0.9),
    ),
    Outcome(
        Case("Vasa", "inform", "sv", "sv", {"place": "905"}, "place", "sv/a.yml:1"),
        Understood("Vasa", "sv", "correct", 0.6, {"place": "743"}),
    ),
]


def test_the_table_has_a_column_for_each_language() -> None:
    lines = as_table(measure_groups(OUTCOMES)).splitlines()

    assert lines[0].split() == ["fi", "sv", "all"]
    intent = next(line for line in lines if line.startswith("intent right"))
    assert intent.split()[2:] == ["1.000", "(1/1)", "0.000", "(0/1)", "0.500", "(1/2)"]
    assert "place     1      1      0.000   0.000  0.000      -  0.000" in lines
    assert lines[-1].split() == ["inform", "correct", "1"]


def test_the_table_shows_no_messages() -> None:
    assert "Vasa" not in as_table(measure_groups(OUTCOMES))


def test_json_holds_every_figure() -> None:
    figures = as_json(measure_groups(OUTCOMES)["all"])

    assert json.loads(json.dumps(figures)) == figures
    assert figures["intent"] == {
        "share": 0.5,
        "count": 1,
        "of": 2,
        "low": 0.0945,
        "high": 0.9055,
    }
    assert figures["intents"]["greet"]["f1"] == 1.0
    assert figures["slots"]["place"]["missed"] == 1
    assert figures["confusion"] == {"greet": {"greet": 1}, "inform": {"correct": 1}}
    assert figures["confused"] == [["inform", "correct", 1]]
    assert figures["crisis_noticed"]["share"] is None


def test_errors_say_what_was_meant_and_what_was_understood() -> None:
    assert yaml.safe_load(misunderstood(OUTCOMES)) == [
        {
            "text": "Vasa",
            "asked": "place",
            "wrong": ["intent", "slots"],
            "slots_wrong": ["place"],
            "meant": {"intent": "inform", "language": "sv", "slots": {"place": "905"}},
            "understood": {
                "intent": "correct",
                "confidence": 0.6,
                "in_doubt": False,
                "language": "sv",
                "slots": {"place": "743"},
            },
            "source": "sv/a.yml:1",
        }
    ]
