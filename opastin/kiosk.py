"""The command `opastin kiosk`: the devices in libraries that people visit."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from opastin.errors import UserError
from opastin.settings import TIME_ZONE, Settings, load_settings
from opastin.tables import aligned

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PIN_DIGITS = 6
LOCAL = "http://127.0.0.1:8080"
_NAME = re.compile(r"[^\W_][\w .,()/&+-]{0,63}")
_PIN = re.compile(r"[0-9]{4,12}")


@click.group()
def command() -> None:
    """Add, list and remove kiosk devices."""


@command.command("add")
@click.argument("name")
@click.option("--choose-pin", is_flag=True, help="Ask for the staff's PIN instead of drawing one.")
def add_command(name: str, choose_pin: bool) -> None:
    """Add a device; print the address to open on it once, and the staff's PIN."""
    from coaching.kiosks import KioskExists, add

    name = name.strip()
    if not _NAME.fullmatch(name):
        raise UserError("A kiosk's name has 1 to 64 letters, digits, spaces and simple signs.")
    pin = _ask_pin() if choose_pin else _draw_pin()
    settings = load_settings()
    with _session(settings) as session:
        try:
            code = add(session, name, pin=pin, now=settings.now())
        except KioskExists as error:
            raise UserError(
                f"There is a kiosk {name!r} already: choose another name or remove it first."
            ) from error
    click.echo("Open this address once on the device, within an hour:")
    click.echo(f"  {(settings.public_url or LOCAL).rstrip('/')}/kiosk/enrol/{code}")
    if settings.public_url is None:
        click.echo("  (Set OPASTIN_PUBLIC_URL if people reach the service at another address.)")
    if not choose_pin:
        click.echo(f"The staff's PIN, shown only now: {pin}")


@command.command("list")
def list_command() -> None:
    """Print every device, when it was last seen and its visits today."""
    from coaching.kiosks import states

    settings = load_settings()
    with _session(settings) as session:
        found = states(session, today=settings.today())
    if not found:
        click.echo("There are no kiosks yet. Add one: opastin kiosk add NAME")
        return
    rows = [("name", "enrolled", "last seen", "visits today", "last error")]
    rows += [
        (
            state.name,
            _shown(state.enrolled_at),
            _shown(state.seen_at),
            str(state.visits_today),
            state.last_error or "-",
        )
        for state in found
    ]
    for line in aligned(rows):
        click.echo(line)


@command.command("remove")
@click.argument("name")
def remove_command(name: str) -> None:
    """Remove a device: its token opens nothing from now on, and its visit ends."""
    from coaching.kiosks import remove

    settings = load_settings()
    with _session(settings) as session:
        is_removed = remove(session, name.strip(), now=settings.now())
    if not is_removed:
        raise UserError(f"There is no kiosk {name!r}; opastin kiosk list names them all.")
    click.echo(f"Removed the kiosk {name!r}.")


@contextmanager
def _session(settings: Settings) -> Iterator[Session]:
    from coaching.db import open_engine, session_factory, upgrade_engine

    engine = open_engine(settings.conversations_url)
    try:
        upgrade_engine(engine)
        with session_factory(engine).begin() as session:
            yield session
    finally:
        engine.dispose()


def _ask_pin() -> str:
    pin: str = click.prompt("PIN (4 to 12 digits)", hide_input=True, confirmation_prompt=True)
    if not _PIN.fullmatch(pin):
        raise UserError("A PIN has 4 to 12 digits.")
    return pin


def _draw_pin() -> str:
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


def _shown(moment: datetime | None) -> str:
    return "-" if moment is None else f"{moment.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}"
