from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from coaching.db import (
    MIGRATIONS,
    VERSION_TABLE,
    open_engine,
    session_factory,
    upgrade,
    upgrade_engine,
)
from coaching.models import Conversation, metadata
from coaching.transcript_index import is_declared
from opastin.errors import UserError


def test_the_migrations_make_the_tables_of_the_models(engine):
    with engine.connect() as connection:
        options = {
            "version_table": VERSION_TABLE,
            "compare_type": True,
            "include_name": is_declared,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_changes_nothing(engine):
    upgrade_engine(engine)
    assert "conversations" in inspect(engine).get_table_names()


def test_the_kiosks_tables_can_be_taken_back_and_made_again(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        assert "kiosks" not in inspect(connection).get_table_names()
        command.upgrade(config, "head")
    test_the_migrations_make_the_tables_of_the_models(engine)


def test_the_folder_of_a_new_database_is_made(tmp_path):
    upgrade(f"sqlite:///{tmp_path}/not/yet/there.db")
    assert (tmp_path / "not/yet/there.db").is_file()


def test_tables_that_rasa_made_first_stay(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path}/early.db")
    with engine.begin() as connection:
        metadata.tables["events"].create(connection)
        connection.execute(
            metadata.tables["events"].insert().values(sender_id="a", type_name="user")
        )

    upgrade_engine(engine)

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM events")) == 1
    engine.dispose()


def test_events_are_what_rasa_declares():
    tracker_store = pytest.importorskip("rasa.core.tracker_store", exc_type=ImportError)
    theirs = tracker_store.SQLTrackerStore.SQLEvent.__table__
    ours = metadata.tables["events"]

    def columns(table):
        return [(c.name, str(c.type), c.nullable, c.primary_key) for c in table.columns]

    assert columns(ours) == columns(theirs)
    assert {index.name for index in ours.indexes} == {index.name for index in theirs.indexes}


def test_a_transaction_takes_the_write_lock_at_once(engine, database):
    with session_factory(engine).begin() as session:
        session.execute(text("SELECT 1"))
        with (
            sqlite3.connect(database, timeout=0) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


def test_readers_do_not_wait_for_a_writer(engine):
    reading = engine.execution_options(reads_only=True)
    with session_factory(engine).begin(), session_factory(reading)() as reader:
        assert reader.get(Conversation, "0" * 32) is None


def test_errors_do_not_hold_what_people_wrote(engine):
    with pytest.raises(OperationalError) as caught, engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE a = :a"), {"a": "my secret"})
    assert "my secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["nonsense", "strange://host/name", "sqlite:////proc/none/conversations.db", ""]
)
def test_an_address_that_cannot_be_used_is_a_clear_mistake(url):
    with pytest.raises(UserError, match=r"(?i)conversations"):
        upgrade(url)
