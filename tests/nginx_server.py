"""nginx before several gateways, on a free port of loopback, as docs/guides/scaling.md has it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from opastin.settings import ROOT
from opastin.supervisor import free_port
from tests.programs import require

TEMPLATE = ROOT / "deploy" / "nginx.conf"
START_SECONDS = 10.0


@contextmanager
def running_nginx(folder: Path, gateways: Sequence[str]) -> Iterator[str]:
    """Run the configuration that is shipped before `gateways` (host:port); yield the address."""
    require("nginx", "nginx-light")
    port = free_port()
    line = "    server {} max_fails=1 fail_timeout=1s;"
    servers = "\n".join(map(line.format, gateways))
    config = folder / "nginx.conf"
    config.write_text(
        TEMPLATE.read_text(encoding="utf-8")
        .replace(line.format("gateway:8080"), servers)
        .replace("listen 8080;", f"listen 127.0.0.1:{port};")
        .replace("/tmp/nginx", str(folder)),  # noqa: S108 - the container's own
        encoding="utf-8",
    )
    process = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")]
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            pytest.fail("nginx did not start: " + (folder / "error.log").read_text())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
