"""The command `opastin privacy`: erase, export and purge people's data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from opastin.errors import UserError
from opastin.settings import Settings, load_settings

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


@click.group()
def command() -> None:
    """Erase, export or purge people's data."""


@command.command("erase")
@click.argument("conversation", metavar="ID")
def erase_command(conversation: str) -> None:
    """Erase one conversation everywhere, for good."""
    from coaching.privacy import ErasureIncomplete, NothingToErase, erase, load_pseudonyms

    settings = load_settings()
    with _database(settings) as engine:
        pseudonyms = load_pseudonyms(settings.home)
        try:
            erasure = erase(engine, conversation, pseudonyms=pseudonyms, now=settings.now())
        except NothingToErase as error:
            if error.erased_at is not None:
                day = error.erased_at.date().isoformat()
                raise UserError(f"The conversation was erased already, on {day}.") from error
            raise UserError(_unknown(conversation)) from error
        except ErasureIncomplete as error:
            raise UserError(f"{error} Run the command again.") from error
        _note(engine, "erase", pseudonyms.in_audit(conversation), settings)
    click.echo(f"Removed: {_list(erasure.removed)}.")
    click.echo(f"Left: {sum(erasure.left.values())} rows in {len(erasure.left)} places.")


@command.command("export")
@click.argument("conversation", metavar="ID")
@click.option(
    "--save",
    is_flag=True,
    help="Write it to the folder exports of the home, where erasing and purging reach it.",
)
def export_command(conversation: str, save: bool) -> None:
    """Print everything that is stored of one conversation, as JSON."""
    from coaching.errors import UnknownConversation
    from coaching.privacy import export_conversation, load_pseudonyms
    from coaching.traces import save_export

    settings = load_settings()
    names = load_pseudonyms(settings.home)
    with _database(settings) as engine:
        try:
            data = export_conversation(engine, conversation, pseudonyms=names)
        except UnknownConversation as error:
            raise UserError(_unknown(conversation)) from error
        _note(engine, "export", names.in_audit(conversation), settings)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if save:
        click.echo(f"Saved: {save_export(settings.home, conversation, text)}")
    else:
        click.echo(text)


@command.command("purge")
def purge_command() -> None:
    """Erase what is older than the retention time."""
    from coaching.desk_retention import limits_by, purge_desk
    from coaching.privacy import ErasureIncomplete, load_pseudonyms, purge

    settings = load_settings()
    with _database(settings) as engine:
        now = settings.now()
        desk = purge_desk(
            engine, limits=limits_by(settings), audit_days=settings.audit_days, now=now
        )
        try:
            report = purge(
                engine,
                retention_days=settings.retention_days,
                pseudonyms=load_pseudonyms(settings.home),
                now=now,
            )
        except ErasureIncomplete as error:
            raise UserError(f"{error} Run the command again.") from error
    click.echo(
        f"Erased {report.expired} conversations unused for {settings.retention_days} days, "
        f"and {report.erased_before} again that had been erased before."
    )
    removed = {**report.rows, "exports": report.exports, **asdict(desk)}
    if any(removed.values()):
        click.echo(f"Removed: {_list(removed)}.")


def _note(engine: Engine, action: str, subject: str, settings: Settings) -> None:
    """Tell the audit that the operator saw or erased a person's words."""
    from coaching import audit
    from coaching.db import session_factory

    with session_factory(engine).begin() as session:
        audit.note(session, audit.OPERATOR, action, subject, settings.now())


@contextmanager
def _database(settings: Settings) -> Iterator[Engine]:
    from coaching.db import open_engine, upgrade_engine

    engine = open_engine(settings.conversations_url)
    try:
        upgrade_engine(engine)
        yield engine
    finally:
        engine.dispose()


def _unknown(conversation: str) -> str:
    return f"No conversation has the ID {conversation!r}; check it and the database's address."


def _list(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count) or "nothing"
