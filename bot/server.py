"""Rasa's process: `python -m bot.server --port N`, on this machine's loopback only.

Rasa's own command would open its whole API, show secrets in the process list, report telemetry
and print people's words.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.process import prepare_process
from opastin.memory import settle_memory
from opastin.settings import Settings, load_settings

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from sanic import Sanic

HOST = "127.0.0.1"


def main() -> None:
    """Serve the bot until the process is told to end."""
    arguments = _parse_arguments()
    prepare_process()
    settings = load_settings()
    app = create_app(settings, arguments.model, actions_port=arguments.actions_port)
    app.run(HOST, arguments.port, workers=1, access_log=False, motd=False)


def create_app(settings: Settings, model: Path, *, actions_port: int) -> Sanic:
    """Return the server's application; it loads `model` when it starts."""
    from rasa.core.channels.channel import register
    from sanic import Sanic

    from bot.channel import GatewayInput

    app = Sanic("opastin_bot", configure_logging=False)
    register([GatewayInput.from_credentials(None)], app, route="/webhooks/")

    @app.before_server_start
    async def load(app: Sanic, _loop: Any) -> None:
        app.ctx.agent = load_agent(settings, model, actions_port=actions_port)
        settle_memory()

    @app.after_server_stop
    async def close(app: Sanic, _loop: Any) -> None:
        await app.ctx.agent.action_endpoint.close()
        await app.ctx.agent.lock_store.close()

    return app


def load_agent(settings: Settings, model: Path, *, actions_port: int) -> Agent:
    """Return an agent that is ready to answer."""
    from rasa.core.agent import Agent

    from bot.action_endpoint import ActionEndpoint
    from bot.lock_store import SharedLockStore
    from bot.shortcuts import take_shortcuts
    from bot.tracker_store import BoundedTrackerStore
    from bot.wording import Wording

    actions = f"http://{HOST}:{actions_port}/webhook"
    take_shortcuts()
    return Agent.load(
        model,
        generator=Wording(),
        tracker_store=BoundedTrackerStore(host=settings.conversations_url),
        lock_store=SharedLockStore(settings.redis_url, turn_seconds=settings.bot_timeout_seconds),
        action_endpoint=ActionEndpoint(
            actions,
            timeout_seconds=settings.bot_timeout_seconds,
            secret=settings.inner_secret if settings.has_inner_secret else None,
        ),
    )


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--actions-port", type=int, required=True)
    parser.add_argument("--model", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
