"""What the gateway counts of turns: the whole, the bot's part and its own."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from web.keys import METRICS
from web.metrics import Histogram, Metrics


def read(text: str) -> dict[str, float]:
    """Return the values of a page of metrics by name."""
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


def test_a_time_counts_under_every_limit_that_it_keeps() -> None:
    histogram = Histogram((0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 3.0):
        histogram.add(seconds)
    assert histogram.as_lines("x") == [
        "# TYPE opastin_x histogram",
        'opastin_x_bucket{le="0.1"} 2',
        'opastin_x_bucket{le="1.0"} 3',
        'opastin_x_bucket{le="+Inf"} 4',
        "opastin_x_sum 3.650000",
        "opastin_x_count 4",
    ]


def test_a_turn_without_the_bot_is_not_counted() -> None:
    metrics = Metrics()
    metrics.count_turn(0.0, None)
    assert read(metrics.as_text(sockets=0))["opastin_turn_seconds_count"] == 0


async def test_a_turn_is_shared_out_between_bot_and_gateway(
    client: Any, person: Any, rasa: Any
) -> None:
    rasa.delay_seconds = 0.05
    await person.say("over HTTP")
    async with client.ws_connect("/api/chat") as socket:
        await socket.send_json({"token": person.token, "after": 3})
        await socket.send_json({"text": "over a socket"})
        while "message" not in (frame := await socket.receive_json(timeout=5)) or (
            frame["message"]["from"] != "bot"
        ):
            pass
        # It is counted once it has been sent, which may be a moment after it came.
        while (counted := await counts(client))["opastin_turn_seconds_count"] < 2:
            pass
    assert counted["opastin_bot_seconds_sum"] >= 0.1
    assert counted["opastin_gateway_seconds_sum"] > 0
    shared = counted["opastin_bot_seconds_sum"] + counted["opastin_gateway_seconds_sum"]
    assert abs(shared - counted["opastin_turn_seconds_sum"]) < 0.000_01


async def test_a_turn_that_waits_for_the_one_before_begins_after_it(
    client: Any, person: Any, rasa: Any
) -> None:
    answered: list[float] = []
    began: list[float] = []
    metrics = client.server.app[METRICS]
    metrics.count_turn = lambda since, _: began.append(since)

    def answer(message: dict[str, Any]) -> Any:
        answered.append(time.perf_counter())
        return rasa.echo(message)

    rasa.answer = answer
    async with client.ws_connect("/api/chat") as socket:
        await socket.send_json({"token": person.token, "after": 1})
        for text in ("one", "two", "three"):
            await socket.send_json({"text": text})
        while len(began) < 3:
            await asyncio.sleep(0.01)
    assert began[1] > answered[0]
    assert began[2] > answered[1]


async def counts(client: Any) -> dict[str, float]:
    return read(await (await client.get("/metrics")).text())
