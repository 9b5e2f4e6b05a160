from __future__ import annotations

from bench.takeover import measure


async def test_takeovers_are_measured_while_the_bot_hangs(tmp_path):
    figures = await measure(2, tmp_path)
    # Not how long it takes, which is the machine's, but that nobody waited for the bot.
    assert 0 < figures["p50_ms"] <= figures["p95_ms"] < 9_000
