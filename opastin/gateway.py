"""`opastin gateway`: a gateway alone, before workers that run elsewhere on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import click

from opastin.errors import UserError
from opastin.logs import announce, keep_logs, teller
from opastin.memory import settle_memory
from opastin.run import (
    DEFAULT_PORT,
    allow_many_sockets,
    answering,
    open_socket,
    until_told,
    use_fast_loop,
)
from opastin.settings import Settings, load_settings
from opastin.supervisor import HOST


@click.command()
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="Port of the gateway.")
@click.option("--host", default=HOST, show_default=True, help="Address that it listens on.")
def command(port: int, host: str) -> None:
    """Start a gateway before the workers at OPASTIN_BOT_URLS. Ctrl-C stops it."""
    settings = load_settings()
    if not settings.bot_urls or not settings.has_inner_secret:
        raise UserError(
            "Set OPASTIN_BOT_URLS to the addresses of the workers (http://127.0.0.1:5005), and "
            "OPASTIN_INNER_SECRET to what they have."
        )
    gateway = open_socket(host, port)
    from opastin.home import ensure_home

    tell = teller(settings)
    ensure_home(settings, tell)
    use_fast_loop()
    allow_many_sockets()
    keep_logs(settings, f"gateway-{port}.log")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(until_told(_serve(settings, gateway), tell))


async def _serve(settings: Settings, gateway: socket.socket) -> None:
    async with answering(settings, gateway, settings.bot_urls) as url:
        settle_memory()
        announce(settings, f"The gateway is ready: {settings.public_url or url}")
        await asyncio.Event().wait()
