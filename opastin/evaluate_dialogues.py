"""`opastin evaluate dialogues`: scripted people against the real bot."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import click

from opastin.dialogue_scripts import SCRIPTS, Script, read_scripts
from opastin.dialogue_trials import Trial, play
from opastin.errors import UserError

# Scripted people type faster than real ones, all from one address.
NO_LIMIT = 1_000_000


@click.command("dialogues")
@click.option("--url", help="A running service; without it one is started for the while.")
@click.option(
    "--json", "report", type=click.Path(path_type=Path), help="Write the figures to this file, too."
)
@click.option(
    "--scripts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=SCRIPTS,
    help="Folder of scripted people.",
)
def command(url: str | None, report: Path | None, scripts: Path) -> None:
    """Let scripted people talk with the real bot over HTTP."""
    trials = asyncio.run(_play_all(read_scripts(scripts), url))
    figures = summarise(trials)
    click.echo(as_table(trials, figures))
    if report is not None:
        content = {"figures": figures, "trials": [trial.as_json() for trial in trials]}
        report.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    if figures["task_success"] < 1:
        raise UserError("Not every scripted person got what they came for: see the table.")


def summarise(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return the figures over all trials."""
    return {
        "people": len(trials),
        "task_success": round(sum(trial.is_success for trial in trials) / len(trials), 3),
        "turns_to_options_all_at_once": _median_turns(trials, "all at once"),
        "turns_to_options_as_asked": _median_turns(trials, "as asked"),
        "repeated_questions": sum(len(trial.repeated) for trial in trials),
        "questions_about_what_was_said": sum(len(trial.asked_known) for trial in trials),
        "dead_ends": sum(len(trial.dead_ends) for trial in trials),
    }


def as_table(trials: Sequence[Trial], figures: dict[str, Any]) -> str:
    """Return one line for each person, what went wrong, and the figures."""
    width = max(len(trial.script.name) for trial in trials)
    lines = [f"{'script':{width}}  result  turns  to options  repeated  known  dead ends"]
    for trial in trials:
        result = "ok" if trial.is_success else "FAILED"
        options = "-" if trial.turns_to_options is None else str(trial.turns_to_options)
        lines.append(
            f"{trial.script.name:{width}}  {result:6}  {trial.turns:5}  {options:>10}"
            f"  {len(trial.repeated):8}  {len(trial.asked_known):5}  {len(trial.dead_ends):9}"
        )
    for trial in trials:
        wrong = [*trial.failures, *_named("repeated", trial.repeated)]
        wrong += [*_named("known", trial.asked_known), *_named("dead end", trial.dead_ends)]
        lines += [f"{trial.script.name}: {item}" for item in wrong]
    lines += [f"{name.replace('_', ' ')}: {value}" for name, value in figures.items()]
    return "\n".join(lines)


def _named(kind: str, items: Sequence[str]) -> list[str]:
    return [f"{kind}: {item}" for item in items]


def _median_turns(trials: Sequence[Trial], pace: str) -> float | None:
    turns = [
        trial.turns_to_options
        for trial in trials
        if trial.script.pace == pace and trial.turns_to_options is not None
    ]
    return median(turns) if turns else None


async def _play_all(scripts: Sequence[Script], url: str | None) -> list[Trial]:
    from aiohttp import ClientConnectionError, ClientSession

    from opastin.chat import start_conversation
    from opastin.texts import load_texts

    texts = load_texts()
    trials = []
    async with _service(url) as address, ClientSession() as session:
        for script in scripts:
            try:
                conversation, greeting = await start_conversation(session, address, script.language)
            except ClientConnectionError as error:
                raise UserError(f"No service answers at {address}.") from error
            trials.append(await play(script, greeting, conversation.send, texts))
    return trials


@asynccontextmanager
async def _service(url: str | None) -> AsyncIterator[str]:
    """Yield the address of a service: the one given, or one of its own with an empty home."""
    if url is not None:
        yield url.rstrip("/")
        return
    from opastin.progress import say
    from opastin.run import open_socket, prepare, serving
    from opastin.settings import load_settings
    from opastin.supervisor import HOST

    with tempfile.TemporaryDirectory(prefix="opastin-") as folder:
        home = Path(folder)
        settings = replace(
            load_settings(),
            home=home,
            catalog_url=f"sqlite:///{home / 'catalog.db'}",
            conversations_url=f"sqlite:///{home / 'conversations.db'}",
            messages_per_minute=NO_LIMIT,
            conversations_per_minute=NO_LIMIT,
        )
        model = prepare(settings, say)
        async with serving(settings, open_socket(HOST, 0), model, say=say) as service:
            yield service.url
