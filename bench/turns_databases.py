"""Databases and Redis for `bench.turns`: servers of its own, gone at the end."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from sqlalchemy.engine import make_url

from bench.turns_talk import SIDES
from bench.turns_through_gateway import free_port
from opastin.supervisor import HOST
from tests.postgresql import running_server

DATABASES = ("sqlite", "postgresql")
REDIS_SECONDS = 10.0


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Mapping[str, str]]:
    """Give each side an empty database; pytest's own exceptions where PostgreSQL is missing."""
    if kind == "sqlite":
        yield {side: f"sqlite:///{folder / f'{side}.db'}" for side in SIDES}
        return
    with running_server() as server:
        connection = psycopg2.connect(server)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                for side in SIDES:
                    cursor.execute(f"CREATE DATABASE {side}")
        finally:
            connection.close()
        address = make_url(server)
        yield {side: str(address.set(database=side)) for side in SIDES}


@contextmanager
def redis() -> Iterator[str | None]:
    """Run a Redis that keeps nothing and give its address; None where there is none."""
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as folder:
        options = ("--port", str(port), "--bind", HOST, "--save", "", "--dir", folder)
        process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        try:
            _wait(program, port)
            yield f"redis://{HOST}:{port}/0"
        finally:
            process.terminate()
            process.wait()


def _wait(program: str, port: int) -> None:
    ping = (program.replace("redis-server", "redis-cli"), "-h", HOST, "-p", str(port), "ping")
    until = time.monotonic() + REDIS_SECONDS
    while time.monotonic() < until:
        done = subprocess.run(ping, capture_output=True, text=True)
        if done.stdout.strip() == "PONG":
            return
        time.sleep(0.05)
    raise TimeoutError("Redis does not answer.")
