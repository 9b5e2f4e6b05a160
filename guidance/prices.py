"""What a study option costs: an amount, or a range where it differs from person to person."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.search import Candidate


@dataclass(frozen=True)
class Price:
    """A price in euros, or its lower end where `most` is the upper one."""

    least: float
    most: float | None = None

    @property
    def is_free(self) -> bool:
        """Say whether it costs nothing, whoever takes it."""
        return self.least == 0 and not self.most

    @property
    def highest(self) -> float:
        """The most that one may have to pay."""
        return self.least if self.most is None else self.most


def price_of(candidate: Candidate) -> Price | None:
    """Return the price of the whole option, None when it is not known."""
    if candidate.price_eur is None:
        return None
    return Price(candidate.price_eur, candidate.price_max_eur)
