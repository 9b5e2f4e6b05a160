"""The loop that tells how fast the machine is."""

from __future__ import annotations

import pytest

from bench.calibration import QUIET_SECONDS, Calibration


def test_the_loop_runs_between_items_and_tells_how_slow_the_machine_is():
    loop = Calibration()
    assert list(loop.between("abcde", every=2)) == list("abcde")
    assert loop.processor > 0
    assert loop.slowness == pytest.approx(loop.milliseconds / 1000 / QUIET_SECONDS)
