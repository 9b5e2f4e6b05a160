"""A SQLite file that is whole, and one that is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from opastin import doctor
from opastin.doctor_sqlite import find_damage
from opastin.settings import Settings

PAGE = 4096


@pytest.fixture
def path(tmp_path):
    """Return a file of some hundred pages, with an index."""
    path = tmp_path / "conversations.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE words (number INTEGER PRIMARY KEY, word TEXT UNIQUE)")
        rows = ((number, f"word {number} " * 20) for number in range(3000))
        connection.executemany("INSERT INTO words VALUES (?, ?)", rows)
    return path


def test_a_whole_file_is_not_damaged(path):
    assert find_damage(f"sqlite:///{path}") is None


@pytest.mark.parametrize("url", ["sqlite://", "postgresql://x@127.0.0.1:1/x"])
def test_what_is_no_file_is_not_damaged(url):
    assert find_damage(url) is None


def test_a_missing_file_is_not_damaged_and_not_made(tmp_path):
    assert find_damage(f"sqlite:///{tmp_path}/none.db") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("page", [0, 1, 50])
def test_a_torn_page_is_told_with_what_to_do(path, page):
    content = bytearray(path.read_bytes())
    # What a disk has written of a page when the power went: half of it.
    content[page * PAGE : page * PAGE + PAGE // 2] = bytes(PAGE // 2)
    path.write_bytes(content)
    url = f"sqlite:///{path}"
    assert find_damage(url)
    settings = Settings(home=path.parent, catalog_url=url, conversations_url=url)
    settings = replace(settings, catalog_url=f"sqlite:///{path.parent}/catalog.db")
    found = {finding.subject: finding for finding in doctor.examine(settings, 0)}
    assert found["conversations"].state == "broken"
    assert "damaged" in found["conversations"].text
    assert "opastin restore" in found["conversations"].text


def test_a_file_that_was_cut_short_is_told(path):
    path.write_bytes(path.read_bytes()[: 100 * PAGE])
    assert find_damage(f"sqlite:///{path}")
