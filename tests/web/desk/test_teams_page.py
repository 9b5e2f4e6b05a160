from __future__ import annotations

import pytest

from coaching import audit, teams
from coaching.audit import Wanted
from web.keys import STORAGE

HOURS = {"mon-begin": "09:00", "mon-end": "15:30", "tue-begin": "", "tue-end": ""}
NEW = {
    "name": "Etelä-Pohjanmaa",
    "places": "Kauhajoki, seinäjoki;\n Etelä-Pohjanmaa, 905",
    "fields": ["09", "01", "nonsense"],
    "languages": ["sv", "fi"],
    "referrals": "TE-1, KIRJASTO",
    **HOURS,
}


@pytest.fixture
def stored(client):
    """Return the teams as they are stored."""

    async def stored():
        return await client.app[STORAGE].read(teams.every)

    return stored


async def test_a_team_is_made_of_what_people_write(client, admin, stored):
    response = await admin.post("/coach/teams/new", NEW)
    assert response.status == 303, await response.text()
    (team,) = await stored()
    assert team.places == ["232", "743", "maakunta_14", "905"]
    assert (team.fields, team.languages) == (["01", "09"], ["fi", "sv"])
    assert team.referrals == ["TE-1", "KIRJASTO"]
    assert team.hours == {"mon": ["09:00", "15:30"]}
    (entry,) = await client.app[STORAGE].read(lambda session: audit.read(session, Wanted()))
    assert (entry.action, entry.subject) == ("team_added", "Etelä-Pohjanmaa")


async def test_a_team_is_shown_and_changed(admin, stored):
    await admin.post("/coach/teams/new", NEW)
    (team,) = await stored()
    text = await admin.text("/coach/teams")
    for part in ("Vaasa", "Health and welfare", "Mon 09:00–15:30", "TE-1"):
        assert part in text
    form = await admin.text(f"/coach/teams/{team.id}")
    assert "Kauhajoki, Seinäjoki, South Ostrobothnia, Vaasa" in form
    await admin.post(f"/coach/teams/{team.id}", {**NEW, "name": "Uusi", "places": ""})
    (team,) = await stored()
    assert (team.name, team.places) == ("Uusi", [])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": " "}, "Give the team a name"),
        ({"places": "Kauhajoki, Atlantis"}, "called “Atlantis”"),
        ({"mon-end": ""}, "cannot be used"),
        ({"mon-begin": "16:00"}, "end after the beginning"),
        ({"referrals": "a b c"}, "“a b c” cannot be used"),
        ({"name": "KAINUU"}, "Another team has this name"),
        ({"referrals": "KOODI"}, "Another team has the referral code"),
    ],
)
async def test_what_cannot_be_is_told_and_what_was_typed_stays(admin, stored, change, told):
    await admin.post("/coach/teams/new", {"name": "Kainuu", "referrals": "koodi"})
    response = await admin.post("/coach/teams/new", {**NEW, **change})
    text = await response.text()
    assert response.status == 400
    assert told in text
    assert 'name="fields" value="09" checked' in text
    assert len(await stored()) == 1
