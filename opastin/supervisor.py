"""Start the inner processes, wait until they answer, restart what dies, stop them all."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import aiohttp

from opastin.errors import UserError
from opastin.progress import Progress

HOST = "127.0.0.1"
START_SECONDS = 240.0
POLL_SECONDS = 0.05
STOP_SECONDS = 5.0
# A process that is alive and does not answer this many times running is as good as dead.
HEALTH_EVERY_SECONDS = 10.0
HEALTH_FAILURES = 3
BACK_OFF_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
# After so long without dying, the next death is the first again.
STEADY_SECONDS = 60.0
LOG_BYTES = 10_000_000
STANDARD_ERROR = 2
# Of the inner processes, on a scale up to 19; the gateway's is 0.
NICENESS = 5


@dataclass(frozen=True)
class Part:
    """One inner process: how it is started, and the address that answers once it is ready.

    Without a file for its lines they go to standard error. One that `ends_last` is needed by
    others while they end.
    """

    name: str
    command: Sequence[str]
    health: str
    environment: Mapping[str, str]
    log: Path | None
    ends_last: bool = False


class Supervisor:
    """Keeps the parts running while its context lasts."""

    def __init__(self, parts: Sequence[Part], *, say: Progress) -> None:
        """Take care of `parts`, telling `say` in one line each time something changes."""
        self._keepers = [_Keeper(part, say) for part in parts]
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Supervisor:
        """Start all parts and return when every one is ready; UserError when one cannot start."""
        self._tasks = [asyncio.create_task(keeper.keep()) for keeper in self._keepers]
        ready = [asyncio.create_task(keeper.ready.wait()) for keeper in self._keepers]
        try:
            while not all(keeper.ready.is_set() for keeper in self._keepers):
                waiting = [task for task in ready if not task.done()]
                await asyncio.wait([*waiting, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
                for keeping in self._tasks:
                    # A keeper ends only because its part cannot be started.
                    if keeping.done():
                        keeping.result()
        except BaseException:
            await self._stop()
            raise
        finally:
            for task in ready:
                task.cancel()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop all parts, by force where asking does not help."""
        await self._stop()

    @property
    def process_ids(self) -> dict[str, int]:
        """Return the process number of each running part by its name."""
        return {
            keeper.part.name: keeper.process.pid
            for keeper in self._keepers
            if keeper.process is not None and keeper.process.returncode is None
        }

    async def _stop(self) -> None:
        keeping = list(zip(self._keepers, self._tasks, strict=True))
        for is_last in (False, True):
            tasks = [task for keeper, task in keeping if keeper.part.ends_last is is_last]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class _Keeper:
    """Keeps one part running."""

    def __init__(self, part: Part, say: Progress) -> None:
        self.part = part
        self.process: asyncio.subprocess.Process | None = None
        self.ready = asyncio.Event()
        self._say = say

    async def keep(self) -> None:
        deaths = 0
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
            while True:
                began = time.monotonic()
                try:
                    reason = await self._run_once(session)
                finally:
                    await self._end()
                if not self.ready.is_set():
                    where = self.part.log or "the lines above"
                    raise UserError(f"{self.part.name} {reason} at its start: see {where}.")
                deaths = 0 if time.monotonic() - began > STEADY_SECONDS else deaths
                pause = BACK_OFF_SECONDS[min(deaths, len(BACK_OFF_SECONDS) - 1)]
                deaths += 1
                self._say(f"{self.part.name} {reason}; starting it again in {pause:g} s.")
                await asyncio.sleep(pause)

    async def _run_once(self, session: aiohttp.ClientSession) -> str:
        """Run the process until it ends, or has to; return why."""
        began = time.monotonic()
        self.process = await _spawn(self.part)
        ended = asyncio.create_task(self.process.wait())
        try:
            while not await self._answers(session):
                if ended.done():
                    return f"ended with status {ended.result()}"
                if time.monotonic() - began > START_SECONDS:
                    return f"did not answer in {START_SECONDS:g} s"
                await asyncio.sleep(POLL_SECONDS)
            self._say(f"{self.part.name} is ready ({time.monotonic() - began:.1f} s).")
            self.ready.set()
            return await self._watch(session, ended)
        finally:
            ended.cancel()

    async def _watch(self, session: aiohttp.ClientSession, ended: asyncio.Task[int]) -> str:
        failures = 0
        while failures < HEALTH_FAILURES:
            await asyncio.wait([ended], timeout=HEALTH_EVERY_SECONDS)
            if ended.done():
                return f"ended with status {ended.result()}"
            failures = 0 if await self._answers(session) else failures + 1
        return "stopped answering"

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(self.part.health) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def _end(self) -> None:
        process = self.process
        if process is None or process.returncode is not None:
            return
        # A group of its own, so that whatever the process has started ends with it.
        _signal_group(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except asyncio.TimeoutError:
            self._say(f"{self.part.name} does not stop by itself; ending it.")
            _signal_group(process.pid, signal.SIGKILL)
            await process.wait()


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def _spawn(part: Part) -> asyncio.subprocess.Process:
    with _open_log(part.log) as log:
        process = await asyncio.create_subprocess_exec(
            *part.command,
            env={**os.environ, **part.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_die_with_parent if _LIBC is not None else None,
        )
    await _come_after_the_gateway(process.pid)
    return process


@contextlib.contextmanager
def _open_log(path: Path | None) -> Iterator[int | BinaryIO]:
    if path is None:
        yield STANDARD_ERROR
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    with path.open("ab") as log:
        yield log


async def _come_after_the_gateway(process_id: int) -> None:
    # What the gateway has to do for a message is short, and would wait behind everything that
    # the bot does for others.
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process_id, NICENESS)
    # Linux may weigh sessions against each other first, and this is one of its own. It lets
    # others than root say so only ten times a second.
    for _ in range(5):
        try:
            Path(f"/proc/{process_id}/autogroup").write_text(str(NICENESS))
        except BlockingIOError:
            await asyncio.sleep(0.15)
        except OSError:
            return
        else:
            return


def _signal_group(process_id: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process_id, number)


_PR_SET_PDEATHSIG = 1
# Loaded before any fork: a child may not import anything.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    # Should this process be killed outright, Linux ends the child too.
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
