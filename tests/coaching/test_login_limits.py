from __future__ import annotations

from datetime import timedelta

from coaching import login_limits
from coaching.login_limits import FREE

KEY = "a" * 64
NOTHING = timedelta(0)


def test_a_few_mistakes_cost_no_wait_and_more_cost_growing_ones(session, now):
    waits = []
    moment = now
    for _ in range(FREE + 8):
        wait = login_limits.take(session, {KEY: FREE}, now=moment)
        if wait > NOTHING:
            waits.append(wait)
            moment += wait
            assert login_limits.take(session, {KEY: FREE}, now=moment) == NOTHING
    assert waits == [timedelta(seconds=30 * 2**n) for n in range(5)] + [timedelta(minutes=15)] * 3


def test_a_try_during_the_wait_is_not_counted(session, now):
    for _ in range(FREE):
        login_limits.take(session, {KEY: FREE}, now=now)
    first = login_limits.take(session, {KEY: FREE}, now=now)
    for _ in range(50):
        assert login_limits.take(session, {KEY: FREE}, now=now) == first


def test_the_longer_of_two_waits_holds_and_counts_for_neither(session, now):
    other = "b" * 64
    for _ in range(FREE):
        login_limits.take(session, {KEY: FREE}, now=now)
    assert login_limits.take(session, {KEY: FREE, other: 20}, now=now) > NOTHING
    assert login_limits.take(session, {other: 1}, now=now) == NOTHING
    assert login_limits.take(session, {other: 1}, now=now) > NOTHING


def test_the_right_password_forgives_the_account_and_gives_back_one_of_the_address(session, now):
    for _ in range(FREE):
        login_limits.take(session, {KEY: FREE}, now=now)
    login_limits.give_back(session, KEY)
    session.expire_all()
    assert login_limits.take(session, {KEY: FREE}, now=now) == NOTHING
    assert login_limits.take(session, {KEY: FREE}, now=now) > NOTHING
    login_limits.forgive(session, KEY)
    session.expire_all()
    assert login_limits.take(session, {KEY: FREE}, now=now) == NOTHING


def test_mistakes_are_forgotten_after_a_day(session, now):
    for _ in range(FREE + 1):
        login_limits.take(session, {KEY: FREE}, now=now)
    tomorrow = now + timedelta(days=1, seconds=1)
    assert login_limits.take(session, {KEY: FREE}, now=tomorrow) == NOTHING
    assert login_limits.purge(session, now=tomorrow + timedelta(days=2)) == 1
