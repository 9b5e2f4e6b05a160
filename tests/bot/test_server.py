"""Rasa's process as the supervisor starts it, with a tiny model."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings

import psutil
import pytest
from aiohttp import ClientConnectionError, ClientSession
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.run import create_http_input_channels
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain

from bot.channel import GatewayInput
from bot.tracker_store import BoundedTrackerStore
from bot.wording import Wording
from opastin.settings import ROOT
from opastin.supervisor import free_port

SECRET = "between-us"
BODY = {"sender": "a", "text": "hei", "metadata": {"language": "fi"}}


@pytest.fixture(scope="module")
def server(tiny_model, tmp_path_factory):
    """A running server: its process, address and log."""
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    arguments = ("--port", str(port), "--actions-port", "9", "--model", str(tiny_model))
    environment = os.environ | {"OPASTIN_HOME": str(home), "OPASTIN_INNER_SECRET": SECRET}
    log = home / "rasa.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.server", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    yield process, f"http://127.0.0.1:{port}/webhooks/gateway/", log
    process.kill()
    process.wait()


@pytest.fixture
async def url(server):
    """The address of the server once it is ready."""
    process, url, log = server
    deadline = time.monotonic() + 60
    async with ClientSession() as session:
        while True:
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return url
            except ClientConnectionError:
                time.sleep(0.1)


async def post(url, secret=SECRET):
    headers = {"Authorization": f"Bearer {secret}"}
    async with (
        ClientSession(headers=headers) as session,
        session.post(url + "webhook", json=BODY) as response,
    ):
        return response.status, await response.json()


async def test_a_message_is_answered_and_not_printed(server, url):
    status, body = await post(url)
    assert status == 200
    assert body["replies"][0]["text"].startswith("Hei!")
    assert "hei" not in server[2].read_text()


async def test_nobody_without_the_secret_is_answered(url):
    status, _ = await post(url, secret="guess")
    assert status == 401


async def test_it_listens_on_loopback_only_and_hides_the_secret(server, url):
    process = psutil.Process(server[0].pid)
    listening = {c.laddr.ip for c in process.net_connections() if c.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}
    assert SECRET not in " ".join(process.cmdline())


@pytest.mark.parametrize(
    "path", ["/model/parse", "/conversations/a/tracker", "/status", "/webhooks/rest/webhook"]
)
async def test_rasas_own_api_is_closed(url, path):
    address = url.replace("/webhooks/gateway/", path)
    async with ClientSession() as session, session.get(address) as response:
        assert response.status == 404


async def test_it_ends_when_told(server, url):
    process = server[0]
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=5) is not None


async def test_rasas_own_commands_find_our_parts(tmp_path, monkeypatch):
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
        assert isinstance(TrackerStore.create(endpoints.tracker_store), BoundedTrackerStore)
        assert isinstance(NaturalLanguageGenerator.create(endpoints.nlg, Domain.empty()), Wording)
        assert endpoints.action.kwargs["enable_selective_domain"] is True
        [channel] = create_http_input_channels(None, str(ROOT / "credentials.yml"))
        assert isinstance(channel, GatewayInput)
