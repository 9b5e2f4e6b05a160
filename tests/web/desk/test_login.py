from __future__ import annotations

import re
from datetime import timedelta

import pytest

from coaching import accounts, audit
from coaching.accounts import NewAccount
from coaching.audit import Wanted
from coaching.login_limits import FREE, FREE_OF_ADDRESS
from coaching.passwords import Verified, hash_password, verify
from web import app
from web.desk.browsers import KNOWN
from web.desk.session import COOKIE
from web.keys import SETTINGS, STORAGE

PASSWORD = "tuoli kynä järvi 7"
FORM_TOKEN = re.compile(r'name="form_token" value="([\w-]+)"')


class Browser:
    """A browser before the login page: keeps cookies, follows nothing."""

    def __init__(self, client):
        self.client = client
        self.cookies = {}

    async def ask(self, path="/coach/login", **more):
        response = await self.client.get(path, cookies=self.cookies, allow_redirects=False, **more)
        self._keep(response)
        return response

    async def enter(self, name="anna", password=PASSWORD, **fields):
        text = await (await self.ask()).text()
        form = {"form_token": FORM_TOKEN.search(text)[1], "name": name, "password": password}
        response = await self.client.post(
            "/coach/login", data={**form, **fields}, cookies=self.cookies, allow_redirects=False
        )
        self._keep(response)
        return response

    def _keep(self, response):
        # The client's own jar would mix the browsers up.
        self.client.session.cookie_jar.clear()
        for name, morsel in response.cookies.items():
            self.cookies.pop(name, None)
            if morsel.value:
                self.cookies[name] = morsel.value


class QuickWork:
    """Stands for the slow work: what is kept is the password itself, unless it is a hash."""

    def __init__(self):
        self.compared = []

    async def verify(self, kept, password):
        self.compared.append(kept)
        if (kept or "").startswith("$argon2"):
            return verify(kept, password)
        return Verified(kept is not None and kept == password)

    async def hash(self, password):
        return password

    def close(self):
        """Nothing is under way."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Have gateways compare passwords quickly."""
    work = QuickWork()
    monkeypatch.setattr(app, "PasswordWork", lambda: work)
    return work


@pytest.fixture
async def account(quick, client):
    """Add an account whose password is compared quickly."""
    now = client.app[SETTINGS].now()
    new = NewAccount("anna", PASSWORD, language="en", display_name="Anna V.")
    await client.app[STORAGE].write(lambda session: accounts.add(session, new, now=now))
    return quick


@pytest.fixture
def browser(client):
    return Browser(client)


async def read_audit(client):
    """Return who did what, the newest first."""
    found = await client.app[STORAGE].read(lambda session: audit.read(session, Wanted()))
    return [(entry.who, entry.action) for entry in found]


async def test_the_right_password_opens_the_desk(client):
    kept = hash_password(PASSWORD)
    now = client.app[SETTINGS].now()
    await client.app[STORAGE].write(
        lambda session: accounts.add(session, NewAccount("anna", kept, language="en"), now=now)
    )
    browser = Browser(client)
    assert (await browser.enter(password="wrong")).status == 401
    response = await browser.enter(name=" Anna")
    assert (response.status, response.headers["Location"]) == (303, "/coach")
    assert "Own account" in await (await browser.ask("/coach/account")).text()
    assert await read_audit(client) == [("anna", "login"), ("anna", "login_failed")]


async def test_unknown_closed_and_wrong_are_told_alike_and_cost_alike(client, account, browser):
    def close(session):
        accounts.add(
            session, NewAccount("bo", PASSWORD), now=client.app[SETTINGS].now()
        ).is_disabled = True

    await client.app[STORAGE].write(close)
    texts = set()
    for name, password in (("anna", "wrong"), ("nobody", PASSWORD), ("bo", PASSWORD)):
        response = await browser.enter(name, password)
        assert response.status == 401
        text = await response.text()
        texts.add(re.sub(r'value="[^"]*"', "", text))
        assert password not in text
    assert len(texts) == 1
    assert account.compared == [PASSWORD, None, PASSWORD]
    # A name that is no account's may be a password typed in the wrong field.
    assert await read_audit(client) == [
        ("bo", "login_failed"),
        ("nobody", "login_failed"),
        ("anna", "login_failed"),
    ]


async def test_each_login_has_a_token_of_its_own_and_ends_the_one_before(account, browser):
    await browser.enter()
    first = browser.cookies[COOKIE]
    await browser.enter()
    second = browser.cookies[COOKIE]
    assert first != second
    browser.cookies[COOKIE] = first
    assert (await browser.ask("/coach/account")).status == 303


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/coach/c/abc?x=1", "/coach/c/abc?x=1"),
        ("/coach", "/coach"),
        ("https://elsewhere.example/coach", "/coach"),
        ("//elsewhere.example/coach", "/coach"),
        ("/coach/../kiosk\r\nX: y", "/coach"),
        ("/coachelsewhere", "/coach"),
        ("/coach/login?next=/coach/login", "/coach"),
        ("/coach/" + "a" * 1000, "/coach"),
    ],
)
async def test_the_login_leads_back_to_the_desk_alone(account, browser, wanted, led):
    response = await browser.enter(next=wanted)
    assert response.headers["Location"] == led


@pytest.mark.parametrize("token", ["", "x" * 32, "ä"])
async def test_a_login_that_another_page_has_forged_is_refused(account, browser, token):
    response = await browser.enter(form_token=token)
    assert response.status == 403
    assert COOKIE not in browser.cookies


async def test_many_mistakes_cost_a_wait_that_is_told(client, account, browser):
    for _ in range(FREE):
        assert (await browser.enter(password="wrong")).status == 401
    response = await browser.enter()
    assert response.status == 429
    assert 0 < int(response.headers["Retry-After"]) <= 30
    assert "Wait a minute" in await response.text()
    # Nothing was compared: the wait cannot be used to try passwords out.
    assert len(account.compared) == FREE


async def test_strangers_do_not_shut_a_coach_out(client, account, browser):
    """A session goes on, and a browser that knew the password before may log in again."""
    await browser.enter()
    stranger = Browser(client)
    for _ in range(FREE_OF_ADDRESS + 1):
        await stranger.enter(password="wrong")
    assert (await stranger.enter()).status == 429
    assert (await browser.ask("/coach/account")).status == 200
    assert KNOWN in browser.cookies
    assert (await browser.enter()).status == 303


async def test_a_known_browser_is_known_for_one_account_and_cannot_be_made_up(
    client, account, browser
):
    await browser.enter()
    known = browser.cookies[KNOWN]
    now = client.app[SETTINGS].now()
    await client.app[STORAGE].write(
        lambda session: accounts.add(session, NewAccount("bo", PASSWORD), now=now)
    )
    for value in (known, known[:-1] + "0", "a" * 16 + "." + "0" * 64):
        attacker = Browser(client)
        attacker.cookies[KNOWN] = value
        await attacker.enter("bo", "wrong")
        await attacker.enter("bo", "wrong")
    # Six tries at one account, whatever the browser said of itself.
    assert (await Browser(client).enter("bo")).status == 429


async def test_a_known_browser_waits_as_well_after_mistakes_of_its_own(account, browser):
    await browser.enter()
    for _ in range(FREE):
        await browser.enter(password="wrong")
    assert (await browser.enter()).status == 429


async def test_one_address_cannot_try_account_after_account(account, browser):
    for number in range(FREE_OF_ADDRESS):
        assert (await browser.enter(f"name{number}", "wrong")).status == 401
    assert (await browser.enter("another", "wrong")).status == 429


async def test_a_password_for_one_use_has_its_time(client, account, browser):
    now = client.app[SETTINGS].now()

    def set_until(until):
        def work(session):
            accounts.find(session, "anna").one_time_until = until

        return client.app[STORAGE].write(work)

    await set_until(now - timedelta(minutes=1))
    response = await browser.enter()
    assert response.status == 401
    assert "expired" in await response.text()
    await set_until(now + timedelta(days=1))
    assert (await browser.enter()).status == 303


async def test_leaving_closes_the_session(client, account, browser):
    await browser.enter()
    kept = dict(browser.cookies)
    text = await (await browser.ask("/coach/account")).text()
    response = await client.post(
        "/coach/logout",
        data={"form_token": FORM_TOKEN.search(text)[1]},
        cookies=browser.cookies,
        allow_redirects=False,
    )
    assert response.headers["Location"] == "/coach/login?left=1"
    browser.cookies = kept
    assert (await browser.ask("/coach/account")).status == 303
    assert (await read_audit(client))[0] == ("anna", "logout")


@pytest.mark.parametrize(
    ("language", "title"),
    [("fi", "Kirjaudu työpöydälle"), ("sv", "Logga in på arbetsbordet"), ("en", "Log in")],
)
async def test_the_login_speaks_the_languages(browser, language, title):
    asked = await browser.ask(headers={"Accept-Language": language})
    assert f"<h1>{title}" in await asked.text()
    chosen = await browser.ask(f"/coach/login?language={language}")
    assert f'<html lang="{language}">' in await chosen.text()
