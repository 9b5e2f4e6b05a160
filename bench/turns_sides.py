"""The two bots of `bench.turns` as they run: started, timed to their first answer, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from aiohttp import ClientError, ClientSession, ClientTimeout

from bench.turns_recipes import Recipe
from bench.turns_talk import Talk
from opastin.settings import ROOT

START_SECONDS = 1800.0
STOP_SECONDS = 20.0
POLL_SECONDS = 0.05
# A turn that takes so long is none.
PATIENCE = ClientTimeout(total=120)


@dataclass
class Running:
    """A bot that answers: its processes by name, and how long it took to its first answer."""

    recipe: Recipe
    session: ClientSession
    processes: dict[str, psutil.Process]
    start_seconds: float = 0.0
    start_processor_seconds: float = 0.0
    talks: int = 0

    async def begin(self, language: str) -> Talk:
        """Begin a conversation and greet."""
        talk = self.talk(language)
        await talk.begin()
        return talk

    def talk(self, language: str) -> Talk:
        """Return a conversation in which nothing was said yet."""
        self.talks += 1
        recipe, sender = self.recipe, f"bench-{time.time_ns()}-{self.talks}"
        return Talk(recipe.side, self.session, recipe.url, recipe.headers, sender, language)

    def processor_seconds(self) -> dict[str, float]:
        """Return the processor time that each process has taken so far."""
        return {name: sum(one.cpu_times()[:2]) for name, one in self.processes.items()}

    def memory(self) -> dict[str, float]:
        """Return Rasa's memory in megabytes: what is its own alone, and all of it."""
        used = self.processes["rasa"].memory_full_info()
        return {"uss_mb": round(used.uss / 1e6), "rss_mb": round(used.rss / 1e6)}


@asynccontextmanager
async def running(recipe: Recipe, *, cores: set[int] | None = None) -> AsyncIterator[Running]:
    """Start a bot, time it to its first answer, and stop it at the end."""
    recipe.folder.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession(timeout=PATIENCE))
        bot, began = Running(recipe, session, {}), time.perf_counter()
        for name, (command, _) in recipe.commands.items():
            log = recipe.folder / f"{name}.log"
            process = await _spawn(command, recipe.environment, log, cores)
            stack.push_async_callback(_end, process)
            bot.processes[name] = psutil.Process(process.pid)
        for name, (_, health) in recipe.commands.items():
            await _until_up(session, health, bot.processes[name])
        await bot.talk("fi").say("Hei")
        bot.start_seconds = time.perf_counter() - began
        bot.start_processor_seconds = sum(bot.processor_seconds().values())
        yield bot


async def _spawn(
    command: Sequence[str], environment: Mapping[str, str], log: Path, cores: set[int] | None
) -> asyncio.subprocess.Process:
    # TensorFlow leaves files behind where temporary ones go.
    places = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "", "TMPDIR": str(log.parent)}
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=log.parent,
            env=os.environ | places | dict(environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_keep_to(cores) if cores else None,
        )


def _keep_to(cores: set[int]) -> Callable[[], None]:
    return lambda: os.sched_setaffinity(0, cores)


async def _until_up(session: ClientSession, health: str, process: psutil.Process) -> None:
    until = time.perf_counter() + START_SECONDS
    while time.perf_counter() < until:
        with suppress(ClientError):
            async with session.get(health) as answer:
                if answer.status == 200:
                    return
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            break
        await asyncio.sleep(POLL_SECONDS)
    sys.exit(f"{health} does not answer.")


async def _end(process: asyncio.subprocess.Process) -> None:
    # A group of its own, so that whatever the process has started ends with it.
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
            return
