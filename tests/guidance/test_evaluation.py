"""How evenly suggestions fall: shares, weights of places, reasons, and the Gini coefficient."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog.search import Candidate
from guidance.evaluation import VARIETY, Spread, Standing, gini, position_weights
from guidance.locality import Locality
from guidance.ranking import Match

Make = Callable[..., Candidate]
HERE = Locality("here", 0, "743")


def spread_by_type(page: int = 5) -> Spread:
    return Spread(lambda item: item.candidate.type, page=page)


def item(option: Candidate, **parts: float) -> Match:
    return Match(option, HERE, 0, 0.0, sum(parts.values()), None, tuple(parts.items()))


def test_what_is_on_the_page_has_the_attention_and_the_rest_has_none(candidate: Make) -> None:
    spread = spread_by_type(page=1)
    spread.add([item(candidate(id="a", type="course")), item(candidate(id="b", type="badge"))])
    course, badge = spread.standings()
    assert (course.name, course.eligible, course.suggested, course.ratio) == ("course", 0.5, 1, 2)
    assert (badge.name, badge.eligible, badge.suggested, badge.ratio) == ("badge", 0.5, 0, 0)


def test_every_person_counts_the_same_however_long_the_list(candidate: Make) -> None:
    spread = spread_by_type()
    spread.add([item(candidate(id="a", type="course"))])
    spread.add([item(candidate(id=str(number), type="badge")) for number in range(9)])
    assert {one.name: one.suggested for one in spread.standings()} == pytest.approx(
        {"course": 0.5, "badge": 0.5}
    )


def test_shares_add_up_to_one_and_an_empty_list_changes_nothing(candidate: Make) -> None:
    spread = spread_by_type()
    spread.add([item(candidate(id=str(number), type=f"type {number % 3}")) for number in range(8)])
    spread.add([])
    assert sum(one.eligible for one in spread.standings()) == pytest.approx(1)
    assert sum(one.suggested for one in spread.standings()) == pytest.approx(1)


def test_an_option_on_many_lists_is_one_option(candidate: Make) -> None:
    spread = spread_by_type()
    for _ in range(3):
        spread.add([item(candidate(id="a"))])
    assert spread.standings()[0].options == 1


def test_the_reason_is_the_part_of_the_score_that_tells_a_group_from_the_others(
    candidate: Make,
) -> None:
    spread = spread_by_type(page=1)
    near = item(candidate(id="a", type="course"), place=20, price=1)
    far = item(candidate(id="b", type="badge"), place=4, price=3)
    spread.add([near, far])
    course, badge = spread.standings()
    assert course.reason == ("place", 8)
    assert badge.reason == ("place", -8)


def test_without_a_telling_part_the_reason_is_variety() -> None:
    even = Standing("course", 1, eligible=0.4, suggested=0.2, leads=(("place", 3.0),))
    assert even.reason == (VARIETY, 0.0)


def test_the_first_place_weighs_most_and_the_third_half_of_it() -> None:
    weights = position_weights(5)
    assert weights == sorted(weights, reverse=True)
    assert weights[2] == pytest.approx(weights[0] / 2)
    assert sum(weights) == pytest.approx(1)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [([1, 1, 1, 1], 0), ([0, 0, 0, 1], 0.75), ([1, 3], 0.25), ([0, 0], 0), ([], 0)],
)
def test_gini(shares: list[float], expected: float) -> None:
    assert gini(shares) == pytest.approx(expected)
