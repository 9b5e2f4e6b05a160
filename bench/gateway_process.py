"""The gateway in a process of its own, as `opastin run` serves it, with every time kept.

It prints its address when it serves. `GET /bench/turns` gives the times of the turns since it
was last asked: `[whole, of which the bot's]` in seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientSession, web

from opastin.logs import keep_logs
from opastin.memory import settle_memory
from opastin.run import open_socket, prepare, use_fast_loop
from opastin.settings import Settings, load_settings
from opastin.supervisor import HOST, Supervisor, free_port
from opastin.workers import inner_parts
from web.app import create_app
from web.keys import METRICS
from web.metrics import Metrics
from web.rasa_client import RasaClient


@dataclass
class KeptTimes(Metrics):
    """Counts that keep the time of each turn, too."""

    kept: list[tuple[float, float]] = field(default_factory=list)

    def count_turn(self, began: float, bot_seconds: float | None) -> None:
        """Count and keep a turn."""
        super().count_turn(began, bot_seconds)
        if bot_seconds is not None:
            self.kept.append((time.perf_counter() - began, bot_seconds))

    async def hand_out(self, request: web.Request) -> web.Response:
        """Answer with what was kept, and forget it."""
        kept, self.kept = self.kept, []
        return web.json_response(kept)


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bot", help="the bot's address; without it Rasa is started")
    parser.add_argument("--core", type=int, help="run on this processor core alone")
    arguments = parser.parse_args()
    if arguments.core is not None:
        os.sched_setaffinity(0, {arguments.core})
    settings = load_settings()
    keep_logs(settings, "gateway.log")
    use_fast_loop()
    asyncio.run(_serve(settings, arguments.bot))


async def _serve(settings: Settings, bot: str | None) -> None:
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    gateway = open_socket(HOST, 0)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        url = bot or await stack.enter_async_context(_rasa(settings))
        app = create_app(settings, RasaClient(session, [url], settings.inner_secret))
        times = app[METRICS] = KeptTimes()
        app.router.add_get("/bench/turns", times.hand_out)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.SockSite(runner, gateway).start()
        settle_memory()
        print(f"http://{HOST}:{gateway.getsockname()[1]}", flush=True)
        await told.wait()


@asynccontextmanager
async def _rasa(settings: Settings) -> AsyncIterator[str]:
    """Run Rasa and the action server while the context lasts; give Rasa's address."""
    model = await asyncio.to_thread(prepare, settings, _ignore)
    port = free_port()
    parts = inner_parts(settings, model, port, free_port())
    async with Supervisor(parts, say=_ignore):
        yield f"http://{HOST}:{port}"


def _ignore(_text: str) -> None:
    """Say nothing."""


if __name__ == "__main__":
    main()
