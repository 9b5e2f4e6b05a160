"""How the two bots of `bench.turns` are run: their commands, databases and environment.

Both are asked over HTTP on loopback, on the channel that Rasa serves itself, and both have an
action server with our actions. Ours runs as `opastin run` starts it, but without the gateway; stock
by Rasa's own commands, with its REST channel, its SQL tracker store and its wording.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.engine import make_url

from bench.turns_through_gateway import free_port
from opastin.settings import Settings
from opastin.supervisor import HOST


@dataclass(frozen=True)
class Recipe:
    """How to run one bot: commands by name, each with the address that answers when it is up."""

    side: str
    url: str
    commands: Mapping[str, tuple[Sequence[str], str]]
    environment: Mapping[str, str]
    folder: Path
    headers: Mapping[str, str] = field(default_factory=dict)


def ours(folder: Path, model: Path, settings: Settings) -> Recipe:
    """Return how our bot is run; `settings` name its databases."""
    rasa, actions = free_port(), free_port()
    url = f"http://{HOST}:{rasa}"
    server = ("bot.server", "--port", str(rasa), "--actions-port", str(actions))
    return Recipe(
        side="ours",
        url=url,
        commands={
            "actions": (
                _python("bot.action_server", "--port", str(actions)),
                f"http://{HOST}:{actions}/health",
            ),
            "rasa": (_python(*server, "--model", str(model)), f"{url}/webhooks/gateway/"),
        },
        environment=settings.environment(),
        folder=folder,
        headers={"Authorization": f"Bearer {settings.inner_secret}"},
    )


def stock(folder: Path, model: Path, settings: Settings) -> Recipe:
    """Return how Rasa runs by its own commands, with our actions and a database of its own."""
    rasa, actions = free_port(), free_port()
    url = f"http://{HOST}:{rasa}"
    folder.mkdir(parents=True, exist_ok=True)
    endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
    content = {
        "action_endpoint": {"url": f"http://{HOST}:{actions}/webhook"},
        "tracker_store": {"type": "SQL", **_sql_store(settings.conversations_url)},
    }
    endpoints.write_text(yaml.safe_dump(content), encoding="utf-8")
    credentials.write_text("rest:\n", encoding="utf-8")
    files = ("--endpoints", str(endpoints), "--credentials", str(credentials))
    place = ("--interface", HOST, "--port", str(rasa))
    sdk = ("rasa_sdk", "--actions", "bot.actions", "--port", str(actions))
    return Recipe(
        side="stock",
        url=url,
        commands={
            "actions": (_python(*sdk), f"http://{HOST}:{actions}/health"),
            "rasa": (_python("rasa", "run", "--model", str(model), *files, *place), f"{url}/"),
        },
        # The SDK's command listens on every address unless told so.
        environment=settings.environment()
        | {"SANIC_HOST": HOST, "RASA_TELEMETRY_ENABLED": "false"},
        folder=folder,
    )


def _sql_store(url: str) -> dict[str, Any]:
    address = make_url(url)
    given = {
        "dialect": address.get_backend_name(),
        "url": address.host,
        "port": address.port,
        "db": address.database,
        "username": address.username,
        "password": address.password,
    }
    return {name: value for name, value in given.items() if value is not None}


def _python(*arguments: str) -> Sequence[str]:
    return (sys.executable, "-m", *arguments)
