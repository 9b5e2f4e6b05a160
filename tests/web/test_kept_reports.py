from __future__ import annotations

import asyncio

import pytest

from web.kept_reports import KEPT_REPORTS, KEPT_SECONDS, KeptReports


class Maker:
    """Counts how often a report was made, and how many were under way at once."""

    def __init__(self):
        self.made = self.most = self._now = 0

    async def __call__(self):
        self.made += 1
        self._now += 1
        self.most = max(self.most, self._now)
        await asyncio.sleep(0)
        self._now -= 1
        return self.made


@pytest.fixture
def clock():
    """Return a clock that a test sets."""
    return [0.0]


@pytest.fixture
def reports(clock):
    return KeptReports(lambda: clock[0])


async def test_a_report_is_kept_for_a_while(reports, clock):
    make = Maker()
    assert [await reports.get("a", make), await reports.get("a", make)] == [1, 1]
    clock[0] = KEPT_SECONDS + 1
    assert await reports.get("a", make) == 2


async def test_one_report_is_made_at_a_time(reports):
    make = Maker()
    await asyncio.gather(*(reports.get(wish, make) for wish in "abca"))
    assert (make.made, make.most) == (3, 1)


async def test_only_so_many_are_kept(reports):
    make = Maker()
    for wish in range(KEPT_REPORTS + 1):
        await reports.get(wish, make)
    assert await reports.get(0, make) == KEPT_REPORTS + 2


async def test_what_could_not_be_made_is_not_kept(reports):
    async def fail():
        raise ValueError

    with pytest.raises(ValueError):
        await reports.get("a", fail)
    assert await reports.get("a", Maker()) == 1
