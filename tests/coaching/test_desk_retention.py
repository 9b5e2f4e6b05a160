"""What the desk forgets by itself, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError

from coaching import accounts, audit, desk_sessions, login_limits
from coaching.accounts import NewAccount
from coaching.desk_models import AuditEntry, CoachSession
from coaching.desk_retention import DeskPurge, limits_by, purge_desk
from opastin.settings import Settings

# The database compares an entry's time with its own clock.
NOW = datetime.now(timezone.utc)


@pytest.fixture
def engine(either_engine):
    return either_engine


@pytest.fixture
def limits(tmp_path):
    """Return how long sessions live unless set otherwise."""
    return limits_by(Settings(home=tmp_path, catalog_url="", conversations_url=""))


def test_sessions_and_failures_go_when_they_have_ended(engine, session, limits):
    coach = accounts.add(session, NewAccount("anna", "none"), now=NOW)
    for minutes in (61, 59):
        desk_sessions.begin(session, coach, now=NOW - timedelta(minutes=minutes))
    login_limits.take(session, {"a" * 64: 5}, now=NOW - timedelta(days=2))
    session.commit()
    purged = purge_desk(engine, limits=limits, audit_days=730, now=NOW)
    assert purged == DeskPurge(sessions=1, login_failures=1, audit=0)
    assert len(session.scalars(select(CoachSession)).all()) == 1


def test_old_entries_of_the_audit_go_and_young_ones_stay(engine, session, limits):
    for days in (0, 729, 731):
        audit.note(session, "anna", f"view_{days}", None, NOW - timedelta(days=days))
    session.commit()
    purged = purge_desk(engine, limits=limits, audit_days=730, now=NOW)
    assert purged.audit == 1
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["view_0", "view_729"]


def test_nobody_can_make_the_audit_forget_a_year(engine, session, limits):
    audit.note(session, "anna", "view", None, NOW - timedelta(days=360))
    session.commit()
    assert purge_desk(engine, limits=limits, audit_days=1, now=NOW).audit == 0
    with pytest.raises(DatabaseError, match="only added to"):
        session.execute(delete(AuditEntry), execution_options={"synchronize_session": False})
    session.rollback()
