from __future__ import annotations

import os
import stat
from datetime import timedelta

import pytest

from coaching import messages, traces
from coaching.erasure import ErasureIncomplete, NothingToErase, erase, prove_erased, purge
from coaching.models import Conversation, Erased
from coaching.pseudonyms import Pseudonyms
from coaching.transcript import Incoming

HASHES = ("a" * 64, "b" * 64)


@pytest.fixture
def home(tmp_path):
    """Return the folder of an installation."""
    return tmp_path / "home"


@pytest.fixture
def pseudonyms(home):
    """Return pseudonyms that know their installation's folder."""
    return Pseudonyms(b"a key for tests only", home)


@pytest.fixture
def talk(session, begin, now):
    """Store conversations with words in them."""

    def talk(at=now):
        started = begin(at=at)
        conversation = session.get(Conversation, started.id)
        messages.receive(session, conversation, Incoming("sosionomiksi"), now=at)
        session.commit()
        return started.id

    return talk


def test_the_list_keeps_who_was_erased_and_when(home, now):
    assert traces.read_erased(home) == {}
    for known in HASHES:
        traces.remember_erased(home, {known: now})
    assert traces.read_erased(home) == dict.fromkeys(HASHES, now)


def test_a_line_cut_off_by_a_crash_harms_nothing(home, now):
    traces.remember_erased(home, {HASHES[0]: now})
    with (home / traces.ERASED).open("a") as file:
        file.write("b" * 30 + "\n\n")
    assert list(traces.read_erased(home)) == [HASHES[0]]


def test_an_erasure_is_on_the_list(engine, home, talk, pseudonyms, now):
    conversation_id = talk()
    erase(engine, conversation_id, pseudonyms=pseudonyms, now=now)
    assert traces.read_erased(home) == {pseudonyms.of_erased(conversation_id): now}
    assert conversation_id not in (home / traces.ERASED).read_text()


def test_a_backup_of_before_the_erasure_is_purged_again(
    engine, session, home, talk, pseudonyms, now
):
    """The database is put back as it was, and the list is all that knows."""
    conversation_id = talk()
    traces.remember_erased(home, {pseudonyms.of_erased(conversation_id): now})
    report = purge(engine, retention_days=90, pseudonyms=pseudonyms, now=now)
    assert (report.expired, report.erased_before) == (0, 1)
    assert session.get(Conversation, conversation_id) is None
    assert session.get(Erased, pseudonyms.of_erased(conversation_id)) is not None


def test_what_only_the_database_knows_comes_onto_the_list(engine, home, talk, pseudonyms, now):
    """So it is after an update, and after a crash between the two."""
    conversation_id = talk(at=now - timedelta(days=100))
    for _ in range(2):
        purge(engine, retention_days=90, pseudonyms=pseudonyms, now=now)
    assert (home / traces.ERASED).read_text().count("\n") == 1
    assert list(traces.read_erased(home)) == [pseudonyms.of_erased(conversation_id)]


def test_a_saved_export_is_nobody_elses(home):
    path = traces.save_export(home, "0" * 32, "{}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_erasing_takes_the_export_along(engine, home, talk, pseudonyms, now):
    conversation_id = talk()
    path = traces.save_export(home, conversation_id, "{}")
    erasure = erase(engine, conversation_id, pseudonyms=pseudonyms, now=now)
    assert not path.exists()
    assert (erasure.removed[traces.EXPORTS], erasure.left[traces.EXPORTS]) == (1, 0)


def test_an_export_may_be_all_that_is_left(engine, home, pseudonyms, now):
    traces.save_export(home, "0" * 32, "{}")
    assert erase(engine, "0" * 32, pseudonyms=pseudonyms, now=now).removed[traces.EXPORTS] == 1
    with pytest.raises(NothingToErase):
        erase(engine, "0" * 32, pseudonyms=pseudonyms, now=now)


def test_an_export_that_stays_is_noticed(engine, home):
    traces.save_export(home, "0" * 32, "{}")
    with pytest.raises(ErasureIncomplete, match="exports: 1"):
        prove_erased(engine, "0" * 32, home=home)


def test_old_exports_and_those_of_the_erased_are_purged(engine, home, talk, pseudonyms, now):
    old, new, erased = talk(), talk(), talk()
    for known in (old, new, erased):
        path = traces.save_export(home, known, "{}")
        os.utime(path, (now.timestamp(), now.timestamp()))
        if known == old:
            then = (now - timedelta(days=traces.EXPORT_DAYS + 1)).timestamp()
            os.utime(path, (then, then))
    traces.remember_erased(home, {pseudonyms.of_erased(erased): now})
    report = purge(engine, retention_days=90, pseudonyms=pseudonyms, now=now)
    assert report.exports == 2
    assert traces.saved_exports(home) == [new]


@pytest.mark.parametrize("name", ["../erased", "x", "", "'; DROP TABLE messages; --"])
def test_no_other_file_can_be_named(home, name):
    assert not traces.forget_export(home, name)
    assert not traces.has_export(home, name)
