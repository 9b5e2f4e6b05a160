from __future__ import annotations

import pytest

from coaching import accounts, teams
from coaching.accounts import NewAccount
from coaching.teams import BadTeam, TeamExists, Wishes, read_hours


def test_a_team_is_kept_as_it_was_wished(session):
    wishes = Wishes(
        "  Etelä-Pohjanmaa ", ["232", "743", "232"], ["09", "01"], ["fi"], ["TE-2026 "], {}
    )
    team = teams.add(session, wishes)
    kept = (team.name, team.places, team.fields, team.languages, team.referrals)
    assert kept == ("Etelä-Pohjanmaa", ["232", "743"], ["01", "09"], ["fi"], ["TE-2026"])
    assert teams.find(session, "etelä-pohjanmaa") is team


def test_names_and_referral_codes_belong_to_one_team(session):
    first = teams.add(session, Wishes("Pohjanmaa", referrals=["KOODI"]))
    with pytest.raises(TeamExists):
        teams.add(session, Wishes("POHJANMAA"))
    with pytest.raises(BadTeam, match="referral_taken"):
        teams.add(session, Wishes("Kainuu", referrals=["koodi"]))
    teams.change(session, first, Wishes("Pohjanmaa", referrals=["KOODI", "TOINEN"]))
    assert first.referrals == ["KOODI", "TOINEN"]


@pytest.mark.parametrize(
    ("wishes", "part"),
    [
        (Wishes(" "), "name"),
        (Wishes("a" * 65), "name"),
        (Wishes("A", referrals=["x"]), "referrals"),
        (Wishes("A", referrals=["two words"]), "referrals"),
        (Wishes("A", referrals=["x" * 33]), "referrals"),
    ],
)
def test_what_a_team_cannot_be_is_named(session, wishes, part):
    with pytest.raises(BadTeam) as bad:
        teams.add(session, wishes)
    assert bad.value.part == part


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("", {}),
        ("mon 9-15", {"mon": ["09:00", "15:00"]}),
        (
            "Fri 8.30–12, mon-tue 9:00-15.45",
            {
                "mon": ["09:00", "15:45"],
                "tue": ["09:00", "15:45"],
                "fri": ["08:30", "12:00"],
            },
        ),
    ],
)
def test_hours_are_read_as_people_write_them(text, hours):
    assert read_hours(text) == hours
    assert list(read_hours(text)) == list(hours)


@pytest.mark.parametrize(
    "text",
    ["9-15", "mon", "mon 15-9", "mon 9-9", "mon 9-25", "mon 9.70-15", "fri-mon 9-15", "xyz 9-15"],
)
def test_hours_that_cannot_be_are_refused(text):
    with pytest.raises(BadTeam, match="hours"):
        read_hours(text)


def test_members_are_named_as_people_see_them(session, now):
    team = teams.add(session, Wishes("Kainuu"))
    for name in ("anna", "bo"):
        new = NewAccount(name, "kept", display_name=name.upper(), team_id=team.id)
        accounts.add(session, new, now=now)
    accounts.find(session, "bo").is_disabled = True
    assert teams.members(session) == {team.id: ["ANNA"]}
