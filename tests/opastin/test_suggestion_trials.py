"""Suggesting to simulated people from the sample catalogue, and the figures of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalog.db import session_factory, upgrade
from catalog.sample import load_sample
from guidance.locality import Locality
from guidance.ranking import Match
from guidance.suggestions import rank, suggest
from opastin.simulated_people import People
from opastin.suggestion_picture import draw_spread
from opastin.suggestion_report import as_json, as_table, evenness
from opastin.suggestion_trials import Served, Trials, plan_trials, run_trial
from tests.guidance.conftest import make_candidate

TODAY = date(2026, 11, 22)
PEOPLE = People(seed=7, today=TODAY)
COUNT = 12


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    url = f"sqlite:///{tmp_path_factory.mktemp('catalogue') / 'catalog.db'}"
    upgrade(url)
    with session_factory(url, writing=True)() as session:
        load_sample(session, TODAY)
        yield session


@pytest.fixture(scope="module")
def trials(session: Session) -> Trials:
    """Return the sums over a few people; moving them about is planned, and left out."""
    trials, planned = plan_trials(session, PEOPLE, COUNT, today=TODAY)
    for trial in planned:
        if trial.spreads:
            run_trial(session, trial, today=TODAY)
    return trials


def match_of(identity: str, *, step: str = "here", score: float = 1.0) -> Match:
    return Match(make_candidate(id=identity), Locality(step, 0, "743"), 0, 0.0, score)


def test_what_is_measured_is_what_is_suggested(session: Session) -> None:
    for number in range(COUNT):
        person = PEOPLE.person(number)
        page = suggest(session, person, today=TODAY)
        ranked = rank(session, person, today=TODAY)
        assert [one.candidate for one in page.options] == [it.candidate for it in ranked[:5]]
        assert page.total == len(ranked)


def test_everybody_is_tried_at_home_in_every_region_and_in_every_language(
    session: Session,
) -> None:
    trials, planned = plan_trials(session, PEOPLE, COUNT, today=TODAY)
    assert len(planned) == COUNT + 19 * COUNT + 3 * COUNT
    assert len(trials.moved) == 19
    assert sorted(trials.speaking) == ["en", "fi", "sv"]


def test_everybody_drawn_is_counted_once_in_every_table(trials: Trials) -> None:
    assert trials.all.people == COUNT
    assert sum(served.people for served in trials.regions.values()) == COUNT
    assert sum(served.people for served in trials.languages.values()) == COUNT


def test_how_people_were_served() -> None:
    served = Served()
    served.add([])
    served.add([match_of("far", step="wider")])
    served.add([match_of(identity, score=5 - place) for place, identity in enumerate("abc")])
    assert (served.people, served.without, served.few, served.reachable) == (3, 1, 1, 1)


def test_an_equal_option_that_is_left_out_is_noticed() -> None:
    page = [match_of(identity) for identity in "abcde"]
    served = Served()
    served.add([*page, match_of("worse", score=0.5)])
    assert served.tied == 0
    served.add([*page, match_of("equal")])
    assert served.tied == 1


def test_the_table_tells_that_sample_data_are_sample_data(trials: Trials) -> None:
    table = as_table(trials)
    assert "sample data" in table
    assert "Uusimaa" in table and "micro_credential" in table


def test_without_sample_data_nothing_is_said_of_them(trials: Trials) -> None:
    real = Trials(trials.options, 0, trials.all, trials.providers, trials.types)
    assert "sample data" not in as_table(real)


def test_the_json_has_every_group(trials: Trials) -> None:
    figures = as_json(trials)
    assert sum(one["eligible"] for one in figures["types"]) == pytest.approx(1, abs=0.01)
    assert sum(one["suggested"] for one in figures["providers"]) == pytest.approx(1, abs=0.01)
    assert figures["evenness"]["types"]["moved"] == round(evenness(trials.types)["moved"], 4)
    assert figures["people"]["people"] == COUNT


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml")])
def test_the_same_figures_give_the_same_picture(
    tmp_path: Path, trials: Trials, suffix: str, start: bytes
) -> None:
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    draw_spread(trials, first)
    draw_spread(trials, second)
    assert first.read_bytes().startswith(start)
    assert first.read_bytes() == second.read_bytes()
