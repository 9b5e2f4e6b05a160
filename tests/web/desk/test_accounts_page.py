from __future__ import annotations

import re

import pytest

from coaching import accounts, audit
from coaching.audit import Wanted
from coaching.passwords import verify
from tests.web.desk.coaches import open_desk
from web.keys import STORAGE

NEW = {"name": "Bo.Ek", "display_name": "  Bo   Ek ", "role": "lead", "language": "sv", "team": ""}
SECRET = re.compile(r'class="secret">([^<]+)<')


@pytest.fixture
def find(client):
    """Return an account as it is stored."""

    async def find(name):
        return await client.app[STORAGE].read(lambda session: accounts.find(session, name))

    return find


async def read_audit(client):
    """Return what was done to whom, the newest first."""
    found = await client.app[STORAGE].read(lambda session: audit.read(session, Wanted()))
    return [(entry.who, entry.action, entry.subject) for entry in found]


async def test_a_new_account_gets_a_password_for_one_use_that_is_shown_once(client, admin, find):
    response = await admin.post("/coach/accounts/new", NEW)
    password = SECRET.search(await response.text())[1]
    bo = await find("bo.ek")
    assert (bo.display_name, bo.role, bo.language, bo.languages) == ("Bo Ek", "lead", "sv", ["sv"])
    assert bo.one_time_until is not None
    assert verify(bo.password_hash, password).is_right
    assert response.headers["Cache-Control"] == "no-store"
    assert password not in await admin.text(f"/coach/accounts/{bo.id}")
    assert await read_audit(client) == [("root", "account_added", "bo.ek")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "root"}, "is taken"),
        ({"name": "b"}, "2 to 64"),
        ({"name": "<b>bo</b>"}, "2 to 64"),
    ],
)
async def test_a_form_that_cannot_be_taken_says_why_and_keeps_what_was_typed(admin, change, told):
    response = await admin.post("/coach/accounts/new", {**NEW, **change})
    text = await response.text()
    assert response.status == 400
    assert told in text
    assert 'value="Bo Ek"' in text
    assert '<option value="lead" selected' in text
    assert "<b>bo</b>" not in text


@pytest.mark.parametrize(
    "change", [{"role": "king"}, {"language": "de"}, {"team": "x"}, {"team": "1" * 20}]
)
async def test_what_no_form_holds_is_refused(admin, change):
    response = await admin.post("/coach/accounts/new", {**NEW, **change})
    assert response.status == 400


async def test_a_role_and_a_team_are_changed_and_noted(client, admin, desk, find):
    response = await admin.post(
        f"/coach/accounts/{desk.coach.id}",
        {"do": "change", "role": "reviewer", "team": "", "display_name": "Anna K."},
    )
    assert response.status == 303
    anna = await find("anna")
    assert (anna.role, anna.display_name) == ("reviewer", "Anna K.")
    assert [entry[1:] for entry in await read_audit(client)] == [
        ("account_changed", "anna"),
        ("role_reviewer", "anna"),
    ]
    # At once, in the session that is open.
    assert "/coach/available" not in await desk.text("/coach/account")


async def test_a_team_that_there_is_not_is_refused(admin, desk):
    response = await admin.post(
        f"/coach/accounts/{desk.coach.id}", {"do": "change", "role": "coach", "team": "77"}
    )
    assert response.status == 400


async def test_a_new_password_logs_out_everywhere(admin, desk, find):
    response = await admin.post(f"/coach/accounts/{desk.coach.id}", {"do": "reset"})
    password = SECRET.search(await response.text())[1]
    anna = await find("anna")
    assert verify(anna.password_hash, password).is_right
    assert (await desk.get("/coach/account")).status == 303


@pytest.mark.parametrize("fields", [{"do": "disable"}, {"do": "change", "role": "coach"}])
async def test_the_last_administrator_stays(admin, find, fields):
    response = await admin.post(f"/coach/accounts/{admin.coach.id}", fields)
    assert "last administrator" in await response.text()
    root = await find("root")
    assert (root.role, root.is_disabled) == ("admin", False)


async def test_a_closed_account_is_opened_again(admin, desk, find):
    address = f"/coach/accounts/{desk.coach.id}"
    await admin.post(address, {"do": "disable"})
    assert "Open the account" in await admin.text(address)
    await admin.post(address, {"do": "enable"})
    assert not (await find("anna")).is_disabled


async def test_the_list_names_everybody_and_no_secret(client, admin, desk):
    text = await admin.text("/coach/accounts")
    for part in ("anna", "root", "Administrator", "In use"):
        assert part in text
    assert "none" not in re.findall(r">([^<]*)<", text)


async def test_a_name_stays_text(client, admin):
    await open_desk(client, "eve", display_name="<script>alert(1)</script>")
    text = await admin.text("/coach/accounts")
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text
