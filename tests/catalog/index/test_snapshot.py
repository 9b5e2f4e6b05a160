from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy.orm import Session

from catalog.db import open_engine, upgrade_connection
from catalog.importers.documents import OfferingDocument, OptionDocument, SourceDocument
from catalog.importers.store import store_documents
from catalog.index import snapshot
from catalog.index.search import Query, search

TODAY = date(2026, 3, 1)


def option(id_):
    offering = OfferingDocument(id=f"{id_}-1")
    return OptionDocument(id=id_, type="course", titles={"fi": "Kurssi"}, offerings=(offering,))


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A function that commits options to a catalogue whose home is a folder of the test's."""
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(snapshot, "WORTH_A_FILE", 1)
    engine = open_engine(f"sqlite:///{tmp_path}/catalog.db")
    with engine.begin() as connection:
        upgrade_connection(connection)

    def store_(*ids):
        with Session(engine, future=True) as session, session.begin():
            source = SourceDocument("tests", sample=False, read_on=TODAY)
            store_documents(session, map(option, ids), source=source, today=TODAY)

    store_.engine = engine
    yield store_
    engine.dispose()


def found(engine):
    """Search as a process does that has just started."""
    snapshot._snapshots.clear()
    with Session(engine, future=True) as session:
        return [hit.option for hit in search(session, Query("kurssi"), limit=9).hits]


def folders(tmp_path):
    return list((tmp_path / "home" / "search").iterdir())


def test_another_process_reads_the_files_and_not_the_database(store, tmp_path, monkeypatch):
    store("a")
    assert found(store.engine) == ["a"]
    monkeypatch.setattr(snapshot, "read_columns", None)
    assert found(store.engine) == ["a"]


def test_a_change_makes_new_files_and_drops_the_old(store, tmp_path):
    store("a")
    found(store.engine)
    before = folders(tmp_path)
    store("b")
    assert found(store.engine) == ["a", "b"]
    assert len(folders(tmp_path)) == 1
    assert folders(tmp_path) != before


def test_broken_files_are_made_anew(store, tmp_path, caplog):
    store("a")
    found(store.engine)
    (folder,) = folders(tmp_path)
    (folder / "ids.npy").write_bytes(b"not an array")
    assert found(store.engine) == ["a"]
    assert "cannot be read" in caplog.text


def test_without_a_place_for_files_search_works_all_the_same(store, tmp_path, caplog):
    (tmp_path / "home").write_text("a file where a folder should be")
    store("a")
    assert found(store.engine) == ["a"]
    assert "cannot be kept" in caplog.text


def test_what_is_rolled_back_is_not_found(store):
    store("a")
    with Session(store.engine, future=True) as session:
        source = SourceDocument("tests", sample=False, read_on=TODAY)
        store_documents(session, [option("b")], source=source, today=TODAY)
        assert search(session, Query("kurssi"), limit=9).total == 2
        session.rollback()
    assert found(store.engine) == ["a"]


def test_a_large_catalogue_answers_from_the_state_before_until_the_new_one_is_read(
    store, monkeypatch
):
    monkeypatch.setattr(snapshot, "WORTH_A_THREAD", 1)
    store("a")
    assert found(store.engine) == ["a"]
    may_read = threading.Event()
    load = snapshot._load
    monkeypatch.setattr(snapshot, "_load", lambda *given: may_read.wait(9) and load(*given))
    store("b")
    with Session(store.engine, future=True) as session:
        assert search(session, Query("kurssi"), limit=9).total == 1
    may_read.set()
    with snapshot._renewing, Session(store.engine, future=True) as session:
        kept = snapshot.current_snapshot(session.connection())
        # What was asked before is known ahead.
        assert kept.postings.latest(9)
        assert search(session, Query("kurssi"), limit=9).total == 2


def test_a_change_that_cannot_be_read_is_tried_again(store, monkeypatch, caplog):
    monkeypatch.setattr(snapshot, "WORTH_A_THREAD", 1)
    store("a")
    assert found(store.engine) == ["a"]
    store("b")

    def fail(*given):
        raise OSError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(snapshot, "_load", fail)
        with Session(store.engine, future=True) as session:
            assert search(session, Query("kurssi"), limit=9).total == 1
        with snapshot._renewing:
            assert "no room" in caplog.text
    with Session(store.engine, future=True) as session:
        search(session, Query("kurssi"), limit=9)
        with snapshot._renewing:
            assert search(session, Query("kurssi"), limit=9).total == 2
