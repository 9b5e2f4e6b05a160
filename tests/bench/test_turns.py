"""The parts of bench/turns.py that need neither Rasa nor a server: talk, figures, verdicts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bench.turns_figures import (
    as_table,
    crowd_figures,
    curve,
    judged,
    percentiles,
    start_figures,
    turn_figures,
)
from bench.turns_people import AROUND, LINES, MARKS, Crowd, Lines, Timed, talk_at_once, talk_long
from bench.turns_picture import draw
from bench.turns_recipes import Recipe, stock
from bench.turns_sides import Running
from bench.turns_talk import NoAnswerError
from opastin.settings import Settings


class FakeBot:
    """A server with the channels of both bots; it keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.is_silent = False

    async def answer_ours(self, request: web.Request) -> web.Response:
        message = await request.json()
        self.heard.append(message)
        replies = [] if self.is_silent else [{"text": "Hyvä.\n\nJatka.", "custom": None}]
        return web.json_response({"replies": replies, "language": "sv", "asked": "place"})

    async def answer_stock(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        return web.json_response([] if self.is_silent else [{"text": "Hyvä."}, {"text": "Jatka."}])


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
async def sides(bot: FakeBot, aiohttp_server: Any) -> AsyncIterator[list[Running]]:
    """Both bots as they run, but for their processes."""
    app = web.Application()
    app.router.add_post("/webhooks/gateway/webhook", bot.answer_ours)
    app.router.add_post("/webhooks/rest/webhook", bot.answer_stock)
    url = str((await aiohttp_server(app)).make_url("")).rstrip("/")
    async with ClientSession() as session:
        recipes = [Recipe(side, url, {}, {}, Path()) for side in ("ours", "stock")]
        yield [Running(recipe, session, {}) for recipe in recipes]


async def test_ours_is_told_what_the_gateway_tells(bot: FakeBot, sides: list[Running]) -> None:
    talk = await sides[0].begin("fi")
    said = await talk.say("Moi")

    assert [message["metadata"] for message in bot.heard] == [
        {"language": "fi", "asked": None},
        {"language": "sv", "asked": "place"},
    ]
    assert said.text == "Hyvä.\n\nJatka."


async def test_stock_is_told_the_language_once(bot: FakeBot, sides: list[Running]) -> None:
    talk = await sides[1].begin("sv")
    said = await talk.say("Hej")

    assert [m["message"] for m in bot.heard] == ['/greet{"language": "sv"}', "Hej"]
    assert said.text == "Hyvä.\n\nJatka."


async def test_a_bot_that_says_nothing_is_noticed(bot: FakeBot, sides: list[Running]) -> None:
    bot.is_silent = True

    for side in sides:
        with pytest.raises(NoAnswerError):
            await side.talk("fi").say("Moi")


async def test_both_sides_hear_the_same_lines(bot: FakeBot, sides: list[Running]) -> None:
    timed = await talk_long(sides, Lines(), "fi", marks=(5,))

    ours = [message["text"] for message in bot.heard if "text" in message]
    theirs = [message["message"] for message in bot.heard if "message" in message][1:]
    assert ours == theirs
    assert [(one.side, one.turn) for one in timed[:4]] == [
        ("stock", 2),
        ("ours", 2),
        ("ours", 3),
        ("stock", 3),
    ]
    assert all(one.is_same for one in timed)


async def test_people_at_once_count_what_they_got_done(bot: FakeBot, sides: list[Running]) -> None:
    crowd = await talk_at_once(sides[0], Lines(), users=2, seconds=0.05)

    assert crowd.turns == len(crowd.milliseconds) == len(bot.heard)
    assert (crowd.users, crowd.unanswered) == (2, 0)


def test_no_line_is_said_twice() -> None:
    lines = Lines()

    said = [lines.line(language, turn) for language in LINES for turn in range(1, 100)]

    assert len(set(said)) == len(said)


@pytest.mark.parametrize("mark", MARKS)
def test_every_line_comes_once_near_a_mark(mark: int) -> None:
    lines = Lines()
    near = [lines.line("en", turn) for turn in range(mark - AROUND, mark + AROUND + 1)]

    assert len({line.split()[-2] for line in near}) >= len(LINES["en"]) - 1
    assert len({line[:9] for line in near}) == len(LINES["en"])


def test_turns_are_compared_near_their_marks() -> None:
    timed = [
        Timed("ours", 4, 10.0, 30.0, True, False),
        Timed("ours", 5, 12.0, 30.0, False, True),
        Timed("stock", 4, 20.0, 30.0, True, False),
        Timed("stock", 5, 28.0, 30.0, False, False),
        Timed("ours", 50, 99.0, 30.0, True, False),
        Timed("ours", 199, 11.0, 30.0, True, False),
        Timed("ours", 200, 11.0, 30.0, True, False),
        Timed("stock", 200, 110.0, 30.0, True, False),
        Timed("stock", 201, 110.0, 30.0, True, False),
    ]

    figures = turn_figures(timed)

    assert figures["turn_5"]["ratio"] == pytest.approx(11 / 24, abs=0.001)
    assert figures["turn_5"]["ours_with_options"] == 0.5
    assert figures["turn_5"]["same_answer"]["ours"] == {}
    assert figures["turn_200"]["ratio"] == 0.1
    assert figures["ours_last_over_first"] == 1.0


def test_curve_has_a_point_for_ten_turns() -> None:
    timed = [Timed("ours", turn, float(turn), 30.0, True, False) for turn in (2, 4, 9, 10, 25)]

    assert curve(timed, "ours") == [(0, 4.0), (10, 10.0), (20, 25.0)]
    assert curve(timed, "stock") == []


def test_crowds_of_the_same_size_are_taken_together() -> None:
    crowds = [
        _crowd("ours", 8, turns=10, seconds=1.0),
        _crowd("ours", 8, turns=30, seconds=1.0),
        _crowd("stock", 8, turns=10, seconds=1.0),
    ]

    found = crowd_figures(crowds)["users_8"]

    assert found["ours"]["turns_a_second"] == 20.0
    assert found["ours"]["rasa_processor_ms_a_turn"] == 25.0
    assert found["ours"]["generator_processor_ms_a_turn"] == 5.0
    assert found["ratio"] == 2.0


def test_starts_are_told_by_their_middle() -> None:
    starts = [
        {side: {"seconds": seconds, "processor_seconds": 2 * seconds} for side in ("ours", "stock")}
        for seconds in (8.0, 9.0, 30.0)
    ]

    found = start_figures(starts)

    assert found["ours"] == {"seconds": 9.0, "processor_seconds": 18.0}
    assert (found["ratio"], found["count"]) == (1.0, 3)


def test_percentiles_need_two_times() -> None:
    assert percentiles([1.0]) == {}
    assert percentiles([1.0, 3.0])["median_ms"] == 2.0


def test_ratios_are_held_to_the_targets() -> None:
    verdicts = judged(_figures())

    assert verdicts["turn_5 sqlite"] == {"found": 0.6, "target": 0.5, "met": False}
    assert verdicts["turn_200 sqlite"]["met"]
    assert verdicts["turns_a_second_32 sqlite"] == {"found": 2.5, "target": 2.0, "met": True}
    assert verdicts["two_workers_over_one"]["met"] is False
    assert {"start", "ours_200_over_5 sqlite", "memory_uss sqlite"} <= verdicts.keys()
    assert "training" not in verdicts


def test_table_says_which_targets_are_missed() -> None:
    lines = as_table(_figures()).splitlines()

    assert next(line for line in lines if line.startswith("turn_5")).endswith("at most 0.5  NO")
    assert next(line for line in lines if "second_32" in line).endswith("at least 2.0  yes")


def test_picture_is_drawn_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.png", tmp_path / "b.png"

    draw(_figures(), first)
    draw(_figures(), second)

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("url", "store"),
    [
        ("sqlite:////tmp/a.db", {"dialect": "sqlite", "db": "/tmp/a.db"}),  # noqa: S108
        (
            "postgresql://me@127.0.0.1:7/stock",
            {
                "dialect": "postgresql",
                "url": "127.0.0.1",
                "port": 7,
                "db": "stock",
                "username": "me",
            },
        ),
    ],
)
def test_stock_stores_where_it_is_told(url: str, store: dict[str, Any], tmp_path: Path) -> None:
    import yaml

    stock(tmp_path, tmp_path / "model.tar.gz", Settings(tmp_path, "sqlite://", url))

    endpoints = yaml.safe_load((tmp_path / "endpoints.yml").read_text(encoding="utf-8"))
    assert endpoints["tracker_store"] == {"type": "SQL", **store}


def _crowd(side: str, users: int, *, turns: int, seconds: float) -> Crowd:
    times: Sequence[float] = [100.0] * turns
    return Crowd(side, users, turns, seconds, times, 0, turns * 0.005, {"rasa": turns * 0.025})


def _figures() -> dict[str, Any]:
    busy = {"ours": {"turns_a_second": 50.0}, "stock": {"turns_a_second": 20.0}, "ratio": 2.5}
    return {
        "start": {"ours": 10.0, "stock": 40.0, "ratio": 0.25},
        "workers": {"two_over_one": 1.5},
        "databases": {
            "sqlite": {
                "curve": {"ours": [(0, 20.0), (10, 21.0)], "stock": [(0, 40.0), (10, 60.0)]},
                "turn_5": {"ratio": 0.6},
                "turn_200": {"ratio": 0.1},
                "ours_last_over_first": 1.1,
                "users_32": busy,
                "memory": {"ratio": {"uss": 0.5, "rss": 0.6}},
            }
        },
    }
