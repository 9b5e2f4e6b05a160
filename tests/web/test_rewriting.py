from __future__ import annotations

from datetime import datetime

import pytest

from opastin.settings import TIME_ZONE
from web.rewriting import Rewriting

DAY, NIGHT = (datetime(2026, 11, 20, hour, 30, tzinfo=TIME_ZONE) for hour in (12, 3))


class Storage:
    """Counts what is run on it, and fails when a test wants it so."""

    def __init__(self):
        self.runs = 0
        self.error = None

    async def run(self, work):
        self.runs += 1
        if self.error is not None:
            raise self.error


@pytest.fixture
def storage():
    """Return a storage that does nothing."""
    return Storage()


async def test_what_was_left_before_the_start_is_done_in_the_first_night(storage):
    rewriting = Rewriting(storage)
    for moment, runs in ((DAY, 0), (NIGHT, 1), (NIGHT, 1)):
        await rewriting.rewrite_at_night(moment)
        assert storage.runs == runs


@pytest.mark.parametrize(("is_thorough", "runs"), [(False, 2), (True, 1)])
async def test_an_erasure_that_left_something_is_finished_at_night(storage, is_thorough, runs):
    rewriting = Rewriting(storage)
    await rewriting.rewrite_at_night(NIGHT)
    rewriting.note(is_thorough=is_thorough)
    await rewriting.rewrite_at_night(NIGHT)
    assert storage.runs == runs


async def test_a_rewriting_that_fails_is_tried_again(storage):
    rewriting = Rewriting(storage)
    storage.error = OSError("no room")
    with pytest.raises(OSError, match="no room"):
        await rewriting.rewrite_at_night(NIGHT)
    storage.error = None
    await rewriting.rewrite_at_night(NIGHT)
    await rewriting.rewrite_at_night(NIGHT)
    assert storage.runs == 2
