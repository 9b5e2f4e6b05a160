"""Which role may use which address of the desk: every one stands in a table here."""

from __future__ import annotations

import re

import pytest

from coaching.accounts import ROLES
from tests.web.desk.coaches import open_desk
from web.desk import desk_routes

EVERYBODY = frozenset(ROLES)
GUIDES = EVERYBODY - {"reviewer"}
ADMIN = frozenset({"admin"})
TALK = "/coach/c/{conversation}"
# Who may use it, and what each gets of it who may; a conversation "1" there is none.
MAY = {
    "GET /coach": EVERYBODY,
    "POST /coach/logout": EVERYBODY,
    "GET /coach/account": EVERYBODY,
    "POST /coach/account": EVERYBODY,
    "POST /coach/available": GUIDES,
    "GET /coach/api/live": EVERYBODY,
    "GET /coach/calls": GUIDES,
    **{
        f"POST /coach/calls/{{request}}/{act}": GUIDES
        for act in ("take", "put-back", "reveal", "done")
    },
    "GET /coach/canned": GUIDES,
    "POST /coach/canned": GUIDES,
    "POST /coach/canned/{reply}/delete": GUIDES,
    f"GET {TALK}": EVERYBODY,
    **{
        f"POST {TALK}/{act}": GUIDES
        for act in (
            *("claim", "step-in", "say", "give-back", "assign", "close"),
            *("note", "delete-note", "label", "unlabel", "options", "plan"),
        )
    },
    f"GET {TALK}/options": GUIDES,
    f"GET {TALK}/plan": GUIDES,
    "GET /coach/transcripts": EVERYBODY,
    "POST /coach/transcripts": EVERYBODY,
    "GET /coach/transcripts/{conversation}": EVERYBODY,
    "GET /coach/reviews": EVERYBODY,
    "POST /coach/reviews": EVERYBODY,
    "GET /coach/reviews/one": EVERYBODY,
    "POST /coach/reviews/one": EVERYBODY,
    "GET /coach/measures": EVERYBODY,
    "GET /coach/measures.csv": EVERYBODY,
    "GET /coach/quality": EVERYBODY,
    **{
        f"{method} /coach/{kind}{rest}": ADMIN
        for kind, one in (("accounts", "/{account}"), ("teams", "/{team}"))
        for method, rest in (
            ("GET", ""),
            ("GET", "/new"),
            ("POST", "/new"),
            ("GET", one),
            ("POST", one),
        )
    },
    "GET /coach/audit": ADMIN,
}
# What everybody reaches who comes to log in, and the looks of the desk.
OPEN = frozenset({"GET /coach/login", "POST /coach/login", "* /coach/assets"})


def named(route):
    """Return a route as the table names it: a parameter without its pattern."""
    path = re.sub(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}", r"{\1}", route.path)
    return f"{route.method} {path}"


def test_every_address_of_the_desk_stands_in_the_table():
    routes = {named(route) for route in desk_routes() if not route.path.startswith("/coach/assets")}
    assert routes == {*MAY, *(OPEN - {"* /coach/assets"})}


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_is_refused_what_it_may_not_do_and_nothing_else(client, rows, role):
    await open_desk(client, "first", role="admin")
    desk = await open_desk(client, role=role)
    for address, allowed in MAY.items():
        method, path = address.split(" ")
        path = re.sub(r"\{\w+\}", "1", path)
        if address == "POST /coach/logout":
            continue
        before = rows("SELECT count(*) FROM audit")
        answer = await (desk.get(path) if method == "GET" else desk.post(path))
        text = await answer.text()
        is_refused = answer.status == 403 and "Your account may not do this" in text
        assert is_refused == (role not in allowed), (address, answer.status, text)
        assert answer.status < 500, (address, text)
        if is_refused:
            assert rows("SELECT count(*) FROM audit") == before, address
        if not path.startswith("/coach/api/"):
            assert answer.headers["Cache-Control"] == "no-store", address
            assert (
                answer.status in (303, 200)
                or "frame-ancestors 'none'" in (answer.headers["Content-Security-Policy"])
            )
