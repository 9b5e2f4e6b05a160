"""What the gateway counts of turns: the whole, the bot's part and its own."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from coaching.handoff import WAITING
from coaching.models import Conversation
from coaching.transcript import Understood
from web.keys import METRICS, STORAGE
from web.metrics import STAGES, Histogram, Metrics


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


async def test_each_part_of_a_turn_has_its_time(client: Any, person: Any) -> None:
    await person.say("hi")
    counted = await counts(client)
    for stage in STAGES:
        assert counted[f'opastin_stage_seconds_count{{stage="{stage}"}}'] == 1


@pytest.mark.parametrize(
    ("answer", "kind"), [({}, "bot_broken"), ({"replies": []}, "bot_silent"), (None, "bot_slow")]
)
async def test_failures_are_counted_by_kind(
    open_gateway: Any, settings: Any, arrive: Any, rasa: Any, answer: Any, kind: str
) -> None:
    client = await open_gateway(replace(settings, bot_timeout_seconds=0.2))
    person = await arrive(client)
    if answer is None:
        rasa.delay_seconds = 0.5
    else:
        rasa.answer = lambda _: answer
    await person.post(text="hi")
    counted = await counts(client)
    assert counted[f'opastin_failures_total{{kind="{kind}"}}'] == 1
    assert counted['opastin_failures_total{kind="internal"}'] == 0


def test_what_was_understood_is_counted_and_how_surely() -> None:
    metrics = Metrics()
    metrics.count_reading(Understood("inform", 0.93), is_button=False)
    metrics.count_reading(Understood("nlu_fallback", 0.2), is_button=False)
    metrics.count_reading(Understood("affirm", 1.0), is_button=True)
    counted = read(metrics.as_text(sockets=0))
    for reading in ("understood", "fallback", "button"):
        assert counted[f'opastin_messages_total{{reading="{reading}"}}'] == 1
    assert counted['opastin_confidence_bucket{le="0.2"}'] == 1
    assert counted["opastin_confidence_count"] == 2


async def test_who_waits_for_a_coach_is_counted(client: Any, person: Any, settings: Any) -> None:
    assert (await counts(client))["opastin_queue_waiting"] == 0
    since = settings.now() - timedelta(minutes=5)
    waits = update(Conversation).values(state=WAITING, waiting_since=since)
    await client.server.app[STORAGE].write(lambda session: session.execute(waits).close())
    counted = await counts(client)
    assert counted["opastin_queue_waiting"] == 1
    assert counted["opastin_queue_longest_seconds"] >= 299
    assert counted["opastin_database_up"] == 1


async def test_counts_come_without_the_database_too(client: Any, monkeypatch: Any) -> None:
    async def fail(_work: Any) -> None:
        raise OperationalError("SELECT", {}, Exception())

    monkeypatch.setattr(client.server.app[STORAGE], "read", fail)
    counted = await counts(client)
    assert counted["opastin_database_up"] == 0
    assert "opastin_queue_waiting" not in counted


async def test_it_is_told_when_retention_was_kept(client: Any) -> None:
    while not (kept := (await counts(client))["opastin_purged_timestamp_seconds"]):
        await asyncio.sleep(0.05)
    assert abs(kept - time.time()) < 3600


async def test_a_worker_that_cannot_answer_is_told(client: Any, rasa: Any) -> None:
    told = await counts(client)
    assert (told["opastin_workers"], told["opastin_workers_ready"]) == (1, 1)
    rasa.is_ready = False
    told = await counts(client)
    assert (told["opastin_workers"], told["opastin_workers_ready"]) == (1, 0)


def test_whether_other_gateways_are_heard_is_told_where_there_are_any() -> None:
    metrics = Metrics()
    assert "opastin_relay_up" not in read(metrics.as_text(sockets=0))
    metrics.hears_others = lambda: False
    assert read(metrics.as_text(sockets=0))["opastin_relay_up"] == 0


async def counts(client: Any) -> dict[str, float]:
    return read(await (await client.get("/metrics")).text())
