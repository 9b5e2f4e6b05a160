from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from coaching import conversations
from coaching.db import open_engine, session_factory, upgrade_engine
from coaching.demand import Unmet, count_unmet
from coaching.models import Conversation
from opastin.cli import opastin
from opastin.settings import load_settings


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run `opastin catalog demand` on an empty home, on a fixed day."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("OPASTIN_TODAY", "2026-03-01")
    monkeypatch.delenv("OPASTIN_CONVERSATIONS_URL", raising=False)

    def run_(*arguments):
        result = CliRunner().invoke(opastin, ["catalog", "demand", *arguments])
        assert result.exception is None, result.output
        return result.output

    return run_


@pytest.fixture
def count(run):
    """Count searches, each of somebody else."""
    settings = load_settings()
    engine = open_engine(settings.conversations_url)
    upgrade_engine(engine)

    def count_(number, place="743", field="09", day=date(2026, 3, 1), type_="", mode="any"):
        with session_factory(engine).begin() as session:
            for _ in range(number):
                started = conversations.start(
                    session,
                    channel="web",
                    language="fi",
                    plain_language=False,
                    now=settings.now(),
                )
                conversation = session.get(Conversation, started.id)
                unmet = Unmet(place, field, type_, mode, "far")
                assert count_unmet(session, conversation, unmet, today=day)

    yield count_
    engine.dispose()


def test_without_searches_it_says_so(run):
    assert run() == "No search found too little near the person, 2025-W49 to 2026-W09.\n"


def test_places_stand_by_region_with_small_groups_hidden(run, count):
    count(7)
    count(3, field="04")
    count(5, place="", field="")
    count(1, place="maakunta_14")
    assert run("--weeks", "1").splitlines() == [
        "Searches that found nothing near enough, 2026-W09 to 2026-W09",
        "all places together",
        "  Terveys- ja hyvinvointialat         6-13",
        "  no field told                        5-9",
        "  Kauppa, hallinto ja oikeustieteet     <5",
        "all places together, by type",
        "  no type told                       10-14",
        "all places together, by mode",
        "  any mode                           10-14",
        "Etelä-Pohjanmaa                         <5",
        "  Terveys- ja hyvinvointialat           <5",
        "Seinäjoki, Etelä-Pohjanmaa            6-13",
        "  Terveys- ja hyvinvointialat          5-9",
        "  Kauppa, hallinto ja oikeustieteet     <5",
        "no place told                          5-9",
        "  no field told                        5-9",
    ]


def test_the_figures_are_written_as_json(run, count, tmp_path):
    count(3)
    count(50, day=date(2025, 1, 1))
    assert "<5" in run("--json", "demand.json")
    figures = json.loads((tmp_path / "demand.json").read_text(encoding="utf-8"))
    assert figures == json.loads(run("--json", "-"))
    hidden = {"at_least": 1, "at_most": 4, "shown": "<5"}
    field = {"field": "09", "name": "Terveys- ja hyvinvointialat", **hidden}
    assert figures == {
        "weeks": {"from": "2025-W49", "to": "2026-W09"},
        "places": [
            {
                "place": "743",
                "name": "Seinäjoki",
                "region": "Etelä-Pohjanmaa",
                "total": hidden,
                "fields": [field],
            }
        ],
        "fields": [field],
        "types": [],
        "modes": [],
    }


def test_types_and_modes_are_told_of_groups_that_are_not_hidden(run, count):
    count(6, type_="course")
    count(2, type_="skill_badge", mode="online")
    count(1, type_="study_package", mode="in_person")
    count(4, place="905", type_="micro_credential", mode="online")
    figures = json.loads(run("--json", "-"))
    assert [(item["type"], item["shown"]) for item in figures["types"]] == [
        ("course", "5-9"),
        ("others", "<5"),
    ]
    assert [(item["mode"], item["name"], item["shown"]) for item in figures["modes"]] == [
        ("any", "any mode", "5-9"),
        ("others", "others", "<5"),
    ]
