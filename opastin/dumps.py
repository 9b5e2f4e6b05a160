"""Copy a database into a file and back: SQLite by its own copying, PostgreSQL by its programs."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from opastin.errors import UserError

SUFFIXES = {"sqlite": ".db", "postgresql": ".dump"}
BUSY_SECONDS = 30.0
_TABLE = re.compile(r"^\d+; \d+ \d+ TABLE \S+ (\S+) ", re.MULTILINE)


def kind_of(url: str) -> str:
    """Return `sqlite` or `postgresql`, or raise UserError where there is nothing to copy."""
    address = make_url(url)
    kind: str = address.get_backend_name()
    if kind not in SUFFIXES or (kind == "sqlite" and address.database in (None, "", ":memory:")):
        raise UserError("Only SQLite files and PostgreSQL can be backed up; check the addresses.")
    return kind


def dump(url: str, to: Path) -> None:
    """Write the whole database into a file as it is at one moment, while others go on with it."""
    if kind_of(url) == "sqlite":
        source = Path(str(make_url(url).database))
        if not source.exists():
            raise UserError(f"There is no database at {source}: check OPASTIN_HOME.")
        _copy(source, to)
        return
    arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
    _run("pg_dump", *arguments, url=url)


def load(url: str, source: Path) -> None:
    """Put what `dump` has written in place of everything in the database."""
    if kind_of(url) == "sqlite":
        target = Path(str(make_url(url).database))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Nobody writes to a backup; said so, it can lie where nothing can be written beside it.
        _copy(source, target, how="immutable=1")
        return
    dumped = set(_TABLE.findall(_run("pg_restore", "--list", str(source), url=url)))
    _drop(url, _tables(url) - dumped)
    _run(
        "pg_restore",
        *("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"),
        f"--dbname={make_url(url).database}",
        str(source),
        url=url,
    )


def holds_anything(url: str) -> bool:
    """Say whether the database has any table."""
    if kind_of(url) == "sqlite" and not Path(str(make_url(url).database)).exists():
        return False
    return bool(_tables(url))


def _copy(source: Path, target: Path, *, how: str = "mode=rw") -> None:
    is_new = not target.exists()
    address = f"{source.absolute().as_uri()}?{how}"
    try:
        with (
            closing(sqlite3.connect(address, timeout=BUSY_SECONDS, uri=True)) as there,
            closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as here,
        ):
            if is_new:
                target.chmod(0o600)
            there.backup(here)
            (verdict,) = here.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise UserError(f"{source} cannot be copied to {target}: {error}.") from error
    if verdict != "ok":
        raise UserError(f"{source} is damaged: {verdict}.")


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url, future=True, hide_parameters=True, poolclass=NullPool)
    try:
        yield engine
    except DBAPIError as error:
        raise UserError(
            f"The database that is there cannot be used ({str(error.orig).strip()}): move it away, "
            "or mend its address."
        ) from error
    finally:
        engine.dispose()


def _tables(url: str) -> set[str]:
    with _engine(url) as engine:
        return set(inspect(engine).get_table_names())


def _drop(url: str, tables: set[str]) -> None:
    """Drop what a later version has added: its upgrade would find it in its way."""
    with _engine(url) as engine, engine.begin() as connection:
        quote = engine.dialect.identifier_preparer.quote
        for table in sorted(tables):
            connection.exec_driver_sql(f"DROP TABLE {quote(table)} CASCADE")


def _run(program: str, *arguments: str, url: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - its arguments are ours
            [program, *arguments],
            env={**os.environ, **_environment(make_url(url))},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise UserError(
            f"{program} is missing: install PostgreSQL's client programs, of the server's version "
            "or newer."
        ) from error
    if done.returncode != 0:
        # Only its first words: what follows may quote a row.
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise UserError(f"{program} failed: {lines[0]}")
    return done.stdout


def _environment(address: URL) -> dict[str, str]:
    """Return how PostgreSQL's programs reach a database; arguments could be seen by others."""
    values = {
        "PGHOST": address.host,
        "PGPORT": address.port,
        "PGUSER": address.username,
        "PGPASSWORD": address.password,
        "PGDATABASE": address.database,
        **{f"PG{name.upper()}": value for name, value in address.query.items()},
    }
    return {name: str(value) for name, value in values.items() if value is not None}
