"""What the gateway takes for many sockets and adds to a turn, and what its page takes to appear.

`python -m bench.gateway` starts gateways of its own and measures four things: the memory of one
with thousands of open chat sockets on one core; what it adds to the bot's own time while people
chat, with real Rasa and with a stand-in that answers after a fixed delay; how long after its
script the demo page and the chat's button are painted in Chromium; what a visit loads of the
widget. It prints a table on standard error and the figures as JSON on standard output. Nothing
else should run meanwhile; `load` in the figures tells whether it did.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from statistics import median, quantiles
from typing import Any

import psutil
from aiohttp import ClientSession

from bench.calibration import Calibration
from bench.gateway_bot import StandIn, standing_in
from bench.gateway_pages import Times, first_paints, visit_bytes
from bench.gateway_people import Person, a_few_at_once, chat, people
from bench.turns_through_gateway import show
from opastin.settings import ROOT
from web.chat_socket import HEARTBEAT_SECONDS

PARTS = ("sockets", "stand-in", "rasa", "page")
# What the project promises.
TARGETS = {
    "sockets_memory_mb": 150,
    "sockets_used_memory_mb": 150,
    "stand_in_added_p95_ms": 5,
    "rasa_added_p95_ms": 5,
    "launcher_after_script_ms": 100,
    "widget_bytes": 25_000,
}
STAND_IN_SECONDS = 0.05
THINK_SECONDS = 5.0
# Every socket is pinged twice meanwhile.
QUIET_SECONDS = 2 * HEARTBEAT_SECONDS


async def main() -> None:
    """Measure and print."""
    arguments = _parse_arguments()
    figures: dict[str, Any] = {"load": round(os.getloadavg()[0], 2)}
    parts = arguments.only or PARTS
    if "sockets" in parts:
        figures |= await measure_sockets(arguments.sockets)
    if "stand-in" in parts:
        async with standing_in(STAND_IN_SECONDS) as (bot, bot_url), gateway(bot_url) as running:
            figures |= await measure_turns("stand_in", running, arguments, bot)
    if "rasa" in parts:
        async with gateway() as running:
            figures |= await measure_turns("rasa", running, arguments)
    if "page" in parts:
        async with standing_in(0) as (_, bot_url), gateway(bot_url) as (_, url):
            figures |= await measure_page(url, arguments.loads)
    show(figures, TARGETS)


async def measure_sockets(count: int) -> dict[str, Any]:
    """Tell what memory open sockets take above an idle gateway on one core."""
    # The first core is the gateway's, and the people keep to the others.
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, set(cores[1:] or cores))
    try:
        async with (
            standing_in(0) as (_, bot_url),
            gateway(bot_url, core=cores[0]) as (process, url),
        ):
            async with people(url, 20) as warming:
                await a_few_at_once(warming, _say_one_thing, [])
            idle = memory_mb(process)
            figures: dict[str, Any] = {"idle_memory_mb": round(idle, 1)}
            began = time.perf_counter()
            async with people(url, count) as crowd:
                figures["sockets"] = len(crowd)
                figures["sockets_a_second"] = round(count / (time.perf_counter() - began))
                spent = processor_seconds(process)
                await asyncio.sleep(QUIET_SECONDS)
                spent = processor_seconds(process) - spent
                figures["sockets_memory_mb"] = round(memory_mb(process) - idle, 1)
                figures["sockets_core_share"] = round(spent / QUIET_SECONDS, 3)
                await a_few_at_once(crowd, _say_one_thing, [])
                figures["sockets_used_memory_mb"] = round(memory_mb(process) - idle, 1)
            figures["sockets_closed_memory_mb"] = round(memory_mb(process) - idle, 1)
    finally:
        os.sched_setaffinity(0, cores)
    return figures


async def measure_turns(
    name: str,
    running: tuple[psutil.Process, str],
    arguments: argparse.Namespace,
    bot: StandIn | None = None,
) -> dict[str, Any]:
    """Tell what the gateway adds to the bot's time while people chat.

    Seen from outside only a stand-in's own time is known; the way there and back counts too then.
    """
    process, url = running
    took: list[float] = []
    outside: list[float] = []

    def note(person: Person, seconds: float) -> None:
        took.append(seconds)
        if bot is not None:
            outside.append(seconds - bot.seconds[person.id])

    async with people(url, arguments.users) as chatting, ClientSession() as session:
        # Everybody has talked before; the gateway, too, has warmed up.
        await a_few_at_once(chatting, _say_one_thing, [])
        await _kept_times(session, url)
        spent = processor_seconds(process)
        calibration = Calibration()
        calibrating = asyncio.create_task(_now_and_then(calibration.run))
        wishes = {"seconds": arguments.seconds, "think_seconds": THINK_SECONDS, "note": note}
        await asyncio.gather(*(chat(person, n, **wishes) for n, person in enumerate(chatting)))
        calibrating.cancel()
        spent = processor_seconds(process) - spent
        kept = await _kept_times(session, url)
    return {
        f"{name}_turns": len(took),
        f"{name}_turns_a_second": round(len(took) / arguments.seconds, 1),
        **percentiles(f"{name}_turn", took),
        **percentiles(f"{name}_bot", [of_bot for _, of_bot in kept]),
        **percentiles(f"{name}_added", [whole - of_bot for whole, of_bot in kept]),
        **(percentiles(f"{name}_added_outside", outside) if outside else {}),
        f"{name}_processor_ms_a_turn": round(spent * 1000 / len(took), 1),
        # How many times as long as on a quiet core everything took meanwhile.
        f"{name}_slowness": round(calibration.slowness, 2),
    }


async def measure_page(url: str, loads: int) -> dict[str, Any]:
    """Tell when the demo page and the chat's button are painted, and what a visit loads."""
    first, found = await first_paints(url, loads)
    figures: dict[str, Any] = {}
    for part in ("page", "launcher"):
        medians = paint_medians(found, part)
        figures[f"{part}_after_script_ms"] = max(medians.values())
        figures[f"{part}_after_script_ms_by_size"] = medians
        figures[f"{part}_after_script_first_ms"] = max(paint_medians(first, part).values())
    loaded = await visit_bytes(url)
    return figures | {"widget_files": len(loaded), "widget_bytes": sum(loaded.values())}


def paint_medians(found: Times, part: str) -> dict[str, float]:
    """Return by size how long after the script a part is painted, the middle of all loads."""
    return {
        size: round(median(times[part] - times["script"] for times in loads), 1)
        for size, loads in found.items()
    }


@asynccontextmanager
async def gateway(
    bot: str | None = None, *, core: int | None = None
) -> AsyncIterator[tuple[psutil.Process, str]]:
    """Run a gateway with a home of its own while the context lasts, without `bot` before Rasa."""
    command = [sys.executable, "-m", "bench.gateway_process"]
    command += [] if bot is None else ["--bot", bot]
    command += [] if core is None else ["--core", str(core)]
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as home:
        environment = os.environ | {
            "OPASTIN_HOME": home,
            "OPASTIN_MESSAGES_PER_MINUTE": "1000000",
            "OPASTIN_CONVERSATIONS_PER_MINUTE": "1000000",
        }
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        try:
            url = (await process.stdout.readline()).decode().strip()
            if not url:
                sys.exit("The gateway did not start.")
            yield psutil.Process(process.pid), url
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


def percentiles(name: str, seconds: Sequence[float]) -> dict[str, float]:
    """Return the median and the slow end of some times in milliseconds."""
    return {
        f"{name}_ms": round(median(seconds) * 1000, 2),
        f"{name}_p95_ms": round(quantiles(seconds, n=20)[-1] * 1000, 2),
    }


def memory_mb(process: psutil.Process) -> float:
    """Return the memory that a process has to itself."""
    return float(process.memory_full_info().uss / 1e6)


def processor_seconds(process: psutil.Process) -> float:
    """Return the processor time that a process has taken, without those it has started."""
    return sum(process.cpu_times()[:2])


async def _say_one_thing(person: Person) -> float:
    return await person.say("Moi, mitä täällä voi opiskella?")


async def _now_and_then(act: Callable[[], None]) -> None:
    while True:
        act()
        await asyncio.sleep(1)


async def _kept_times(session: ClientSession, url: str) -> list[tuple[float, float]]:
    async with session.get(f"{url}/bench/turns") as response:
        return [(whole, of_bot) for whole, of_bot in await response.json()]


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="this part; again for more")
    parser.add_argument("--sockets", type=int, default=5000)
    parser.add_argument("--users", type=int, default=50, help="who chat")
    parser.add_argument("--seconds", type=float, default=60, help="how long they chat")
    parser.add_argument("--loads", type=int, default=20, help="of the page, for each size")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
