"""What tests of several parts share: sample documents, and the whole service once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.postgresql import running_server

ROOT = Path(__file__).resolve().parents[1]
# A model may have to be trained first.
START_SECONDS = 240


@dataclass(frozen=True)
class Service:
    """A running service: its address, its home, and the process to end."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]


# Before pytest-xdist looks for the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together, where several processes run the tests, what shares something dear."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    file = item.path.relative_to(ROOT / "tests")
    # Reading the model takes longer than most of the tests that ask it, and two browsers at
    # the same time make each other wait.
    return file.parts[0] if file.parts[0] in {"bot", "browser", "faults"} else str(file)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of real sample documents, which lies beside the project."""
    folder = ROOT.parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the sample documents are not beside the project")
    return folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Return the address of a PostgreSQL database of the tests' own; leave it empty."""
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Start gateway, Rasa and action server as `opastin run` does, once for all tests."""
    with running_service(tmp_path_factory.mktemp("home")) as running:
        yield running


@contextmanager
def running_service(home: Path) -> Iterator[Service]:
    """Run the whole service on a home of its own."""
    port = _free_port()
    environment = {
        **os.environ,
        "OPASTIN_HOME": str(home),
        # Scripted people type faster than real ones, all from one address.
        "OPASTIN_MESSAGES_PER_MINUTE": "1000",
        "OPASTIN_CONVERSATIONS_PER_MINUTE": "1000",
    }
    log = home / "service.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "opastin.cli", "run", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        running = Service(f"http://127.0.0.1:{port}", home, process)
        try:
            _wait_until_ready(running, log)
            yield running
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(service: Service, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if service.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{service.url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail("the service did not start:\n" + log.read_text(encoding="utf-8")[-3000:])
