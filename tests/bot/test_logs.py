"""Logs of the bot's processes hold no words of people."""

from __future__ import annotations

import json
import logging
import sys

from bot.logs import _as_json, _as_line, _without_words
from opastin.logs import WordlessFormatter


def test_an_exception_is_logged_with_its_place_but_without_its_message():
    try:
        try:
            int("minun salaisuuteni")
        except ValueError as error:
            raise KeyError("toinen salaisuus") from error
    except KeyError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "It failed", (), sys.exc_info())
    line = WordlessFormatter().format(record)
    assert "salaisu" not in line
    assert "builtins.KeyError" in line and "builtins.ValueError" in line
    assert "test_logs.py" in line


def test_rasas_lines_can_be_json():
    line = json.loads(_as_json(None, "error", {"event": "processor.parse", "level": "error"}))
    assert (line["level"], line["message"]) == ("error", "processor.parse")


def test_values_of_rasas_structured_lines_are_left_out():
    event = {"event": "processor.parse", "level": "error", "text": "salaisuus"}
    assert _as_line(None, "error", _without_words(None, "error", event)) == "error processor.parse"
