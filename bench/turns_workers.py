"""Two of our workers next to one in `bench.turns`, each with an action server on a core of its own.

Both are at the same PostgreSQL and Redis, and encode with one thread each. The load generator and
the databases run where there is room; what the generator takes is told.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.turns_databases import databases, redis
from bench.turns_figures import percentiles
from bench.turns_people import Crowd, Lines, talk_at_once
from bench.turns_recipes import Recipe
from bench.turns_sides import running

WORKERS = 2
USERS = 8
BLOCKS = 3
ONE_THREAD = {"OMP_NUM_THREADS": "1"}


async def measure_workers(
    make: Callable[..., Recipe], lines: Lines, seconds: float
) -> dict[str, Any]:
    """Return the turns a second of one worker and of two, and what each turn took of whom."""
    cores = sorted(os.sched_getaffinity(0))
    crowds: dict[int, list[list[Crowd]]] = {1: [], WORKERS: []}
    own: dict[int, float] = {1: 0.0, WORKERS: 0.0}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="opastin-bench-")))
        addresses = stack.enter_context(databases("postgresql", folder))
        redis_url = stack.enter_context(redis())
        bots = []
        for number in range(WORKERS):
            recipe = make(folder / str(number), addresses["ours"], redis_url)
            recipe = replace(recipe, environment={**recipe.environment, **ONE_THREAD})
            core = {cores[number % len(cores)]}
            bots.append(await stack.enter_async_context(running(recipe, cores=core)))
        for _ in range(BLOCKS):
            for count in crowds:
                began = time.process_time()
                talking = (
                    talk_at_once(bot, lines, users=USERS, seconds=seconds) for bot in bots[:count]
                )
                crowds[count].append(list(await asyncio.gather(*talking)))
                own[count] += time.process_time() - began
    figures = {f"workers_{count}": _figures(crowds[count], own[count]) for count in (1, WORKERS)}
    rates = [figures[f"workers_{count}"]["turns_a_second"] for count in (1, WORKERS)]
    return figures | {
        "users_a_worker": USERS,
        "cores": len(cores),
        "redis": redis_url is not None,
        "two_over_one": round(rates[1] / rates[0], 2),
    }


def _figures(blocks: list[list[Crowd]], own: float) -> dict[str, Any]:
    crowds = [crowd for block in blocks for crowd in block]
    turns = sum(crowd.turns for crowd in crowds)
    # Workers of a block talk at the same time.
    seconds = sum(max(crowd.seconds for crowd in block) for block in blocks)
    spent = {
        name: sum(crowd.processor_seconds[name] for crowd in crowds)
        for name in crowds[0].processor_seconds
    }
    return {
        "turns_a_second": round(turns / seconds, 1),
        **percentiles([time for crowd in crowds for time in crowd.milliseconds]),
        "unanswered": sum(crowd.unanswered for crowd in crowds),
        **{f"{name}_processor_ms_a_turn": round(v * 1000 / turns, 1) for name, v in spent.items()},
        "generator_processor_ms_a_turn": round(own * 1000 / turns, 2),
        "generator_core_share": round(own / seconds, 3),
    }
