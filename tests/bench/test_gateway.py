"""The bench of the gateway, on a few people."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from bench import gateway as bench
from bench.gateway_bot import OPTIONS_EVERY, StandIn, standing_in
from bench.turns_through_gateway import show
from web.rasa_client import read_answer


def test_times_are_told_in_milliseconds() -> None:
    found = bench.percentiles("turn", [0.001 * n for n in range(1, 101)])
    assert found == {"turn_ms": 50.5, "turn_p95_ms": 95.95}


def test_paints_are_told_from_the_coming_of_the_script() -> None:
    loads = [{"script": 10.0, "page": 10.0 + n, "launcher": 99.0} for n in (1, 2, 30)]
    assert bench.paint_medians({"360x800": loads}, "page") == {"360x800": 2.0}


def test_figures_are_held_to_what_is_promised(capsys: pytest.CaptureFixture[str]) -> None:
    show({"widget_bytes": 25_001, "sockets_memory_mb": 150, "load": 1}, bench.TARGETS)
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[-1] for line in told] == ["NO", "yes", "1"]


def test_the_stand_in_answers_as_rasa_does() -> None:
    bot = StandIn(0)
    metadata = {"language": "sv", "plain_language": True}
    answers = [read_answer(bot._say(turn, metadata)) for turn in range(1, OPTIONS_EVERY + 1)]
    assert {(answer.language, answer.plain_language) for answer in answers} == {("sv", True)}
    assert [bool(answer.drafts[0].custom) for answer in answers] == [False, False, True]


async def test_a_few_people_chat_and_every_turn_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bench, "THINK_SECONDS", 0.05)
    arguments = argparse.Namespace(users=3, seconds=0.5)
    async with standing_in(0.01) as (bot, url), bench.gateway(url) as running:
        figures: dict[str, Any] = await bench.measure_turns("few", running, arguments, bot)
    assert figures["few_turns"] >= 3
    assert figures["few_bot_ms"] >= 10
    assert 0 < figures["few_added_ms"] <= figures["few_added_p95_ms"]
    assert figures["few_turn_ms"] >= figures["few_bot_ms"]


async def test_open_sockets_are_counted_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "QUIET_SECONDS", 0.1)
    figures = await bench.measure_sockets(5)
    assert figures["sockets"] == 5
    assert figures["idle_memory_mb"] > 10
