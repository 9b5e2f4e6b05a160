"""How fast this machine is at the moment, so that figures of a busy one can be told apart."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

ROUNDS = 20_000
# What a million rounds take on a quiet core of the kind that the project's figures are meant for.
QUIET_SECONDS = 0.080

_T = TypeVar("_T")


class Calibration:
    """A bare loop, run again and again between what is measured."""

    def __init__(self) -> None:
        self.wall = 0.0
        self.processor = 0.0
        self._rounds = 0

    def run(self) -> None:
        """Run the loop for a few milliseconds."""
        began, spent, total = time.perf_counter(), time.process_time(), 0
        for number in range(ROUNDS):
            total += number * number % 7
        self.wall += time.perf_counter() - began
        self.processor += time.process_time() - spent
        self._rounds += ROUNDS

    def between(self, items: Iterable[_T], every: int) -> Iterator[_T]:
        """Yield items, and run the loop now and then."""
        for number, item in enumerate(items):
            if number % every == 0:
                self.run()
            yield item

    @property
    def milliseconds(self) -> float:
        """Return the processor time of a million rounds."""
        return self.processor / self._rounds * 1e9

    @property
    def slowness(self) -> float:
        """Return how many times as long as on a quiet core everything takes."""
        return self.processor / self._rounds * 1e6 / QUIET_SECONDS
