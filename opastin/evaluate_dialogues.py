"""`opastin evaluate dialogues`: scripted people against the real bot."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import click

from opastin.dialogue_report import as_json, as_table
from opastin.dialogue_scripts import SCRIPTS, Script, check_names, read_scripts
from opastin.dialogue_trials import Trial, play
from opastin.errors import UserError
from opastin.texts import Texts, load_texts

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
@click.option("--only", default="*", help="Only scripts with names like this: 'fi/*', '*unsure*'.")
def command(url: str | None, report: Path | None, scripts: Path, only: str) -> None:
    """Let scripted people talk with the real bot over HTTP."""
    people, texts = read_scripts(scripts, only), load_texts()
    check_names(people, texts)
    trials = asyncio.run(_play_all(people, url, texts))
    click.echo(as_table(trials))
    if report is not None:
        content = as_json(trials)
        report.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    if not all(trial.is_success for trial in trials):
        raise UserError("Not every scripted person got what they came for: see the table.")


async def _play_all(scripts: Sequence[Script], url: str | None, texts: Texts) -> list[Trial]:
    from aiohttp import ClientConnectionError, ClientSession

    from opastin.chat import start_conversation

    trials = []
    async with _service(url) as address, ClientSession() as session:
        for script in scripts:
            try:
                conversation, greeting = await start_conversation(
                    session, address, script.language, plain_language=script.plain_language
                )
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
