"""Our bot's turns next to those of Rasa as it comes: same data, same machine, same run.

`python -m bench.turns` runs both side by side and asks them the same things in turn, over Rasa's
own HTTP channel on loopback: the start to the first answer, a turn near the 5th, 50th and 200th of
a conversation, turns a second of 1, 8 and 32 people who do not think, Rasa's memory; on SQLite and
on PostgreSQL; two workers of ours next to one; training. It prints the ratios with their targets;
`--json` keeps all figures and `--picture` draws them. The stock model is trained first, once, and
kept (bench/turns_stock_model.py). Nothing else should run meanwhile; `load` in the figures tells
whether it did, and `slowness` how many times as slow as meant the cores were
(bench/calibration.py).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.calibration import Calibration
from bench.turns_databases import DATABASES, databases
from bench.turns_figures import (
    as_table,
    crowd_figures,
    judged,
    start_figures,
    turn_figures,
)
from bench.turns_people import LINES, Lines, talk_at_once, talk_long
from bench.turns_picture import draw
from bench.turns_recipes import Recipe, ours, stock
from bench.turns_sides import Running, running
from bench.turns_stock_model import stock_model
from bench.turns_training import train_both
from bench.turns_workers import measure_workers
from opastin.home import ensure_home
from opastin.model import ensure_shared_model
from opastin.progress import say
from opastin.settings import Settings, load_settings

PARTS = ("sqlite", "postgresql", "workers", "training")
USERS = (1, 8, 32)
BLOCKS = 2


async def main() -> None:
    """Measure and print."""
    arguments = _parse_arguments()
    asyncio.get_running_loop().add_signal_handler(
        signal.SIGTERM,
        asyncio.current_task().cancel,  # type: ignore[union-attr]
    )
    figures = _known(arguments.json)
    models = {"ours": ensure_shared_model(), "stock": stock_model(arguments.stock_epochs)}
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as name:
        bench = Bench(Path(name), models, arguments)
        for part in arguments.only or PARTS:
            before, calibration = os.getloadavg()[0], bench.renew_calibration()
            measured = await bench.measure(part)
            if measured is None:
                continue
            stated = {
                "at": time.strftime("%Y-%m-%d %H:%M"),
                "load": [round(before, 1), round(os.getloadavg()[0], 1)],
                "slowness": round(calibration.slowness, 2),
            }
            _add(figures, part, measured | stated)
            if arguments.json is not None:
                arguments.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    print(as_table(figures))
    if arguments.picture is not None:
        draw(figures, arguments.picture)


class Bench:
    """Measures one part after the other, with files in a folder."""

    def __init__(
        self, folder: Path, models: dict[str, Path], arguments: argparse.Namespace
    ) -> None:
        """Measure with these models."""
        self._folder = folder
        self._models = models
        self._arguments = arguments
        self._lines = Lines()
        self._calibration = Calibration()

    def renew_calibration(self) -> Calibration:
        """Return a new loop that runs between the steps from now on."""
        self._calibration = Calibration()
        self._calibration.run()
        return self._calibration

    async def measure(self, part: str) -> dict[str, Any] | None:
        """Return the figures of a part; None where the machine cannot run it."""
        say(f"{time.strftime('%H:%M:%S')} {part} ...")
        if part == "training":
            return train_both(self._folder, self._arguments.timed_epochs)
        try:
            if part == "workers":
                recipe = self._recipe("ours", ours)
                return await measure_workers(recipe, self._lines, self._arguments.seconds)
            return await self._measure_database(part)
        except (pytest.skip.Exception, pytest.fail.Exception) as error:
            say(f"PostgreSQL is left out: {error}")
            return None

    async def _measure_database(self, kind: str) -> dict[str, Any]:
        with ExitStack() as stack:
            folder = self._folder / kind
            folder.mkdir()
            addresses = stack.enter_context(databases(kind, folder))
            recipes = [
                self._recipe("ours", ours)(folder / "ours", addresses["ours"]),
                self._recipe("stock", stock)(folder / "stock", addresses["stock"]),
            ]
            starts = [await self._start_once(recipes) for _ in range(self._arguments.starts)]
            async with running(recipes[0]) as first, running(recipes[1]) as second:
                bots = (first, second)
                starts.append({bot.recipe.side: _start(bot) for bot in bots})
                started = {bot.recipe.side: bot.memory() for bot in bots}
                say(f"{time.strftime('%H:%M:%S')}   conversations")
                figures = turn_figures(await self._talk(bots))
                say(f"{time.strftime('%H:%M:%S')}   people at once")
                figures |= await self._crowds(bots)
                figures["memory"] = _memory({bot.recipe.side: bot.memory() for bot in bots})
                figures["memory_at_start"] = _memory(started)
        return figures | {"starts": starts}

    async def _start_once(self, recipes: list[Recipe]) -> dict[str, Any]:
        started = {}
        for recipe in recipes:
            async with running(recipe) as bot:
                started[recipe.side] = _start(bot)
        return started

    async def _talk(self, bots: tuple[Running, ...]) -> list[Any]:
        timed = []
        for number in range(self._arguments.conversations):
            self._calibration.run()
            timed += await talk_long(bots, self._lines, tuple(LINES)[number % len(LINES)])
        return timed

    async def _crowds(self, bots: tuple[Running, ...]) -> dict[str, Any]:
        crowds = []
        for _ in range(BLOCKS):
            for users in USERS:
                for bot in bots:
                    self._calibration.run()
                    crowds.append(
                        await talk_at_once(
                            bot, self._lines, users=users, seconds=self._arguments.seconds
                        )
                    )
        return crowd_figures(crowds)

    def _recipe(
        self, side: str, make: Callable[[Path, Path, Settings], Recipe]
    ) -> Callable[..., Recipe]:
        """Return how a side is run in a folder on a database."""
        home = self._folder / "home"

        def recipe(folder: Path, url: str, redis_url: str | None = None) -> Recipe:
            settings = replace(
                load_settings(),
                home=home,
                catalog_url=f"sqlite:///{home / 'catalog.db'}",
                conversations_url=url,
                redis_url=redis_url,
            )
            # What stock stores is its own affair; both find the same catalogue.
            if side == "ours":
                ensure_home(settings)
            return make(folder, self._models[side], settings)

        return recipe


def _start(bot: Running) -> dict[str, float]:
    return {
        "seconds": round(bot.start_seconds, 1),
        "processor_seconds": round(bot.start_processor_seconds, 1),
    }


def _memory(sides: dict[str, dict[str, float]]) -> dict[str, Any]:
    ratio = {
        kind.removesuffix("_mb"): round(sides["ours"][kind] / sides["stock"][kind], 3)
        for kind in sides["ours"]
    }
    return {**sides, "ratio": ratio}


def _add(figures: dict[str, Any], part: str, measured: dict[str, Any]) -> None:
    if part in DATABASES:
        figures.setdefault("databases", {})[part] = measured
        starts = [one for each in figures["databases"].values() for one in each["starts"]]
        figures["start"] = start_figures(starts)
    else:
        figures[part] = measured
    figures["judged"] = judged(figures)


def _known(path: Path | None) -> dict[str, Any]:
    """Return the figures of parts that were measured before."""
    if path is None or not path.exists():
        return {}
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return known


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="this part; again for more")
    parser.add_argument("--conversations", type=int, default=6, help="of 202 turns each")
    parser.add_argument("--seconds", type=float, default=15, help="of a crowd, twice each")
    parser.add_argument("--starts", type=int, default=1, help="more than the one to talk with")
    parser.add_argument(
        "--stock-epochs", type=int, default=5, help="of the stock model that is talked with"
    )
    parser.add_argument(
        "--timed-epochs", type=int, default=3, help="of the stock training that is timed"
    )
    parser.add_argument("--json", type=Path, help="add the figures to this file")
    parser.add_argument("--picture", type=Path, help="draw them; the suffix tells the format")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except asyncio.CancelledError:
        sys.exit(128 + signal.SIGTERM)
