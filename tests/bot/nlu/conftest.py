"""What the tests of understanding share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.nlu.slots import load_slot_finder

Values = Callable[..., list[object]]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def values() -> Values:
    """Return the values of one slot in a message, on 22 November 2026."""

    def find(slot: str, text: str, asked: str | None = None, today: date = TODAY) -> list[object]:
        found = load_slot_finder().find(text, today=today, asked=asked)
        return [fact.value for fact in found if fact.slot == slot]

    return find
