"""`opastin run`: the whole service on one machine."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import AsyncIterator, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from opastin.errors import UserError
from opastin.logs import announce, keep_logs, teller
from opastin.memory import settle_memory
from opastin.progress import Progress, say
from opastin.settings import Settings, load_settings
from opastin.supervisor import HOST, Supervisor
from opastin.workers import choose_ports, worker_parts

DEFAULT_PORT = 8080
# Connections that are still open get this long when the service stops.
GOODBYE_SECONDS = 2.0
MOST_FILES = 65_536


@dataclass(frozen=True)
class Service:
    """A running service: where people reach it, and its inner processes by name."""

    url: str
    process_ids: dict[str, int]


@click.command()
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="Port of the gateway.")
@click.option("--host", default=HOST, show_default=True, help="Address that it listens on.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Pairs of Rasa and action server; each takes about a gigabyte.",
)
def command(port: int, host: str, workers: int) -> None:
    """Start the whole service: gateway, Rasa and action server. Ctrl-C stops it."""
    settings = load_settings()
    gateway = open_socket(host, port)
    tell = teller(settings)
    model = prepare(settings, tell)
    use_fast_loop()
    allow_many_sockets()
    keep_logs(settings, "gateway.log")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(until_told(_run(settings, gateway, model, workers), tell))


def prepare(settings: Settings, progress: Progress) -> Path:
    """Build whatever the home lacks; return the model to use."""
    from opastin.home import ensure_home
    from opastin.model import ensure_model

    ensure_home(settings, progress)
    return ensure_model(settings, progress)


def use_fast_loop() -> None:
    """Use uvloop where it is installed."""
    with contextlib.suppress(ImportError):
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())


def allow_many_sockets() -> None:
    """Take as many open files as the system gives: many start a process with 1,024, a chat each."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address, or raise a UserError that says why it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    gateway = socket.socket(family)
    gateway.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        gateway.bind((host, port))
        # Bound alone, the port could still be taken by another that reuses addresses.
        gateway.listen()
    except (OSError, OverflowError) as error:
        gateway.close()
        raise UserError(_why_not(host, port, error)) from error
    return gateway


@contextlib.asynccontextmanager
async def serving(
    settings: Settings, gateway: socket.socket, model: Path, *, say: Progress, workers: int = 1
) -> AsyncIterator[Service]:
    """Serve on `gateway` while the context lasts."""
    ports = [choose_ports(settings, number) for number in range(workers)]
    parts = worker_parts(settings, model, ports)
    urls = [f"http://{HOST}:{rasa_port}" for rasa_port, _ in ports]
    async with Supervisor(parts, say=say) as supervisor, answering(settings, gateway, urls) as url:
        yield Service(url, supervisor.process_ids)


@contextlib.asynccontextmanager
async def answering(
    settings: Settings, gateway: socket.socket, bot_urls: Sequence[str]
) -> AsyncIterator[str]:
    """Serve the gateway alone, before Rasa servers at `bot_urls`; give its address."""
    from aiohttp import ClientSession

    from web.app import create_app, create_runner
    from web.connections import listening
    from web.keys import CONNECTIONS
    from web.rasa_client import RasaClient

    async with ClientSession() as session:
        app = create_app(settings, RasaClient(session, bot_urls, settings.inner_secret))
        runner = create_runner(app, shutdown_timeout=GOODBYE_SECONDS)
        await runner.setup()
        try:
            async with listening(runner, app[CONNECTIONS], gateway):
                yield _address(gateway)
        finally:
            await runner.cleanup()


async def until_told(service: Coroutine[Any, Any, None], tell: Progress = say) -> None:
    """Run a service until it ends or the process is told to."""
    serving = asyncio.create_task(service)
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait([serving, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not serving.done():
        tell("Stopping ...")
        serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving
    tell("Stopped.")


async def _run(settings: Settings, gateway: socket.socket, model: Path, workers: int) -> None:
    tell = teller(settings)
    tell("Starting Rasa and the action server ...")
    async with serving(settings, gateway, model, say=tell, workers=workers) as service:
        settle_memory()
        announce(settings, f"Opastin is ready: {settings.public_url or service.url}")
        await asyncio.Event().wait()


def _address(gateway: socket.socket) -> str:
    host, port = gateway.getsockname()[:2]
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _why_not(host: str, port: int, error: OSError | OverflowError) -> str:
    if getattr(error, "errno", None) == errno.EADDRINUSE:
        return f"Port {port} is in use: stop what uses it, or choose another one with --port."
    if getattr(error, "errno", None) == errno.EACCES:
        return f"Port {port} needs more rights: choose one above 1023 with --port."
    return f"{host}:{port} cannot be listened on: choose another with --host and --port."
