"""The service on several processes: two workers, two gateways, PostgreSQL, Redis and nginx."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from opastin.settings import ROOT
from tests.nginx_server import running_nginx
from tests.redis_server import RedisServer, running_redis

# Alone a worker takes seconds; beside others, with four of them starting, a minute or two.
START_SECONDS = 240.0
STOP_SECONDS = 30.0


@dataclass
class Part:
    """A command of ours that serves, and the address that says when it does."""

    arguments: Sequence[str]
    ready: str
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    program: Sequence[str] = ("-m", "opastin.cli")

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, *self.arguments],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        """Wait until it serves."""
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if answers(self.ready):
                return
            time.sleep(0.1)
        pytest.fail("a part did not start:\n" + self.log.read_text(encoding="utf-8")[-3000:])

    def spent(self) -> float:
        """Return the processor time that it and its children have taken."""
        assert self.process is not None
        family = [psutil.Process(self.process.pid)]
        family += family[0].children(recursive=True)
        return sum(sum(member.cpu_times()[:2]) for member in family)

    def child(self, module: str) -> psutil.Process:
        """Return the process that it has started with a module of ours."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children(recursive=True)
        return next(child for child in children if module in child.cmdline())

    def kill(self) -> None:
        """Kill it and all that it has started."""
        assert self.process is not None
        family = [psutil.Process(self.process.pid)]
        family += family[0].children(recursive=True)
        for member in family:
            member.kill()
        self.process.wait()

    def stop(self) -> None:
        """Tell it to end, and wait until it has."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass
class Topology:
    """All of it, and where people reach it."""

    url: str
    database: str
    redis: RedisServer
    workers: list[Part] = field(default_factory=list)
    gateways: list[Part] = field(default_factory=list)
    gateway_urls: list[str] = field(default_factory=list)

    def mend(self) -> None:
        """Start again what a test has stopped."""
        if self.redis.process is None:
            self.redis.start()
        stopped = [
            part
            for part in (*self.workers, *self.gateways)
            if part.process is None or part.process.poll() is not None
        ]
        for part in stopped:
            part.start()
        for part in (*self.workers, *self.gateways):
            part.wait()


@contextmanager
def running_topology(folder: Path, database: str) -> Iterator[Topology]:
    """Run everything on free ports of loopback, on an empty database."""
    with ExitStack() as stack:
        redis = stack.enter_context(running_redis())
        rasa_ports, gateway_ports = free_ports(2), free_ports(2)
        shared = {
            "OPASTIN_HOME": str(folder / "home"),
            "OPASTIN_CONVERSATIONS_URL": database,
            "OPASTIN_CATALOG_URL": database,
            "OPASTIN_REDIS_URL": redis.url,
            "OPASTIN_INNER_SECRET": "known-to-gateways-and-workers",
            "OPASTIN_BOT_URLS": ",".join(f"http://127.0.0.1:{port}" for port in rasa_ports),
            "OPASTIN_TRUSTED_PROXIES": "127.0.0.1",
            "OPASTIN_MESSAGES_PER_MINUTE": "1000",
            "OPASTIN_CONVERSATIONS_PER_MINUTE": "1000",
            "OMP_NUM_THREADS": "1",
        }
        gateway_urls = [f"http://127.0.0.1:{port}" for port in gateway_ports]
        address = stack.enter_context(
            running_nginx(folder, [url.removeprefix("http://") for url in gateway_urls])
        )
        topology = Topology(address, database, redis, gateway_urls=gateway_urls)
        for number, port in enumerate(rasa_ports, 1):
            topology.workers.append(
                Part(
                    ["worker"],
                    f"http://127.0.0.1:{port}/webhooks/gateway/ready",
                    shared | {"OPASTIN_RASA_PORT": str(port)},
                    folder / f"worker-{number}.log",
                )
            )
        for port, url in zip(gateway_ports, gateway_urls, strict=True):
            topology.gateways.append(
                Part(
                    ["gateway", "--port", str(port)],
                    f"{url}/readyz",
                    shared,
                    folder / f"gateway-{port}.log",
                )
            )
        try:
            # All at once on an empty database, as on a first day.
            topology.mend()
            yield topology
        finally:
            for part in (*topology.gateways, *topology.workers):
                if part.process is not None and part.process.poll() is None:
                    part.stop()


def free_ports(count: int) -> list[int]:
    """Return different ports that nobody uses now."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def answers(url: str) -> bool:
    """Say whether an address answers well."""
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def until(is_so: Callable[[], bool], *, seconds: float = 30.0) -> None:
    """Wait until something is so, and fail when it does not become so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not become so"
        time.sleep(0.05)
