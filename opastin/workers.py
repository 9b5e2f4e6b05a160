"""A worker: Rasa and its action server, as the supervisor starts them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from opastin.errors import UserError
from opastin.settings import ROOT, Settings
from opastin.supervisor import HOST, Part, free_port


def worker_parts(
    settings: Settings, model: Path, ports: Sequence[tuple[int, int]]
) -> tuple[Part, ...]:
    """Return the parts of workers with these ports, of Rasa and of the action server each.

    Raise UserError where chosen ports meet when they are counted upwards.
    """
    if len({port for pair in ports for port in pair}) < 2 * len(ports):
        raise UserError(
            f"With {len(ports)} workers leave at least {len(ports)} ports between "
            "OPASTIN_RASA_PORT and OPASTIN_ACTIONS_PORT: each worker takes the next of both."
        )
    pairs = [inner_parts(settings, model, *pair) for pair in ports]
    if len(pairs) == 1:
        return pairs[0]
    return tuple(_as_one_of(part, number) for number, pair in enumerate(pairs, 1) for part in pair)


def choose_ports(settings: Settings, number: int) -> tuple[int, int]:
    """Return the ports of a worker's Rasa and action server; chosen ones are counted upwards."""
    return (
        settings.rasa_port + number if settings.rasa_port else free_port(),
        settings.actions_port + number if settings.actions_port else free_port(),
    )


def inner_parts(
    settings: Settings, model: Path, rasa_port: int, actions_port: int
) -> tuple[Part, ...]:
    """Return Rasa and the action server as the supervisor starts them."""
    # Without a file, lines go where this process's own go.
    logs = settings.home / "logs" if settings.log_to == "file" else None
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
            logs and logs / "rasa.log",
        ),
        Part(
            "The action server",
            (sys.executable, "-m", *actions),
            f"http://{HOST}:{actions_port}/health",
            environment,
            logs and logs / "actions.log",
            # Rasa answers what it has been asked before it ends, and calls actions for that.
            ends_last=True,
        ),
    )


def _as_one_of(part: Part, number: int) -> Part:
    """Return a part that has others of its kind beside it."""
    return replace(
        part,
        name=f"{part.name} {number}",
        log=part.log and part.log.with_stem(f"{part.log.stem}-{number}"),
        # Encoders that use all cores make each other wait.
        environment={"OMP_NUM_THREADS": "1", **part.environment},
    )


def _python_path() -> str:
    # The inner processes import the project from wherever this one did.
    return ":".join(dict.fromkeys([str(ROOT), *filter(None, sys.path)]))
