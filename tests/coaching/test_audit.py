"""The audit, failed logins, accounts and sessions, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, delete, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from coaching import accounts, audit, desk_sessions, login_limits, teams
from coaching.accounts import LastAdmin, NewAccount
from coaching.audit import Wanted
from coaching.db import open_engine, session_factory, upgrade_engine
from coaching.desk_models import AuditEntry
from coaching.desk_sessions import Limits
from coaching.pseudonyms import Pseudonyms
from coaching.teams import Wishes

# By the database's own clock a year-old entry may go, so these must be of today.
NOW = datetime.now(timezone.utc).replace(microsecond=0)
NAME = "audited"


# Once for all: nothing here can take away what another test finds.
@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sessions(request, tmp_path_factory):
    """Return a factory of sessions on a new database of each kind."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('audit')}/conversations.db")
        upgrade_engine(engine)
        yield session_factory(engine)
        engine.dispose()
        return
    address = request.getfixturevalue("postgresql")
    server = create_engine(address, future=True, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
    engine = open_engine(make_url(address).set(database=NAME).render_as_string(False))
    upgrade_engine(engine)
    yield session_factory(engine)
    engine.dispose()
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {NAME}")
    server.dispose()


@pytest.fixture(scope="module")
def noted(sessions):
    """Return the factory of sessions after three entries, a day apart."""
    with sessions.begin() as session:
        for day, (who, subject) in enumerate([("anna", "x"), ("bo", "x"), ("anna", "y")]):
            audit.note(session, who, "view", subject, NOW + timedelta(days=day))
    return sessions


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["anna y", "bo x", "anna x"]),
        (Wanted(who="anna"), ["anna y", "anna x"]),
        (Wanted(subject="x"), ["bo x", "anna x"]),
        (Wanted(since=NOW + timedelta(days=1)), ["anna y", "bo x"]),
        (Wanted(until=NOW + timedelta(days=1)), ["anna x"]),
        (Wanted(before=2), ["anna x"]),
    ],
)
def test_entries_are_found_newest_first(noted, wanted, found):
    with noted() as session:
        entries = audit.read(session, wanted)
    assert [f"{entry.who} {entry.subject}" for entry in entries] == found


@pytest.mark.parametrize(
    "change",
    [
        update(AuditEntry).values(who="nobody"),
        delete(AuditEntry),
        delete(AuditEntry).where(AuditEntry.id == 1),
        text("UPDATE audit SET at = at WHERE id = 2"),
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(noted, change):
    with noted() as session, pytest.raises(DatabaseError, match="only added to"):
        session.execute(change, execution_options={"synchronize_session": False})
    with noted() as session:
        assert len(audit.read(session, Wanted())) == 3


def test_an_entry_is_not_removed_in_another_way(noted):
    ways = {
        "postgresql": "TRUNCATE audit",
        "sqlite": "REPLACE INTO audit (id, at, who, action, subject) "
        "SELECT id, at, 'nobody', action, subject FROM audit WHERE id = 1",
    }
    with noted() as session, pytest.raises(DatabaseError, match="only added to"):
        session.execute(text(ways[session.get_bind().dialect.name]))


def test_conversations_are_named_by_a_keyed_hash():
    names = Pseudonyms(b"a key for tests only")
    named = names.in_audit("0" * 32)
    assert len(named) == 64
    assert named not in (
        names.of_erased("0" * 32),
        Pseudonyms(b"another key!!!!!").in_audit("0" * 32),
    )


def test_many_tries_at_once_are_all_counted(sessions):
    """Whoever tries a hundred passwords at the same moment gets no more than the free ones."""

    def try_once(_):
        with sessions.begin() as session:
            return login_limits.take(session, {"a" * 64: 5, "b" * 64: 20}, now=NOW)

    with ThreadPoolExecutor(6) as threads:
        waits = list(threads.map(try_once, range(24)))
    assert sum(wait == timedelta(0) for wait in waits) == 5


def test_an_account_its_team_and_its_session_live_and_end(sessions):
    with sessions.begin() as session:
        team = teams.add(
            session, Wishes("Kainuu", places=["205"], hours={"mon": ["09:00", "15:00"]})
        )
        for name in ("anna", "root"):
            new = NewAccount(name, "kept", role="admin", team_id=team.id)
            accounts.add(session, new, now=NOW)
        opened = desk_sessions.begin(session, accounts.find(session, "ANNA"), now=NOW)
    later = NOW + timedelta(minutes=30)
    with sessions.begin() as session:
        coach, found = desk_sessions.find(session, opened.token, Limits(), now=later)
        desk_sessions.touch(session, found, is_active=True, now=later)
        assert teams.members(session) == {coach.team_id: ["anna", "root"]}
    with sessions.begin() as session:
        coach, found = desk_sessions.find(session, opened.token, Limits(), now=later)
        assert (coach.seen_at, found.used_at) == (later, later)
        accounts.set_disabled(session, coach, True)
        with pytest.raises(LastAdmin):
            accounts.set_disabled(session, accounts.find(session, "root"), True)
        assert desk_sessions.find(session, opened.token, Limits(), now=later) is None


def test_two_administrators_do_not_close_each_other_at_the_same_moment(sessions):
    with sessions.begin() as session:
        for name in ("one", "two"):
            accounts.add(session, NewAccount(name, "kept", role="admin"), now=NOW)
        for other in accounts.every(session):
            other.is_disabled = other.name not in ("one", "two")

    def close(name):
        try:
            with sessions.begin() as session:
                accounts.set_disabled(session, accounts.find(session, name), True)
        except LastAdmin:
            return name
        return None

    with ThreadPoolExecutor(2) as threads:
        refused = list(filter(None, threads.map(close, ("one", "two"))))
    assert len(refused) == 1
