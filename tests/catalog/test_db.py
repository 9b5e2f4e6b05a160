from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from catalog.db import (
    downgrade_connection,
    open_engine,
    session_factory,
    upgrade,
    upgrade_connection,
)
from catalog.index.search import Query, search
from catalog.models import Field, Place, metadata
from catalog.search import find_option
from opastin.errors import UserError


def differences(connection):
    """Return how the tables differ from the models; each database has its own index of terms."""

    def is_of_the_models(name, type_, _parents):
        return type_ != "table" or not name.startswith(("search_terms", "search_postings"))

    options = {"include_name": is_of_the_models}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def test_upgrade_makes_every_table_of_the_models(tmp_path):
    url = f"sqlite:///{tmp_path}/deep/inside/catalog.db"
    upgrade(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


def test_upgrade_carries_over_places_and_fields_and_can_be_repeated(tmp_path):
    url = f"sqlite:///{tmp_path}/catalog.db"
    upgrade(url)
    upgrade(url)
    with session_factory(url)() as session:
        assert session.get(Place, "743").region == "maakunta_14"
        assert session.get(Field, "092").name_fi == "Hyvinvointi"
        assert len(session.scalars(select(Place)).all()) == 308 + 19


def test_upgrade_mends_reference_data_that_differ(tmp_path):
    url = f"sqlite:///{tmp_path}/catalog.db"
    upgrade(url)
    with session_factory(url).begin() as session:
        session.get(Place, "743").name_fi = "Östermyra"
    upgrade(url)
    with session_factory(url)() as session:
        assert session.get(Place, "743").name_fi == "Seinäjoki"


def test_migrations_go_up_and_down_and_up_again():
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection)
        downgrade_connection(connection)
        assert inspect(connection).get_table_names() == ["alembic_version"]
        upgrade_connection(connection)
        assert "offerings" in inspect(connection).get_table_names()
    engine.dispose()


def test_a_catalogue_from_before_routes_keeps_what_it_holds():
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection, "0001")
        for statement in (
            "INSERT INTO sources VALUES ('tests', 0, '2026-03-01', NULL)",
            "INSERT INTO study_options (id, type, keywords, leads_to_degree, source_name, read_on,"
            " searchable) VALUES ('a', 'course', '', 'Sosionomi (AMK)', 'tests', '2026-03-01', '')",
            "INSERT INTO option_texts (option_id, language, title) VALUES ('a', 'fi', 'Kurssi')",
            "INSERT INTO offerings (option_id, id, position, modes, schedule, teaching_languages,"
            " continuous) VALUES ('a', 'a-1', 1, '', '', '', 1)",
        ):
            connection.execute(text(statement))
        upgrade_connection(connection)
        (candidate,) = find_option(Session(connection, future=True), "a")
        assert candidate.leads_to == {"fi": "Sosionomi (AMK)"}
        assert (candidate.titles, candidate.offering) == ({"fi": "Kurssi"}, "a-1")
        assert (candidate.funding, candidate.route_credits) == ((), None)
        downgrade_connection(connection, "0001")
        stored = connection.execute(text("SELECT leads_to_degree FROM study_options")).scalar()
        assert stored == "Sosionomi (AMK)"
    engine.dispose()


def test_a_catalogue_from_before_withdrawals_keeps_what_it_holds():
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection, "0002")
        for statement in (
            "INSERT INTO sources VALUES ('tests', 0, '2026-03-01', NULL)",
            "INSERT INTO study_options (id, type, keywords, source_name, read_on, searchable)"
            " VALUES ('a', 'course', '', 'tests', '2026-03-01', '')",
            "INSERT INTO option_texts (option_id, language, title) VALUES ('a', 'fi', 'Kurssi')",
            "INSERT INTO offerings (option_id, id, position, modes, schedule, teaching_languages,"
            " continuous) VALUES ('a', 'a-1', 1, '', '', '', 1)",
        ):
            connection.execute(text(statement))
        upgrade_connection(connection)
        (candidate,) = find_option(Session(connection, future=True), "a")
        assert (candidate.withdrawn_on, candidate.criteria) == (None, {})
        downgrade_connection(connection, "0002")
        for table, column in (("study_options", "withdrawn_on"), ("option_texts", "criteria")):
            names = [found["name"] for found in inspect(connection).get_columns(table)]
            assert column not in names
        assert connection.execute(text("SELECT count(*) FROM offerings")).scalar() == 1
    engine.dispose()


def test_a_catalogue_from_before_ranges_of_prices_keeps_what_it_holds():
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection, "0003")
        for statement in (
            "INSERT INTO sources VALUES ('tests', 0, '2026-03-01', NULL)",
            "INSERT INTO study_options (id, type, keywords, source_name, read_on, searchable)"
            " VALUES ('a', 'course', '', 'tests', '2026-03-01', '')",
            "INSERT INTO option_texts (option_id, language, title) VALUES ('a', 'fi', 'Kurssi')",
            "INSERT INTO offerings (option_id, id, position, modes, schedule, teaching_languages,"
            " continuous, price_eur) VALUES ('a', 'a-1', 1, '', '', '', 0, 60)",
        ):
            connection.execute(text(statement))
        upgrade_connection(connection)
        (candidate,) = find_option(Session(connection, future=True), "a")
        assert (candidate.price_eur, candidate.price_max_eur) == (60, None)
        assert (candidate.admission, candidate.skills) == (None, {})
        downgrade_connection(connection, "0003")
        for table, column in (("offerings", "price_max_eur"), ("option_texts", "skills")):
            names = [found["name"] for found in inspect(connection).get_columns(table)]
            assert column not in names
        assert connection.execute(text("SELECT price_eur FROM offerings")).scalar() == 60
    engine.dispose()


def test_a_catalogue_from_before_search_is_indexed():
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection, "0003")
        for statement in (
            "INSERT INTO sources VALUES ('tests', 0, '2026-03-01', NULL)",
            "INSERT INTO study_options (id, type, keywords, source_name, read_on, searchable)"
            " VALUES ('a', 'course', '', 'tests', '2026-03-01', '')",
            "INSERT INTO option_texts (option_id, language, title) VALUES ('a', 'fi', 'Hitsaus')",
            "INSERT INTO offerings (option_id, id, position, modes, schedule, teaching_languages,"
            " continuous) VALUES ('a', 'a-1', 1, '', '', '', 1)",
        ):
            connection.execute(text(statement))
        upgrade_connection(connection)
        session = Session(connection, future=True)
        assert [hit.option for hit in search(session, Query("hitsausta"), limit=9).hits] == ["a"]
        downgrade_connection(connection, "0003")
        assert connection.execute(text("SELECT searchable FROM study_options")).scalar() == ""
    engine.dispose()


def test_upgrade_works_from_any_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    upgrade("sqlite:///catalog.db")
    assert Path("catalog.db").exists()


def test_sqlite_checks_foreign_keys_and_lets_readers_go_on_while_somebody_writes(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/catalog.db")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA busy_timeout")) > 0
    engine.dispose()


@pytest.mark.parametrize("url", ["nonsense", "nonsense://host/name", "sqlite:////proc/no/such.db"])
def test_an_address_that_cannot_be_opened_is_the_users_mistake(url):
    with pytest.raises(UserError):
        upgrade(url)


def test_a_file_that_is_no_database_is_the_users_mistake(tmp_path):
    path = tmp_path / "catalog.db"
    path.write_text("I am a letter, not a database. " * 100, encoding="utf-8")
    with pytest.raises(UserError, match="cannot be opened"):
        upgrade(f"sqlite:///{path}")


def test_migrations_go_up_and_down_on_postgresql(postgresql):
    upgrade(postgresql)
    engine = create_engine(postgresql, future=True, poolclass=NullPool)
    with engine.begin() as connection:
        assert differences(connection) == []
        downgrade_connection(connection)
        assert inspect(connection).get_table_names() == ["alembic_version"]
        connection.execute(text("DROP TABLE alembic_version"))
