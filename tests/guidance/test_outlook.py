"""A shortage of people is one reason among others, where it is known and holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalog.geography import load_geography
from catalog.outlook import Outlook, Outlooks
from catalog.search import Candidate
from guidance.locality import locate
from guidance.profile import Profile
from guidance.ranking import Match, best_first, match
from guidance.reasons import reasons
from guidance.remarks import Remark

from .conftest import TODAY

Make = Callable[..., Candidate]
WORK = {"goal": "new_career", "place": "743"}
PUBLISHED = date(2026, 9, 15)


def row(outlook: str = "shortage", region: str = "maakunta_14", *, sample: bool = False) -> Outlook:
    return Outlook("092", region, outlook, "Barometri", PUBLISHED, sample)


def matched(profile: dict[str, Any], option: Candidate, *rows: Outlook) -> Match:
    learner = Profile.from_dict(profile)
    place = locate(learner, option, load_geography())
    return match(learner, option, place, today=TODAY, outlooks=Outlooks(rows))


def employing(profile: dict[str, Any], option: Candidate, *rows: Outlook) -> list[Remark]:
    found = reasons(Profile.from_dict(profile), matched(profile, option, *rows), today=TODAY)
    return [remark for remark in found if remark.code == "employing"]


def test_a_shortage_is_told_with_its_source_and_date(candidate: Make) -> None:
    values = {"place": "maakunta_14", "source": "Barometri", "month": PUBLISHED}
    assert employing(WORK, candidate(), row()) == [Remark("employing", values)]


@pytest.mark.parametrize("outlook", ["balance", "oversupply"])
def test_only_a_shortage_is_a_reason(candidate: Make, outlook: str) -> None:
    assert employing(WORK, candidate(), row(outlook)) == []


def test_a_providers_own_word_is_no_reason(candidate: Make) -> None:
    assert employing(WORK, candidate(employing=True)) == []


@pytest.mark.parametrize(
    ("goal", "is_told"),
    [("new_career", True), ("advance", True), ("interest", False), (None, False)],
)
def test_it_is_told_to_one_who_studies_for_work(
    candidate: Make, goal: str | None, is_told: bool
) -> None:
    assert bool(employing({**WORK, "goal": goal}, candidate(), row())) is is_told


def test_the_learners_region_counts_before_the_options(candidate: Make) -> None:
    in_vaasa = candidate(place="905")
    ostrobothnia = row(region="maakunta_15")
    assert employing(WORK, in_vaasa, ostrobothnia) == []
    assert employing({"goal": "advance"}, in_vaasa, ostrobothnia)
    assert employing({"goal": "advance"}, candidate(place=None), ostrobothnia) == []


def test_it_tells_equal_options_apart_and_outweighs_no_wish(candidate: Make) -> None:
    def first(profile: dict[str, Any], *options: Candidate) -> str:
        items = [matched(profile, option, row()) for option in options]
        return best_first(items)[0].candidate.id

    short = candidate(id="short", field="0923")
    other = candidate(id="other", field="0413")
    assert first(WORK, other, short) == "short"
    assert first({**WORK, "field": "0413"}, other, short) == "other"
    away = candidate(id="away", field="0923", place="232")
    assert first(WORK, other, away) == "other"
    day = candidate(id="day", field="0923", schedule=("daytime",))
    evening = candidate(id="evening", field="0413", schedule=("evening",))
    assert first({**WORK, "schedule": ["evening"]}, day, evening) == "evening"
