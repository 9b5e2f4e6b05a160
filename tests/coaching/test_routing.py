"""Which team a conversation comes to, and who of it is there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coaching.routing import coaches_on_duty, team_for
from tests.coaching.desk import OFFICE_HOURS, add_coach, add_team, begin

REGIONS = {"743": "maakunta_14", "905": "maakunta_15"}


@pytest.fixture
def teams(session):
    add_team(session, "Seinäjoki", places=["743"])
    add_team(session, "Region", places=["maakunta_14"])
    add_team(session, "Care in Swedish", fields=["09"], languages=["sv"])
    add_team(session, "Library", referrals=["KIRJASTO-1"])


def team(session, now, *, language="fi", referral=None, **profile):
    conversation = begin(session, now, language=language, referral=referral)
    found = team_for(session, conversation, profile, region_of=REGIONS.get)
    return None if found is None else found.name


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("Seinäjoki", {"place": "743"}),
        ("Region", {"place": "maakunta_14"}),
        ("Seinäjoki", {"place": "905", "places": ["905", "743"]}),
        (None, {"place": "905"}),
        (None, {}),
        ("Care in Swedish", {"field": "0913", "language": "sv"}),
        (None, {"field": "0913"}),
        ("Library", {"referral": "kirjasto-1 "}),
        ("Library", {"referral": "KIRJASTO-1", "place": "743"}),
        (None, {"referral": "UNKNOWN"}),
    ],
)
@pytest.mark.usefixtures("teams")
def test_the_team_that_fits_best_gets_the_conversation(session, now, wanted, told):
    assert team(session, now, **told) == wanted


def test_a_team_that_asks_for_nothing_takes_what_no_other_takes(session, now):
    add_team(session, "Everybody")
    add_team(session, "Seinäjoki", places=["743"])
    assert team(session, now, place="905") == "Everybody"
    assert team(session, now, place="743") == "Seinäjoki"


def test_only_those_count_who_are_present_available_and_speak_the_language(session, now):
    add_coach(session, "here", now=now, seen_at=now)
    add_coach(session, "swedish", now=now, seen_at=now, languages=["sv"])
    add_coach(session, "gone", now=now, seen_at=now - timedelta(hours=1))
    add_coach(session, "never", now=now)
    add_coach(session, "busy", now=now, seen_at=now, is_available=False)
    add_coach(session, "closed", now=now, seen_at=now, is_disabled=True)
    add_coach(session, "reviewer", now=now, seen_at=now, role="reviewer")
    assert [coach.name for coach in coaches_on_duty(session, None, "fi", now)] == ["here"]
    on_duty = coaches_on_duty(session, None, "sv", now)
    assert [coach.name for coach in on_duty] == ["here", "swedish"]


def test_a_team_has_its_own_and_those_of_no_team_within_its_hours(session, now):
    ours, other = add_team(session, "ours", hours=OFFICE_HOURS), add_team(session, "other")
    add_coach(session, "own", now=now, seen_at=now + timedelta(days=1), team_id=ours.id)
    add_coach(session, "free", now=now, seen_at=now + timedelta(days=1))
    add_coach(session, "other", now=now, seen_at=now + timedelta(days=1), team_id=other.id)
    # `now` is a Sunday.
    assert coaches_on_duty(session, ours, "fi", now) == []
    monday = now + timedelta(days=1)
    names = [coach.name for coach in coaches_on_duty(session, ours, "fi", monday)]
    assert names == ["own", "free"]
