from __future__ import annotations

import re

import pytest

from catalog import db
from catalog.sample import load_sample
from catalog.search import find_option
from coaching import kiosks
from web import kiosk_pages
from web.devices import COOKIE
from web.keys import STORAGE
from web.wording import load_strings

SAMPLE = "agrologi-polku-iisalmi"


@pytest.fixture
async def device(client, settings):
    """Return the cookies of an enrolled device."""
    now = settings.now()

    def work(session):
        code = kiosks.add(session, "Library", pin="246813", now=now)
        return kiosks.enrol(session, code, now=now)

    return {COOKIE: await client.app[STORAGE].write(work)}


@pytest.fixture
def sample_address(settings):
    """Load the sample catalogue and return the address of one of its options."""
    db.upgrade(settings.catalog_url)
    sessions = db.session_factory(settings.catalog_url, writing=True)
    with sessions.begin() as session:
        load_sample(session, settings.today())
    with sessions() as session:
        address = find_option(session, SAMPLE)[0].url
    sessions.kw["bind"].dispose()
    return address


async def test_the_page_is_strict_and_kept_by_nobody(client):
    response = await client.get("/kiosk")
    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    policy = response.headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "trusted-types default" in policy
    assert "unsafe" not in policy
    text = await response.text()
    assert "<style" not in text
    assert "style=" not in text


async def test_every_file_of_the_page_is_handed_out(client):
    for prefix, folder in (("kiosk/assets", kiosk_pages.ASSETS), ("vendor", kiosk_pages.VENDOR)):
        for path in folder.rglob("*.*"):
            response = await client.get(f"/{prefix}/{path.relative_to(folder)}")
            assert response.status == 200, path


async def test_vendored_files_keep_their_licence(client):
    response = await client.get("/vendor/simple-keyboard/simple-keyboard.js")
    assert "MIT license" in await response.text()


async def test_words_come_in_every_language_with_the_same_keys(client):
    words = await (await client.get("/kiosk/assets/strings.json")).json()
    assert words["fi"] == load_strings("kiosk.fi")
    assert _keys(words["fi"]) == _keys(words["sv"]) == _keys(words["en"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_long_is_said_in_easy_language_too(language):
    words = load_strings(f"kiosk.{language}")
    texts = dict(_texts(words))
    long = [name for name, text in texts.items() if len(text.split()) > 12 and "_easy" not in name]
    owed = {name.replace(".", "_easy.", 1) if "." in name else f"{name}_easy" for name in long}
    # The first screen is read before easy language can be chosen, the staff's page by staff.
    assert owed - texts.keys() - {"privacy_easy"} == set()
    for name, text in texts.items():
        if "_easy" in name:
            assert max(map(len, map(str.split, re.split(r"[.?]", text)))) <= 11, name


async def test_an_options_own_address_becomes_a_code(client, device, sample_address):
    response = await client.post("/api/kiosk/qr", json={"option": SAMPLE}, cookies=device)
    answer = await response.json()
    assert response.status == 200, answer
    assert answer["url"] == sample_address
    assert answer["qr_svg"].startswith("<svg xmlns=")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"option": "no-such"}, 404, "unknown_option"),
        ({"option": "a\x00b"}, 400, "wrong_value"),
        ({"option": 5}, 400, "wrong_value"),
        ({}, 400, "wrong_value"),
        ({"option": SAMPLE, "url": "https://elsewhere.example"}, 400, "unknown_field"),
    ],
)
async def test_nothing_else_becomes_a_code(client, device, sample_address, body, status, code):
    response = await client.post("/api/kiosk/qr", json=body, cookies=device)
    assert response.status == status
    assert (await response.json())["error"]["code"] == code


async def test_codes_are_for_enrolled_devices(client, sample_address):
    response = await client.post("/api/kiosk/qr", json={"option": SAMPLE})
    assert response.status == 401


def _texts(words, prefix=""):
    for name, value in words.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _keys(words):
    return {key: _keys(value) if isinstance(value, dict) else None for key, value in words.items()}
