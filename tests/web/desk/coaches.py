"""Coaches in front of a gateway, for the tests of the desk."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from sqlalchemy.orm import Session

from coaching import accounts, desk_sessions
from coaching.accounts import NewAccount
from coaching.desk_models import Coach
from coaching.desk_sessions import Opened
from web.desk.session import COOKIE, FIELD, HEADER
from web.keys import SETTINGS, STORAGE


class Desk:
    """One coach's browser: its cookie, and the proof that its forms send."""

    def __init__(self, client: TestClient, coach: Coach, opened: Opened) -> None:
        self.client = client
        self.coach = coach
        self.cookies = {COOKIE: opened.token}
        self.form_token = opened.form_token

    async def get(self, path: str, **more: Any) -> ClientResponse:
        """Ask for a page; a way to another is not followed."""
        return await self.client.get(path, cookies=self.cookies, allow_redirects=False, **more)

    async def text(self, path: str, **more: Any) -> str:
        """Return a page that must be there."""
        response = await self.get(path, **more)
        text = await response.text()
        assert response.status == 200, (response.status, text)
        return text

    async def post(self, path: str, fields: Any = None, **more: Any) -> ClientResponse:
        """Send a form as one of the desk's pages does."""
        pairs = list((fields or {}).items())
        data = [
            (name, item)
            for name, value in pairs
            for item in (value if isinstance(value, list) else [value])
        ]
        return await self.client.post(
            path,
            data=[(FIELD, self.form_token), *data],
            cookies=self.cookies,
            allow_redirects=False,
            **more,
        )

    async def post_json(self, path: str, body: Any) -> ClientResponse:
        """Send what a script of the desk sends."""
        headers = {HEADER: self.form_token}
        return await self.client.post(path, json=body, headers=headers, cookies=self.cookies)


async def open_desk(
    client: TestClient, name: str = "anna", *, role: str = "coach", **more: Any
) -> Desk:
    """Add an account without a password and open its desk, in English unless wished otherwise."""
    now = client.app[SETTINGS].now()
    wishes = {"language": "en", "display_name": name.capitalize(), **more}

    def work(session: Session) -> tuple[Coach, Opened]:
        new = NewAccount(name, password_hash="none", role=role, **wishes)
        coach = accounts.add(session, new, now=now)
        return coach, desk_sessions.begin(session, coach, now=now)

    return Desk(client, *await client.app[STORAGE].write(work))
