"""`opastin evaluate nlu` from end to end: with a scripted model, and once with the real one."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from opastin import understand
from opastin.errors import UserError
from opastin.evaluate import command
from opastin.understand import Understood

FINNISH = """\
- {text: moi, intent: greet}
- {text: Vaasassa, intent: inform, asked: place, slots: {place: "905"}}
- {text: viimeistään tammikuussa, intent: inform, asked: start_by, slots: {start_by: 2027-01-31}}
"""
SWEDISH = "- {text: vad kostar det, intent: faq/cost}\n"


class ScriptedInterpreter:
    """Understands each text as it was told, and remembers what it was asked."""

    def __init__(self, meanings: Mapping[str, Understood]) -> None:
        self.asked: list[tuple[str, Mapping[str, Any]]] = []
        self._meanings = meanings

    def understand(self, text: str, metadata: Mapping[str, Any]) -> Understood:
        self.asked.append((text, metadata))
        return self._meanings.get(text, Understood(text))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for language, content in (("fi", FINNISH), ("sv", SWEDISH)):
        folder = tmp_path / "data" / language
        folder.mkdir(parents=True)
        (folder / "topic.yml").write_text(content, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def interpreter(monkeypatch: pytest.MonkeyPatch) -> ScriptedInterpreter:
    scripted = ScriptedInterpreter(
        {
            "moi": Understood("moi", "fi", "greet", 0.9),
            "Vaasassa": Understood("Vaasassa", "fi", "inform", 0.8, {"place": "905"}),
            "vad kostar det": Understood("vad kostar det", "sv", "faq/jotpa", 0.5),
        }
    )
    monkeypatch.setattr(understand, "load_interpreter", lambda: scripted)
    return scripted


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(command, ["nlu", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_every_message_is_understood_as_it_was_said(
    data: Path, interpreter: ScriptedInterpreter
) -> None:
    run("--data", data)

    assert interpreter.asked == [
        ("moi", {"asked": None}),
        ("Vaasassa", {"asked": "place"}),
        ("viimeistään tammikuussa", {"asked": "start_by"}),
        ("vad kostar det", {"asked": None}),
    ]


def test_the_table_is_printed(data: Path, interpreter: ScriptedInterpreter) -> None:
    assert "intent right" in run("--data", data).output


def test_one_language_alone(data: Path, interpreter: ScriptedInterpreter) -> None:
    run("--data", data, "--language", "sv")

    assert [text for text, _ in interpreter.asked] == ["vad kostar det"]


def test_everything_is_written_where_it_is_wished(
    data: Path, interpreter: ScriptedInterpreter, tmp_path: Path
) -> None:
    report, errors, picture = (tmp_path / name for name in ("a.json", "a.yml", "a.svg"))

    run("--data", data, "--json", report, "--errors", errors, "--picture", picture)

    content = json.loads(report.read_text(encoding="utf-8"))
    assert content["model"].startswith("opastin-")
    assert content["said_on"] == "2026-11-22"
    assert content["data"] == "data"
    assert len(content["digest"]) == 64
    assert content["figures"]["all"]["intent"]["count"] == 2
    assert content["figures"]["sv"]["confused"] == [["faq/cost", "faq/jotpa", 1]]
    wrong = yaml.safe_load(errors.read_text(encoding="utf-8"))
    assert [item["text"] for item in wrong] == ["viimeistään tammikuussa", "vad kostar det"]
    assert picture.exists()


def test_dates_count_from_the_day_on_which_messages_are_said(
    data: Path, interpreter: ScriptedInterpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = []

    def load() -> ScriptedInterpreter:
        days.append(understand.load_settings().today().isoformat())
        return interpreter

    monkeypatch.setenv("OPASTIN_NOW", "2030-05-05T10:00:00")
    monkeypatch.setattr(understand, "load_interpreter", load)
    run("--data", data)

    assert days == ["2026-11-22"]
    assert os.environ["OPASTIN_NOW"] == "2030-05-05T10:00:00"


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("--picture", "a.jpg", r"\.png nor in \.svg"),
        ("--json", "nowhere/a.json", "no folder nowhere"),
        ("--errors", "nowhere/a.yml", "no folder nowhere"),
        ("--data", "nowhere", "no folder nowhere"),
    ],
)
def test_mistakes_are_told_before_the_work(
    data: Path, interpreter: ScriptedInterpreter, option: str, value: str, named: str
) -> None:
    with pytest.raises(UserError, match=named):
        run("--data", data, option, value)

    assert interpreter.asked == []


@pytest.mark.timeout(600)
def test_the_real_model_can_be_measured(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "a.json"
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "home"))
    # Rasa 3.6.21 and the libraries that it brings warn about themselves.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run("--data", data, "--json", report)

    figures = json.loads(report.read_text(encoding="utf-8"))["figures"]["all"]
    assert figures["intent"]["count"] == figures["messages"]
    assert figures["slots"]["start_by"]["right"] == 1
