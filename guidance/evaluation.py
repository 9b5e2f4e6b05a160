"""How evenly suggestions fall on groups of options, against what could have been suggested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log2

from guidance.ranking import Match

PAGE = 5
# By so many points a part of the score has to speak for or against a group to be the reason.
TELLING_POINTS = 0.3
# The reason where no part of the score is: options of one provider or type are kept apart.
VARIETY = "variety"


@dataclass(frozen=True)
class Standing:
    """What one group of options got, and what it would get if pages were drawn by lot."""

    name: str
    # Options that were eligible for somebody.
    options: int
    # Shares of all people's pages; over all groups each adds up to 1.
    eligible: float
    suggested: float
    # Points by which the group's options lie above the others on the same list, by part of the
    # score, the mean over all lists.
    leads: tuple[tuple[str, float], ...] = ()

    @property
    def ratio(self) -> float:
        """Return how many times its share by lot the group was suggested."""
        return self.suggested / self.eligible

    @property
    def reason(self) -> tuple[str, float]:
        """Return the part of the score that speaks most for the ratio, with its points."""
        side = 1 if self.ratio >= 1 else -1
        name, points = max(self.leads, key=lambda item: side * item[1], default=(VARIETY, 0.0))
        return (name, points) if side * points >= TELLING_POINTS else (VARIETY, 0.0)


class Spread:
    """Adds up, list by list, how pages spread over groups of options."""

    def __init__(self, group: Callable[[Match], str], *, page: int = PAGE) -> None:
        """Tell groups apart by `group`; the first `page` options of a list are shown."""
        self._group = group
        self._page = page
        self._lists = 0
        self._options: dict[str, set[str]] = defaultdict(set)
        self._eligible: dict[str, float] = defaultdict(float)
        self._suggested: dict[str, float] = defaultdict(float)
        self._leads: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))

    def add(self, ranked: Sequence[Match]) -> None:
        """Count one person's list of everything eligible, best first; an empty one counts not."""
        if not ranked:
            return
        self._lists += 1
        average = _average_parts(ranked)
        for item in ranked:
            name = self._group(item)
            self._options[name].add(item.candidate.id)
            self._eligible[name] += 1 / len(ranked)
            own = dict(item.parts)
            for part, points in average.items():
                self._leads[name][part] += (own.get(part, 0.0) - points) / len(ranked)
        shown = ranked[: self._page]
        for item, weight in zip(shown, position_weights(len(shown)), strict=True):
            self._suggested[self._group(item)] += weight

    def standings(self) -> list[Standing]:
        """Return the groups, the one suggested most above its share by lot first."""
        found = [self._standing(name) for name in self._eligible]
        return sorted(found, key=lambda one: (-one.ratio, one.name))

    def _standing(self, name: str) -> Standing:
        leads = self._leads[name].items()
        return Standing(
            name=name,
            options=len(self._options[name]),
            eligible=self._eligible[name] / self._lists,
            suggested=self._suggested[name] / self._lists,
            leads=tuple(sorted((part, sum_ / self._eligible[name]) for part, sum_ in leads)),
        )


def position_weights(count: int) -> list[float]:
    """Return how much of a page's attention each place gets, the first most; they add up to 1.

    As in discounted cumulative gain: the third place gets half of what the first one gets.
    """
    weights = [1 / log2(place + 1) for place in range(1, count + 1)]
    return [weight / sum(weights) for weight in weights]


def gini(shares: Iterable[float]) -> float:
    """Return how unevenly something is shared: 0 is evenly, near 1 is nearly all to one."""
    ordered = sorted(shares)
    count, total = len(ordered), sum(ordered)
    if not total:
        return 0.0
    ranks = sum(place * share for place, share in enumerate(ordered, start=1))
    return 2 * ranks / (count * total) - (count + 1) / count


def _average_parts(ranked: Sequence[Match]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for item in ranked:
        for part, points in item.parts:
            sums[part] += points / len(ranked)
    return sums
