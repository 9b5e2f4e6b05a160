"""What a page of suggestions is worth, against numbers worked out by hand and scikit-learn's."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opastin.judged_scores import Score, hits, mean_score, ndcg, score_page

GRADES = {"best": 3, "good": 2, "near": 1}
# The best page: 7 in the first place, 3 in the second, 1 in the third.
IDEAL = 7 + 3 / log2(3) + 1 / 2


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["best", "good", "near"], 1),
        (["good", "best", "near"], (3 + 7 / log2(3) + 1 / 2) / IDEAL),
        (["x", "best"], (7 / log2(3)) / IDEAL),
        (["x", "y", "z", "u", "near"], (1 / log2(6)) / IDEAL),
        (["x", "y", "z", "u", "v", "best"], 0),
        (["x"], 0),
        ([], 0),
    ],
)
def test_ndcg_by_hand(ids: list[str], expected: float) -> None:
    assert ndcg(ids, GRADES) == pytest.approx(expected)


def test_ndcg_in_round_numbers() -> None:
    # 7 in the third place is worth a half of 7 in the first one.
    assert ndcg(["x", "y", "best"], {"best": 3}) == pytest.approx(0.5)


def test_more_graded_options_than_places_do_not_make_a_page_worse() -> None:
    assert ndcg(list("abcde"), dict.fromkeys("abcdefgh", 3)) == pytest.approx(1)


# The first example imports scikit-learn, which takes longer than an example may.
@settings(deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=3), min_size=6, max_size=12))
def test_ndcg_is_as_scikit_learn_computes_it(order: list[int]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    ids = [f"option {number}" for number in range(len(order))]
    gains = [2**grade - 1 for grade in order]
    places = [float(-number) for number in range(len(order))]
    expected = metrics.ndcg_score([gains], [places], k=5)
    assert ndcg(ids, dict(zip(ids, order, strict=True))) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["x", "y", "good"], True),
        (["best"], True),
        (["near", "x", "y"], False),
        (["x", "y", "z", "best"], False),
        ([], False),
    ],
)
def test_a_hit_is_a_good_option_among_the_first_three(ids: list[str], expected: bool) -> None:
    assert hits(ids, GRADES) is expected


def test_everybody_counts_the_same_and_violations_add_up() -> None:
    served = score_page(["best", "good", "near"], GRADES, violations=2)
    without = score_page([], GRADES, violations=1)
    assert mean_score([served, without]) == Score(2, pytest.approx(0.5), 0.5, 3)
