from __future__ import annotations

import csv
import io
import re

import pytest

from coaching import teams
from coaching.teams import Wishes
from tests.web.desk.coaches import open_desk
from tests.web.desk.measured import add_many, add_talks
from web.keys import SETTINGS, STORAGE

ADDRESS = "/coach/measures"


@pytest.fixture
async def measured(desk):
    """Return the desk of a service that many people have talked with."""
    now = desk.client.app[SETTINGS].now()
    await desk.client.app[STORAGE].write(lambda session: add_many(session, now))
    return desk


async def test_nothing_is_told_of_few_people(desk):
    now = desk.client.app[SETTINGS].now()
    await desk.client.app[STORAGE].write(lambda session: add_talks(session, 4, at=now))
    text = await desk.text(ADDRESS)
    assert "There are too few such conversations" in text
    assert "<svg" not in text


async def test_the_page_tells_figures_and_no_words(measured):
    text = await measured.text(ADDRESS)
    assert re.search(r"<strong>120</strong> <span>conversations", text)
    assert "Seinäjoki" in text and "Library kiosk" in text and "Cost" in text
    assert "salaista" not in text
    assert "5-9" in text
    # Twelve of the fourteen kiosk visits are told by week; three are not.
    assert text.count(">hidden<") >= 1


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_every_language_has_all_its_words(client, language):
    desk = await open_desk(client, language=language)
    now = client.app[SETTINGS].now()
    await client.app[STORAGE].write(lambda session: add_many(session, now))
    await client.app[STORAGE].write(lambda session: teams.add(session, Wishes("Etelä")))
    for address in (ADDRESS, "/coach/quality"):
        text = await desk.text(address)
        assert "{" not in text.split("<body")[1]


async def test_the_figures_are_narrowed_down(measured):
    text = await measured.text(f"{ADDRESS}?language=sv&weeks=4")
    assert re.search(r"<strong>30</strong> <span>conversations", text)
    assert 'href="/coach/measures.csv?weeks=4&amp;language=sv"' in text
    region = await measured.text(f"{ADDRESS}?place=maakunta_14")
    assert re.search(r"<strong>75</strong> <span>conversations", region)


@pytest.mark.parametrize("query", ["weeks=5", "channel=mail", "place=x", "team=1", "team=a"])
async def test_what_cannot_be_asked_for_is_refused(measured, query):
    assert (await measured.get(f"{ADDRESS}?{query}")).status == 400


async def test_the_figures_come_as_a_table(measured):
    response = await measured.get(f"{ADDRESS}.csv?weeks=4")
    assert response.headers["Cache-Control"] == "no-store"
    assert "attachment" in response.headers["Content-Disposition"]
    text = (await response.read()).decode("utf-8-sig")
    found = {(row["table"], row["code"]): row for row in csv.DictReader(io.StringIO(text))}
    assert found["language", "fi"]["conversations"] == "95"
    assert found["language", "en"]["conversations"] == "0"
    assert found["step", "has_plan"]["conversations"] == "0"
    assert found["question", "faq_cost"]["conversations"] == "45"
    assert found["unmet", "743/09"]["at_least"] == "5"


async def test_a_teams_name_is_no_formula(measured):
    app = measured.client.app
    team = await app[STORAGE].write(lambda session: teams.add(session, Wishes("=cmd|calc")))
    now = app[SETTINGS].now()
    await app[STORAGE].write(lambda session: add_talks(session, 60, at=now, team_id=team.id))
    text = await (await measured.get(f"{ADDRESS}.csv")).text()
    assert ",'=cmd|calc," in text


async def test_only_who_may_measure_sees_them(client):
    response = await client.get(ADDRESS, allow_redirects=False)
    assert response.status == 303


async def test_the_principles_tell_figures_or_that_there_are_none(measured):
    text = await measured.text("/coach/quality")
    assert text.count("<h2>") == 15
    assert "A conversation is erased 90 days after its last message." in text
    assert "Finnish 47%" in text
    assert text.count("not measured.") == 4
    assert "half of those who waited for a coach waited at most 3 min." in text
