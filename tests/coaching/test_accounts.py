from __future__ import annotations

from datetime import timedelta

import pytest

from coaching import accounts, desk_sessions
from coaching.accounts import ROLES, AccountExists, BadName, LastAdmin, NewAccount, may
from coaching.desk_sessions import NOTED_AFTER, Limits

LIMITS = Limits()


@pytest.fixture
def anna(session, now):
    """Return an account."""
    return accounts.add(session, NewAccount("Anna ", "kept", display_name="Anna V."), now=now)


def test_a_name_is_one_account_however_it_is_typed(session, anna, now):
    assert accounts.find(session, " ANNA") is anna
    with pytest.raises(AccountExists):
        accounts.add(session, NewAccount("ＡＮＮＡ", "kept"), now=now)


@pytest.mark.parametrize("name", ["", "a", "-anna", "anna virtanen", "a" * 65, "<b>x</b>", "a\nb"])
def test_a_bad_name_is_refused(session, name, now):
    with pytest.raises(BadName):
        accounts.add(session, NewAccount(name, "kept"), now=now)


def test_what_roles_may_do():
    acts = ("guide", "see_all", "review", "measure", "manage", "audit")
    table = {role: [act for act in acts if may(role, act)] for role in (*ROLES, "unknown")}
    assert table == {
        "coach": ["guide", "review", "measure"],
        "lead": ["guide", "see_all", "review", "measure"],
        "admin": list(acts),
        "reviewer": ["see_all", "review", "measure"],
        "unknown": [],
    }


def test_a_session_opens_with_its_token_alone(session, anna, now):
    opened = desk_sessions.begin(session, anna, now=now)
    coach, found = desk_sessions.find(session, opened.token, LIMITS, now=now)
    assert (coach, found.form_token) == (anna, opened.form_token)
    assert opened.token not in found.token_hash
    for other in ("", opened.token + "a", opened.token.swapcase(), found.token_hash, "a" * 5000):
        assert desk_sessions.find(session, other, LIMITS, now=now) is None


def test_a_session_ends_without_use_and_after_its_whole_time(session, anna, now):
    token = desk_sessions.begin(session, anna, now=now).token
    moment = now
    while True:
        moment += LIMITS.idle - timedelta(minutes=1)
        found = desk_sessions.find(session, token, LIMITS, now=moment)
        if found is None:
            break
        desk_sessions.touch(session, found[1], is_active=True, now=moment)
        session.expire_all()
    assert now + LIMITS.whole <= moment < now + LIMITS.whole + LIMITS.idle

    token = desk_sessions.begin(session, anna, now=now).token
    late = now + LIMITS.idle + timedelta(seconds=1)
    assert desk_sessions.find(session, token, LIMITS, now=late) is None


def test_a_page_that_asks_by_itself_shows_presence_and_keeps_nothing_open(session, anna, now):
    token = desk_sessions.begin(session, anna, now=now).token
    _, opened = desk_sessions.find(session, token, LIMITS, now=now)
    later = now + NOTED_AFTER + timedelta(seconds=1)
    assert desk_sessions.is_due(anna, opened, is_active=False, now=later)
    desk_sessions.touch(session, opened, is_active=False, now=later)
    session.expire_all()
    assert (anna.seen_at, opened.used_at) == (later, now)
    assert not desk_sessions.is_due(anna, opened, is_active=False, now=later)
    assert desk_sessions.is_due(anna, opened, is_active=True, now=later)


@pytest.mark.parametrize("deed", ["password", "disable"])
def test_a_new_password_and_a_closed_account_end_every_session(session, anna, now, deed):
    tokens = [desk_sessions.begin(session, anna, now=now).token for _ in range(2)]
    if deed == "password":
        accounts.set_password(session, anna, "other")
    else:
        accounts.add(session, NewAccount("root", "kept", role="admin"), now=now)
        accounts.set_disabled(session, anna, True)
    assert [desk_sessions.find(session, token, LIMITS, now=now) for token in tokens] == [None, None]


def test_a_disabled_account_opens_with_no_session_that_is_left(session, anna, now):
    token = desk_sessions.begin(session, anna, now=now).token
    anna.is_disabled = True
    assert desk_sessions.find(session, token, LIMITS, now=now) is None


def test_somebody_always_manages_accounts(session, anna, now):
    root = accounts.add(session, NewAccount("root", "kept", role="admin"), now=now)
    with pytest.raises(LastAdmin):
        accounts.set_disabled(session, root, True)
    with pytest.raises(LastAdmin):
        accounts.set_role(session, root, "lead")
    accounts.set_role(session, anna, "admin")
    accounts.set_disabled(session, root, True)
    assert root.is_disabled
    with pytest.raises(LastAdmin):
        accounts.set_role(session, anna, "coach")


def test_sessions_that_have_ended_are_purged(session, anna, now):
    desk_sessions.begin(session, anna, now=now - LIMITS.idle)
    living = desk_sessions.begin(session, anna, now=now)
    assert desk_sessions.purge(session, LIMITS, now=now) == 1
    assert desk_sessions.find(session, living.token, LIMITS, now=now) is not None
