from __future__ import annotations

import pytest

from coaching import accounts
from coaching.login_limits import FREE
from coaching.passwords import hash_password, verify
from web.keys import STORAGE

OLD, NEW = "tuoli kynä järvi 7", "lamppu silta meri 9"
CHANGE = {"old_password": OLD, "new_password": NEW, "repeat": NEW}
SETTINGS = {"display_name": "Anna V.", "language": "sv", "languages": ["sv", "fi"]}


@pytest.fixture
async def stored(client, desk):
    """Give the desk's account a password, and return a function that reads the account."""
    kept = hash_password(OLD)

    def work(session):
        accounts.get(session, desk.coach.id).password_hash = kept

    await client.app[STORAGE].write(work)

    async def read():
        return await client.app[STORAGE].read(lambda session: accounts.find(session, "anna"))

    return read


async def test_settings_are_kept_and_the_desk_speaks_another_language(desk, stored):
    response = await desk.post("/coach/account", SETTINGS)
    assert response.status == 303
    anna = await stored()
    assert (anna.display_name, anna.language, anna.languages) == ("Anna V.", "sv", ["fi", "sv"])
    assert "Eget konto" in await desk.text("/coach/account?saved=1")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"display_name": " "}, "Write the name"),
        ({"languages": []}, "Choose at least one language"),
        ({"language": "de"}, "language"),
    ],
)
async def test_settings_that_cannot_be_say_why(desk, stored, change, told):
    response = await desk.post("/coach/account", {**SETTINGS, **change})
    assert response.status == 400
    assert told in await response.text()
    assert (await stored()).language == "en"


async def test_a_new_password_logs_out_and_is_the_one(desk, stored):
    response = await desk.post("/coach/account", CHANGE)
    assert response.headers["Location"] == "/coach/login?changed=1"
    assert (await desk.get("/coach/account")).status == 303
    anna = await stored()
    assert verify(anna.password_hash, NEW).is_right
    assert anna.one_time_until is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"old_password": "wrong"}, "present password is not right"),
        ({"repeat": NEW + "x"}, "not the same"),
        ({"new_password": "short", "repeat": "short"}, "too short"),
        ({"new_password": OLD, "repeat": OLD}, "same as the present"),
        ({"new_password": "salasana1234", "repeat": "salasana1234"}, "easy to guess"),
    ],
)
async def test_a_password_that_cannot_be_says_why(desk, stored, change, told):
    response = await desk.post("/coach/account", {**CHANGE, **change})
    text = await response.text()
    assert response.status == 400
    assert told in text
    assert NEW not in text
    assert verify((await stored()).password_hash, OLD).is_right


async def test_a_desk_left_open_is_no_place_to_try_passwords(desk, stored):
    for _ in range(FREE):
        response = await desk.post("/coach/account", {**CHANGE, "old_password": "wrong"})
        assert response.status == 400
    assert (await desk.post("/coach/account", CHANGE)).status == 429


async def test_taking_conversations_is_turned_off_and_on_where_one_is(desk, stored, client):
    here = {"Referer": str(client.make_url("/coach/account?x=1"))}
    response = await desk.post("/coach/available", {"available": "off"}, headers=here)
    assert (response.status, response.headers["Location"]) == (303, "/coach/account")
    assert not (await stored()).is_available
    response = await desk.post("/coach/available", {"available": "on"})
    assert response.headers["Location"] == "/coach"
    assert (await stored()).is_available
    assert (await desk.post("/coach/available", {"available": "maybe"})).status == 400
