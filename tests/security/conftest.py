"""A gateway as in the tests of web/, and somebody who may do everything in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from catalog.db import upgrade
from opastin.settings import Settings
from opastin.texts import load_texts
from tests.web.conftest import (  # noqa: F401 - fixtures are found by their names here
    Person,
    arrive,
    client,
    open_gateway,
    person,
    rasa,
    rasa_url,
    rows,
    settings,
)
from tests.web.desk.coaches import Desk, open_desk
from tests.web.kiosk import enrol
from web import plain_chat
from web.desk.session import HEADER


@dataclass(frozen=True)
class Insider:
    """A client with every credential at once: a person's token, a kiosk's, an administrator's."""

    client: TestClient
    person: Person
    desk: Desk

    @property
    def headers(self) -> dict[str, str]:
        """Return what lets a request in anywhere."""
        device = {cookie.key: cookie.value for cookie in self.client.session.cookie_jar}
        cookies = {**device, **self.desk.cookies, plain_chat.COOKIE: self.person.token}
        return {
            **self.person.headers,
            HEADER: self.desk.form_token,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }

    def path(self, route: web.AbstractRoute) -> str:
        """Return an address of a route, the conversation's own where it names one."""
        assert route.resource is not None
        return re.sub(
            r"\{(\w+)\}",
            lambda name: self.person.id if name[1] == "conversation" else "1",
            route.resource.canonical,
        )


@pytest.fixture
async def insider(open_gateway: Any, settings: Settings, arrive: Any) -> Insider:  # noqa: F811
    """Return somebody who may do everything, in front of a gateway with all its words."""
    upgrade(settings.catalog_url)
    client = await open_gateway(settings, texts=load_texts())  # noqa: F811
    await enrol(client)
    return Insider(
        client, await arrive(client, language="en"), await open_desk(client, "root", role="admin")
    )
