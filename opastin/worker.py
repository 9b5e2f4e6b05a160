"""`opastin worker`: Rasa and its action server alone, for gateways on this machine."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import click

from opastin.errors import UserError
from opastin.logs import announce, teller
from opastin.run import prepare, until_told, use_fast_loop
from opastin.settings import Settings, load_settings
from opastin.supervisor import HOST, Supervisor, free_port
from opastin.workers import inner_parts


@click.command()
def command() -> None:
    """Start Rasa at OPASTIN_RASA_PORT, and its action server. Ctrl-C stops them."""
    settings = load_settings()
    if settings.rasa_port is None or not settings.has_inner_secret:
        raise UserError(
            "Set OPASTIN_RASA_PORT to a port for gateways to ask, and OPASTIN_INNER_SECRET to "
            "what they have."
        )
    tell = teller(settings)
    model = prepare(settings, tell)
    use_fast_loop()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(until_told(_serve(settings, model, settings.rasa_port), tell))


async def _serve(settings: Settings, model: Path, port: int) -> None:
    parts = inner_parts(settings, model, port, settings.actions_port or free_port())
    async with Supervisor(parts, say=teller(settings)):
        announce(settings, f"The worker is ready: http://{HOST}:{port}")
        await asyncio.Event().wait()
