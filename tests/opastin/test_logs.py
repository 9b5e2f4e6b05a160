"""Logs: where lines go, what they look like, and that they quote nobody."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from opastin.logs import JsonFormatter, announce, keep_logs
from opastin.settings import Settings
from tests.kept_logging import kept_logging


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, catalog_url="a", conversations_url="b", log_format="json")


@pytest.fixture(autouse=True)
def loggers_as_before() -> Iterator[None]:
    with kept_logging():
        yield


def lines_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_is_one_object_with_the_conversations_hash(settings: Settings) -> None:
    keep_logs(settings, "gateway.log")
    logging.getLogger("web.turns").warning("No\nanswer.", extra={"conversation": "abc123"})
    (line,) = lines_of((settings.home / "logs" / "gateway.log").read_text(encoding="utf-8"))
    assert line.pop("time")
    assert line == {
        "level": "warning",
        "logger": "web.turns",
        "message": "No\nanswer.",
        "conversation": "abc123",
    }


def test_turns_are_told_of_only_when_asked_for_and_libraries_not_at_all(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(settings, log_to="stderr")
    for level in ("warning", "info"):
        keep_logs(replace(settings, log_level=level), "gateway.log")
        logging.getLogger("web.turns").info(level)
        logging.getLogger("aiohttp.access").info(level)
    assert [line["message"] for line in lines_of(capsys.readouterr().err)] == ["info"]
    assert not (settings.home / "logs").exists()


def test_what_is_announced_is_a_line_of_the_same_kind(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    announce(settings, "Opastin is ready.")
    announce(replace(settings, log_format="text"), "Opastin is ready.")
    as_object, as_words = capsys.readouterr().out.splitlines()
    assert json.loads(as_object)["message"] == as_words == "Opastin is ready."


def test_an_error_is_named_by_its_kind_and_place_alone() -> None:
    try:
        int("minun salaisuuteni")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "It failed", (), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "salaisu" not in line
    assert "builtins.ValueError" in json.loads(line)["error"]
