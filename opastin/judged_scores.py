"""How good a list of suggestions is by the judgement of people: pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

PAGE = 5
TOP = 3
# An option of this grade or a better one is what the person came for.
GOOD = 2


@dataclass(frozen=True)
class Score:
    """How one search served one person, or the mean over several."""

    people: int
    ndcg: float
    # The share of the people who have a good option among the first three.
    hit: float
    # How many options on all pages are against a limit of the person's.
    violations: int


def score_page(ids: Sequence[str], grades: Mapping[str, int], *, violations: int) -> Score:
    """Return how good one page is, which begins with the best option."""
    return Score(1, ndcg(ids, grades), float(hits(ids, grades)), violations)


def mean_score(scores: Iterable[Score]) -> Score:
    """Return the mean over people, each counting the same; violations are added up."""
    one_each = list(scores)
    return Score(
        people=len(one_each),
        ndcg=fmean(score.ndcg for score in one_each),
        hit=fmean(score.hit for score in one_each),
        violations=sum(score.violations for score in one_each),
    )


def ndcg(ids: Sequence[str], grades: Mapping[str, int], *, depth: int = PAGE) -> float:
    """Return the normalised discounted cumulative gain of the first `depth`, 0 to 1.

    The gains of the grades 1, 2 and 3 are 1, 3 and 7; 1 is reached by the best possible page.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(name, 0) for name in ids[:depth]]) / best if best else 0.0


def hits(ids: Sequence[str], grades: Mapping[str, int], *, depth: int = TOP) -> bool:
    """Say whether one of the first `depth` is good."""
    return any(grades.get(name, 0) >= GOOD for name in ids[:depth])


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))
