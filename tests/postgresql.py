"""A PostgreSQL server for tests, on a free port of loopback, stopped and removed at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@dataclass(frozen=True)
class PostgreSQL:
    """A server that can be stopped and started again on the same data."""

    url: str
    folder: Path
    control: tuple[str | Path, ...]
    options: str

    def start(self) -> None:
        """Start it and wait until it answers."""
        _run(*self.control, "-o", self.options, "-l", self.folder / "log", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it, if it runs: `fast` tells its clients, `immediate` is a crash."""
        # It may run although the start was broken off, by a signal say.
        if (self.folder / "data" / "postmaster.pid").exists():
            _run(*self.control, "-m", mode, "stop")


@contextmanager
def running_server() -> Iterator[str]:
    """Run a server of our own and yield the address of an empty database."""
    with running_postgresql() as server:
        yield server.url


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Run a server of our own with an empty database, and yield what starts and stops it."""
    binaries = programs()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is missing: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed")
    # Not under pytest's own folder, which other users may not enter.
    folder = Path(tempfile.mkdtemp(prefix="opastin-postgresql-"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [] if os.geteuid() else _as_other_user(folder)
    data = str(folder / "data")
    server = PostgreSQL(
        f"postgresql://tests@127.0.0.1:{port}/postgres",
        folder,
        (*command, binaries / "pg_ctl", "-D", data, "-w"),
        f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}",
    )
    try:
        _run(*command, binaries / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8")
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_other_user(folder: Path) -> list[str]:
    # PostgreSQL refuses to run as root.
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        text=True,
        timeout=120,
    )
    if done.returncode != 0:
        pytest.fail(f"{command[-1]}: {done.stderr[-1000:]}")
