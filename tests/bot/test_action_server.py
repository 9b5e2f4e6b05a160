"""The actions' process as the supervisor starts it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from aiohttp import ClientConnectionError, ClientSession

from opastin.settings import ROOT
from opastin.supervisor import free_port

SECRET = "between-us"
CALL = {"next_action": "action_that_is_not", "sender_id": "a", "tracker": {"sender_id": "a"}}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A running action server: its process and address."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.action_server", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"OPASTIN_HOME": str(home), "OPASTIN_INNER_SECRET": SECRET},
        stderr=subprocess.DEVNULL,
    )
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


@pytest.fixture
async def url(server):
    """The address of the server once it is ready."""
    process, url = server
    async with ClientSession() as session:
        for _ in range(600):
            assert process.poll() is None
            try:
                async with session.get(url + "/health") as response:
                    assert response.status == 200
                    return url
            except ClientConnectionError:
                await asyncio.sleep(0.1)
    raise AssertionError("It does not answer.")


async def test_the_encoder_is_loaded_before_anybody_asks(server, url):
    mapped = {Path(file.path).name for file in psutil.Process(server[0].pid).memory_maps()}
    assert "e5-small-q4.bin" in mapped


async def test_it_listens_on_loopback_only_and_hides_the_secret(server, url):
    process = psutil.Process(server[0].pid)
    listening = {c.laddr.ip for c in process.net_connections() if c.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}
    assert SECRET not in " ".join(process.cmdline())


@pytest.mark.parametrize(("method", "path"), [("POST", "/webhook"), ("GET", "/actions")])
@pytest.mark.parametrize(("secret", "is_heard"), [(None, False), ("guess", False), (SECRET, True)])
async def test_only_who_has_the_secret_is_heard(url, method, path, secret, is_heard):
    headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
    async with (
        ClientSession(headers=headers) as session,
        session.request(method, url + path, json=CALL) as response,
    ):
        assert (response.status != 401) is is_heard
