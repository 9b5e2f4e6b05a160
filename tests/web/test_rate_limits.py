"""Moving windows: kept to the second, and forgotten when they are over."""

from __future__ import annotations

from typing import Any

import pytest
from limits.errors import StorageError

from web import rate_limits
from web.errors import ApiError
from web.rate_limits import TIDY_SECONDS, RateLimits, Windows


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.time", clock.time)
    return clock


async def test_a_window_moves(clock: Clock) -> None:
    limits = RateLimits(messages_per_minute=2, conversations_per_minute=1)
    await limits.take_message("a")
    clock.now += 40
    await limits.take_message("a")
    with pytest.raises(ApiError) as caught:
        await limits.take_message("a")
    assert caught.value.retry_after_seconds == 20
    await limits.take_message("b")
    clock.now += 20
    await limits.take_message("a")
    with pytest.raises(ApiError):
        await limits.take_message("a")


async def test_a_refused_try_is_not_counted(clock: Clock) -> None:
    limits = RateLimits(messages_per_minute=1, conversations_per_minute=1)
    await limits.take_message("a")
    for _ in range(50):
        clock.now += 1
        with pytest.raises(ApiError):
            await limits.take_message("a")
    clock.now += 10
    await limits.take_message("a")


async def test_a_clock_set_back_keeps_nobody_waiting(clock: Clock) -> None:
    limits = RateLimits(messages_per_minute=1, conversations_per_minute=1)
    await limits.take_message("a")
    clock.now -= 3600
    await limits.take_message("a")
    with pytest.raises(ApiError) as caught:
        await limits.take_message("a")
    assert caught.value.retry_after_seconds == 60


async def test_windows_that_are_over_are_forgotten(clock: Clock) -> None:
    windows = Windows()
    for key in range(100):
        assert await windows.acquire_entry(f"old{key}", 5, 60)
    clock.now += TIDY_SECONDS
    assert await windows.acquire_entry("long", 5, 600)
    assert set(windows.events) == {"long"}
    clock.now += TIDY_SECONDS
    assert await windows.acquire_entry("new", 5, 60)
    assert set(windows.events) == {"long", "new"}


async def test_a_message_looks_at_its_own_window_alone(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Any] = []
    windows = Windows()
    for key in range(100):
        await windows.acquire_entry(f"other{key}", 5, 60)
    is_over = rate_limits._is_over
    monkeypatch.setattr(
        rate_limits, "_is_over", lambda *given: looked.append(given) or is_over(*given)
    )
    await windows.acquire_entry("own", 5, 60)
    assert looked == []


class Away:
    """Stands for windows in Redis that cannot be asked."""

    def __init__(self) -> None:
        self.asked = 0

    def hit(self, *_: Any) -> bool:
        self.asked += 1
        raise StorageError(OSError())


async def test_redis_that_gave_no_answer_is_left_alone_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits = RateLimits(messages_per_minute=20, conversations_per_minute=1)
    away = Away()
    monkeypatch.setattr(limits, "_shared", away)
    monkeypatch.setattr(rate_limits, "AWAY_SECONDS", 3600.0)
    for _ in range(10):
        await limits.take_message("a")
    assert away.asked == 1
    monkeypatch.setattr(limits, "_is_away_until", 0.0)
    await limits.take_message("a")
    assert away.asked == 2
