"""The gateway keeps to its own description (web/openapi.yml), whatever is made up from it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from aiohttp import ClientSession, web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from catalog.db import upgrade
from coaching import kiosks
from opastin.settings import Settings
from tests.web.conftest import SECRET, FakeRasa
from web.app import create_app
from web.devices import COOKIE
from web.keys import STORAGE
from web.operations import load_openapi
from web.rasa_client import RasaClient

CHECKS = [
    content_type_conformance,
    ignored_auth,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
SCHEMA = schemathesis.openapi.from_dict(load_openapi())
# A WebSocket is no request with an answer.
OPERATIONS = [
    operation
    for result in SCHEMA.get_all_operations()
    if (operation := result.ok()).path != "/api/chat"
]


@dataclass(frozen=True)
class Gateway:
    """A running gateway, and what it gave to a kiosk."""

    url: str
    device: str

    def begin(self) -> dict[str, Any]:
        """Return a new conversation."""
        begun: dict[str, Any] = requests.post(
            f"{self.url}/api/conversations", json={"language": "en"}, timeout=30
        ).json()
        return begun


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """Serve a gateway in a thread of its own: who asks it here waits for each answer."""
    home = tmp_path_factory.mktemp("home")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    stop = asyncio.Event()
    started: asyncio.Queue[Gateway] = asyncio.Queue()
    serving = asyncio.run_coroutine_threadsafe(_serve(home, started, stop), loop)
    try:
        yield asyncio.run_coroutine_threadsafe(started.get(), loop).result(60)
    finally:
        loop.call_soon_threadsafe(stop.set)
        serving.result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _serve(home: Path, started: asyncio.Queue[Gateway], stop: asyncio.Event) -> None:
    chosen = Settings(
        home=home,
        catalog_url=f"sqlite:///{home}/catalog.db",
        conversations_url=f"sqlite:///{home}/conversations.db",
        messages_per_minute=10**6,
        conversations_per_minute=10**6,
        inner_secret=SECRET,
    )
    upgrade(chosen.catalog_url)
    async with ClientSession() as session:
        bot_runner, bot_url = await _start(FakeRasa().as_app())
        app = create_app(chosen, RasaClient(session, [bot_url], SECRET))
        runner, url = await _start(app)
        try:
            now = chosen.now()

            def enrol(session: Any) -> str:
                token = kiosks.enrol(
                    session, kiosks.add(session, "a", pin="271828", now=now), now=now
                )
                assert token is not None
                return token

            await started.put(Gateway(url, await app[STORAGE].write(enrol)))
            await stop.wait()
        finally:
            await runner.cleanup()
            await bot_runner.cleanup()


async def _start(app: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"


def test_there_are_operations_to_try() -> None:
    assert len(OPERATIONS) > 35


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_answers_are_as_described(gateway: Gateway, operation: Any, data: st.DataObject) -> None:
    """Half of the requests come from somebody who is in, and half of them fit the description."""
    mode = data.draw(st.sampled_from(GenerationMode))
    case = data.draw(operation.as_strategy(generation_mode=mode))
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    if data.draw(st.booleans()):
        begun = gateway.begin()
        headers["Authorization"] = f"Bearer {begun['token']}"
        cookies[COOKIE] = gateway.device
        for part in (case.path_parameters, case.body):
            if isinstance(part, dict) and "conversation" in part:
                part["conversation"] = begun["conversation"]
    response = case.call(
        base_url=gateway.url, headers=headers, cookies=cookies, allow_redirects=False, timeout=60
    )
    # Once it is erased, a conversation says so to every token of its own.
    excluded = [ignored_auth] if response.status_code == 204 else []
    case.validate_response(response, checks=CHECKS, excluded_checks=excluded)
