"""`opastin run`: the whole service on one machine."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import click

from opastin.errors import UserError
from opastin.memory import settle_memory
from opastin.progress import Progress, say
from opastin.settings import ROOT, Settings, load_settings
from opastin.supervisor import HOST, Part, Supervisor, free_port

DEFAULT_PORT = 8080
# Connections that are still open get this long when the service stops.
GOODBYE_SECONDS = 2.0


@dataclass(frozen=True)
class Service:
    """A running service: where people reach it, and its inner processes by name."""

    url: str
    process_ids: dict[str, int]


@click.command()
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="Port of the gateway.")
@click.option("--host", default=HOST, show_default=True, help="Address that it listens on.")
def command(port: int, host: str) -> None:
    """Start the whole service: gateway, Rasa and action server. Ctrl-C stops it."""
    settings = load_settings()
    gateway = open_socket(host, port)
    model = prepare(settings, say)
    use_fast_loop()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run_until_told(settings, gateway, model))


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
    settings: Settings, gateway: socket.socket, model: Path, *, say: Progress
) -> AsyncIterator[Service]:
    """Serve on `gateway` while the context lasts."""
    from aiohttp import ClientSession, web

    from web.app import create_app, create_runner
    from web.rasa_client import RasaClient

    rasa_port = settings.rasa_port or free_port()
    parts = inner_parts(settings, model, rasa_port, settings.actions_port or free_port())
    async with Supervisor(parts, say=say) as supervisor, ClientSession() as session:
        bot = RasaClient(session, f"http://{HOST}:{rasa_port}", settings.inner_secret)
        app = create_app(settings, bot)
        runner = create_runner(app, shutdown_timeout=GOODBYE_SECONDS)
        await runner.setup()
        try:
            await web.SockSite(runner, gateway).start()
            yield Service(_address(gateway), supervisor.process_ids)
        finally:
            await runner.cleanup()


def inner_parts(
    settings: Settings, model: Path, rasa_port: int, actions_port: int
) -> tuple[Part, ...]:
    """Return Rasa and the action server as the supervisor starts them."""
    logs = settings.home / "logs"
    # The secret goes by the environment: arguments can be seen by everybody on the machine.
    environment = settings.environment() | {"PYTHONPATH": _python_path()}
    actions = ("bot.action_server", "--port", str(actions_port))
    rasa = (
        "bot.server",
        *("--port", str(rasa_port)),
        *("--actions-port", str(actions_port)),
        *("--model", str(model)),
    )
    return (
        Part(
            "Rasa",
            (sys.executable, "-m", *rasa),
            f"http://{HOST}:{rasa_port}/webhooks/gateway/",
            environment,
            logs / "rasa.log",
        ),
        Part(
            "The action server",
            (sys.executable, "-m", *actions),
            f"http://{HOST}:{actions_port}/health",
            environment,
            logs / "actions.log",
        ),
    )


async def _run_until_told(settings: Settings, gateway: socket.socket, model: Path) -> None:
    log_to(settings.home / "logs" / "gateway.log")
    say("Starting Rasa and the action server ...")
    service = asyncio.create_task(_run(settings, gateway, model))
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait([service, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not service.done():
        say("Stopping ...")
        service.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await service
    say("Stopped.")


async def _run(settings: Settings, gateway: socket.socket, model: Path) -> None:
    async with serving(settings, gateway, model, say=say) as service:
        settle_memory()
        click.echo(f"Opastin is ready: {settings.public_url or service.url}")
        await asyncio.Event().wait()


def log_to(path: Path) -> None:
    """Write the gateway's warnings and errors into the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=path,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )


def _python_path() -> str:
    # The inner processes import the project from wherever this one did.
    return ":".join(dict.fromkeys([str(ROOT), *filter(None, sys.path)]))


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
