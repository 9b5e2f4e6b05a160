"""The pure parts of bench/understanding.py: its work, its figures and its table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.understanding import measure
from bench.understanding_figures import accuracies, as_table, errors_ratio, speed
from bench.understanding_work import (
    LANGUAGES,
    Message,
    Task,
    as_training_data,
    massive_tasks,
    own_task,
    read_messages,
    write_config,
    write_messages,
)
from bench.understanding_worker import best_intent

CONFIG = "pipeline: [{name: OurClassifier}]\npolicies: [{name: RulePolicy}]\n"
FOUND = {"new_ms": [10.0, 12.0, 20.0], "again_ms": [1.0, 1.0], "alone_ms": [(12.0, 10.0)] * 2}


def test_massive_is_one_task_or_one_for_each_language(samples: Path, tmp_path: Path) -> None:
    together = massive_tasks(samples / "massive", tmp_path, apart=False)
    apart = massive_tasks(samples / "massive", tmp_path, apart=True)

    assert [len(task.messages) for task in together] == [1650]
    assert [len(task.messages) for task in apart] == [550] * 3
    data = yaml.safe_load(together[0].training.read_text(encoding="utf-8"))["nlu"]
    assert {len(item["examples"].splitlines()) for item in data} == {20 * len(LANGUAGES)}


def test_own_messages_know_their_language_and_question(tmp_path: Path) -> None:
    (tmp_path / "fi").mkdir()
    (tmp_path / "fi" / "a.yml").write_text(
        "- {text: joo, intent: affirm, asked: goal}\n- {text: hinta, intent: faq/cost}\n"
    )

    assert own_task(tmp_path, tmp_path).messages == [
        Message("joo", "affirm", "fi", "goal"),
        Message("hinta", "faq_cost", "fi"),
    ]


def test_training_data_keeps_examples_by_intent() -> None:
    messages = [Message("a: b", "x", "fi"), Message("c", "y", "fi"), Message("d #e", "x", "sv")]

    items = yaml.safe_load(as_training_data(messages))["nlu"]

    assert {item["intent"]: item["examples"] for item in items} == {
        "x": "- a: b\n- d #e\n",
        "y": "- c\n",
    }


def test_pipelines_are_ours_of_the_configuration_and_stock_with_a_seed(tmp_path: Path) -> None:
    config, written = tmp_path / "config.yml", tmp_path / "written.yml"
    config.write_text(CONFIG, encoding="utf-8")

    write_config("ours", written, config=config, seed=7)
    ours = yaml.safe_load(written.read_text(encoding="utf-8"))
    write_config("stock", written, config=config, seed=7)
    stock = yaml.safe_load(written.read_text(encoding="utf-8"))

    assert ours["pipeline"] == [{"name": "OurClassifier"}]
    assert "policies" not in ours
    (diet,) = [item for item in stock["pipeline"] if item["name"] == "DIETClassifier"]
    assert (diet["epochs"], diet["random_seed"]) == (100, 7)


def test_messages_come_back_as_they_were(tmp_path: Path) -> None:
    messages = [Message("å\u2028\n", "x", "sv"), Message("ä", "y", "fi", "place")]

    write_messages(messages, tmp_path / "messages.json")

    assert read_messages(tmp_path / "messages.json") == messages


def test_accuracy_is_told_per_language_and_without_questions() -> None:
    messages = [
        Message("a", "x", "fi"),
        Message("b", "y", "fi", "goal"),
        Message("c", "x", "sv"),
    ]

    figures = accuracies(messages, ["x", None, "x"])

    errors = {name: (item["messages"], item["errors"]) for name, item in figures.items()}
    low, high = figures["all"]["interval"]
    assert low < 2 / 3 < high
    assert errors == {"all": (3, 1), "fi": (2, 1), "sv": (1, 0), "with no question": (2, 0)}


def test_errors_are_compared_where_there_are_any() -> None:
    ours = {"all": {"errors": 1}, "fi": {"errors": 1}}
    stock = {"all": {"errors": 4}, "fi": {"errors": 0}}

    assert errors_ratio(ours, stock) == {"all": 0.25, "fi": None}


def test_speed_has_the_ratio_to_the_encoder_where_it_was_measured() -> None:
    assert speed(FOUND)["over_encoder_median"] == 1.2
    assert "over_encoder_median" not in speed(FOUND | {"alone_ms": []})


@pytest.mark.parametrize(
    ("parsed", "intent"),
    [
        ({"intent": {"name": "x"}}, "x"),
        ({"intent": {"name": "nlu_fallback"}, "intent_ranking": [{"name": "y"}]}, "y"),
        ({"intent": {"name": None}, "intent_ranking": []}, None),
    ],
)
def test_the_fallback_is_no_intent(parsed: dict[str, Any], intent: str | None) -> None:
    assert best_intent(parsed) == intent


class FakeBench:
    """Reads everything rightly with ours, nothing with stock."""

    def run(self, task: Task, pipeline: str) -> dict[str, Any]:
        intents = [message.intent if pipeline == "ours" else None for message in task.messages]
        training = {"training_seconds": 3.0, "memory_mb": 800}
        return {"accuracy": accuracies(task.messages, intents), **speed(FOUND), **training}


def test_the_table_shows_both_pipelines_and_what_is_held() -> None:
    task = Task("massive", Path(), [Message("secret words", "x", "fi")])

    *_, figures = measure(FakeBench(), task, ["ours", "stock"])
    table = as_table("massive", figures)

    lines = {line[2:28].strip(): line for line in table.splitlines()}
    assert "errors 0.00 of stock's, at most 0.7: yes" in lines["accuracy fi"]
    assert lines["memory, MB"].endswith("at most 750: NO")
    assert "secret" not in table


def test_one_pipeline_alone_is_compared_with_nothing() -> None:
    task = Task("massive", Path(), [Message("a", "x", "fi")])

    (figures,) = measure(FakeBench(), task, ["stock"])

    assert "errors_ratio" not in figures
    assert "at most" not in as_table("massive", figures)
