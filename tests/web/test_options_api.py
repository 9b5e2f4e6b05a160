from __future__ import annotations

import pytest

from catalog import db
from catalog.sample import load_sample
from opastin.texts import load_texts


@pytest.fixture
async def client(open_gateway, settings):
    """Return a client of a gateway that speaks with the real texts."""
    return await open_gateway(settings, texts=load_texts())


@pytest.fixture
def catalog(settings):
    """Load the sample catalogue."""
    db.upgrade(settings.catalog_url)
    with db.session_factory(settings.catalog_url, writing=True).begin() as session:
        load_sample(session, settings.today())
    session.get_bind().dispose()


async def test_a_profile_gets_ranked_options(client, catalog):
    body = {"profile": {"language": "en", "field": "092", "place": "743"}, "limit": 3}
    response = await client.post("/api/suggest", json=body)
    answer = await response.json()
    assert response.status == 200, answer
    assert set(answer) == {"options", "total", "fallback", "notices"}
    assert 0 < len(answer["options"]) <= 3
    assert all(option["reasons"] for option in answer["options"])


async def test_a_bare_profile_is_accepted(client, catalog):
    response = await client.post("/api/suggest", json={"language": "fi"})
    assert response.status == 200


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"colour": "red"}, "colour"),
        ({"profile": {"colour": "red"}}, "colour"),
        ({"profile": {"goal": "fame"}}, "goal"),
        ({"profile": []}, "profile"),
        ({"profile": {}, "limit": 0}, "limit"),
        ({"profile": {}, "limit": "many"}, "limit"),
        ({"profile": {}, "limit": 51}, "limit"),
        ({"profile": {}, "offset": 2}, "offset"),
    ],
)
async def test_a_bad_wish_is_named(client, body, name):
    response = await client.post("/api/suggest", json=body)
    assert response.status == 400
    assert name in (await response.json())["error"]["message"]


async def test_an_option_can_be_read_by_its_id(client, catalog):
    ranked = await (await client.post("/api/suggest", json={"language": "sv"})).json()
    option = ranked["options"][0]
    response = await client.get(f"/api/options/{option['id']}?language=sv")
    found = await response.json()
    assert response.status == 200
    assert (found["id"], found["title"]) == (option["id"], option["title"])


@pytest.mark.parametrize("option", ["nothing", "%00", "..%2f..", "x" * 3000])
async def test_an_unknown_option_is_unknown(client, catalog, option):
    assert (await client.get(f"/api/options/{option}")).status == 404


async def test_an_unknown_language_is_named(client):
    response = await client.get("/api/options/a?language=de")
    assert response.status == 400
