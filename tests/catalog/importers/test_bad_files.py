"""Every format meets the same bad files: a report in a sentence, and nothing half-written."""

from __future__ import annotations

import gzip
import random
import re
import shutil
import time

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from catalog import cli
from catalog.db import session_factory, upgrade
from catalog.importers import json_window
from catalog.importers.documents import Refusal
from catalog.importers.store import store_documents
from catalog.models import StudyOption
from opastin.errors import UserError
from tests.catalog.conftest import SOURCE, TODAY
from tests.catalog.importers.bad_files import FORMATS, Format

REFUSED, UNREADABLE = 1, 2
LONGEST_SENTENCE = 400
MUTATIONS = 100


def _name(known: Format) -> str:
    return f"{known.name}-{known.file}"


@pytest.fixture(params=FORMATS, ids=_name)
def known(request) -> Format:
    return request.param


WITH_DAYS = [known for known in FORMATS if known.day_field is not None]
WITH_PRICES = [known for known in FORMATS if known.price_field is not None]


@pytest.fixture(scope="module")
def empty_catalogue(tmp_path_factory):
    """A catalogue with nothing in it, to copy: making one takes longer than most tests here."""
    path = tmp_path_factory.mktemp("empty") / "catalog.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def run(tmp_path, monkeypatch, known, empty_catalogue):
    """A function that imports bytes as a file of the format."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "var"))
    (tmp_path / "var").mkdir()
    shutil.copy(empty_catalogue, tmp_path / "var" / "catalog.db")
    monkeypatch.setattr(cli, "upgrade", lambda url: None)
    monkeypatch.setenv("OPASTIN_TODAY", TODAY.isoformat())
    monkeypatch.delenv("OPASTIN_CATALOG_URL", raising=False)

    def run_(data: bytes):
        (tmp_path / known.file).write_bytes(data)
        result = CliRunner().invoke(
            cli.command, ["import", "--without-vectors", known.name, known.file]
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        for line in result.stderr.splitlines():
            assert len(line) < LONGEST_SENTENCE
            assert known.file in line
        return result

    return run_


def count():
    with session_factory()() as session:
        return session.scalar(select(func.count()).select_from(StudyOption))


def is_refused_as_a_whole(result):
    assert result.exit_code == UNREADABLE, result.output
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("opastin: ")
    assert result.stdout == ""
    assert count() == 0
    return True


def test_a_good_file_is_imported_and_changes_nothing_again(run, known):
    assert run(known.good()).exit_code == 0
    first = count()
    again = run(known.good())
    assert " 0 added, 0 changed" in again.stdout
    assert count() == first


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_not_imported(run, known, part):
    data = known.good()
    result = run(data[: int(len(data) * part)])
    if known.shows_cuts:
        assert is_refused_as_a_whole(result)
    assert result.exit_code in (0, REFUSED, UNREADABLE)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-be", "cp437"])
def test_a_file_in_another_encoding_is_not_imported(run, known, encoding):
    data = known.good().decode().encode(encoding)
    # XML tells its encoding, and UTF-16 without saying so; what is read is read right.
    if known.name == "elm" and encoding == "utf-16":
        data = data.replace("UTF-8".encode(encoding), "UTF-16".encode(encoding))
        assert run(data).exit_code in (0, UNREADABLE)
    else:
        assert is_refused_as_a_whole(run(data))


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\n", b"null", b"42", b'"text"', b"{}", b"[]", b"[[]]", b'{"hits": 1}'),
        *(b"<html></html>", b"<a/>", bytes(1000), b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"),
        *(b"%PDF-1.4", b"\xff\xfe\x00\x00"),
    ],
)
def test_a_file_of_another_kind_imports_nothing(run, known, data):
    result = run(data)
    assert result.stderr.count("\n") <= 1
    assert count() == 0
    # An empty list has nothing wrong in it.
    assert result.exit_code in (
        (0, REFUSED, UNREADABLE) if data in (b"[]", b"[[]]", b"{}") else (1, 2)
    )


def test_nesting_without_end_is_one_sentence(run, known):
    for opening in known.nested:
        for closing in ("", {"[": "]", "<a>": "</a>"}.get(opening, "")):
            began = time.monotonic()
            result = run((opening * 200_000 + closing * 200_000).encode())
            assert time.monotonic() - began < 20
            assert result.exit_code != 0
            assert result.stderr.count("\n") == 1
    assert count() == 0


def test_a_value_that_nests_too_deep_leaves_nothing_half_written(run, known):
    deep = "[" * 100_000 + "]" * 100_000
    text = known.good().decode().replace('"Hoitotyö"', deep)
    if deep in text:
        assert run(text.encode()).exit_code in (REFUSED, UNREADABLE)
        assert count() <= 1


def test_one_document_that_is_huge_is_one_sentence(run, known, monkeypatch):
    monkeypatch.setattr(json_window, "LONGEST_DOCUMENT", 300_000)
    result = run(known.good(title="x" * 1_000_000))
    assert result.exit_code in (0, REFUSED, UNREADABLE)
    assert result.stderr.count("\n") <= 1


def test_documents_of_the_same_id_are_not_merged(run, known):
    first = known.ids[0]
    result = run(known.good(ids=(first, first)))
    if known.file != "document.json" and known.name != "kouta":
        assert result.exit_code == REFUSED, result.output
        assert first in result.stderr or "already" in result.stderr
    assert count() <= 1


@pytest.mark.parametrize("known", WITH_DAYS, ids=_name)
def test_a_day_that_is_none_is_refused_with_its_field(run, known):
    for day in ("2026-02-30", "30.4.2026", "2026-13-01", "0000-00-00", "99999-01-01", "soon"):
        result = run(known.good(day=day))
        assert result.exit_code == REFUSED, day
        assert known.day_field in result.stderr
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("known", WITH_PRICES, ids=_name)
def test_a_price_with_a_unit_is_refused_with_its_field(run, known):
    for price in ("45 €/op", "-1", "1e9", "NaN", "ilmainen"):
        result = run(known.good(price=price))
        assert result.exit_code == REFUSED, price
        assert known.price_field in result.stderr
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "title", ["\x00", "\\ud800", "\u202e", "'; DROP TABLE options; --", "%s%n"]
)
def test_odd_characters_harm_nothing(run, known, title):
    result = run(known.good(title=f"Kurssi {title}"))
    assert result.exit_code in (0, REFUSED, UNREADABLE)
    assert result.stderr.count("\n") <= 1


def test_a_packed_file_is_unpacked_and_a_bomb_is_not(run, known, monkeypatch):
    assert run(gzip.compress(known.good())).exit_code == 0
    monkeypatch.setenv("OPASTIN_IMPORT_MAX_MB", "1")
    result = run(gzip.compress(bytes(5_000_000)))
    assert (result.exit_code, result.stderr.count("\n")) == (UNREADABLE, 1)
    assert "larger than 1 MB" in result.stderr


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = [
    f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>',
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]><a/>',
    "&a [" + "*a, " * 1000 + "]",
    "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 10}]\n" for n in range(1, 30)),
]


@pytest.mark.parametrize("text", ENTITIES, ids=range(len(ENTITIES)))
def test_bombs_of_entities_and_aliases_do_not_go_off(run, known, text):
    began = time.monotonic()
    result = run(text.encode())
    assert time.monotonic() - began < 10
    assert result.exit_code != 0
    assert result.stderr.count("\n") == 1
    assert "root:" not in result.output
    assert count() == 0


def test_whatever_is_wrong_is_a_refusal_or_a_users_mistake(known, session):
    """Change, cut and repeat bytes at random: the reader and the store must bear it."""
    chance = random.Random(f"{known.name} {known.file}")  # noqa: S311
    good = known.good()
    for number in range(MUTATIONS):
        data = _mutated(good, chance)
        try:
            documents = list(cli.READERS[known.name](data, name=known.file, today=TODAY))
            report = store_documents(session, documents, source=SOURCE, today=TODAY)
        except UserError as error:
            session.rollback()
            assert re.fullmatch(r"[^\n]+", str(error)), number
        else:
            assert all(isinstance(refusal, Refusal) for refusal in report.refused)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(changed))
        end = min(len(changed), start + chance.randint(1, 12))
        piece = bytes(changed[start:end])
        changed[start:end] = chance.choice(
            [
                b"",
                piece * 3,
                piece[::-1],
                bytes(chance.randrange(256) for _ in piece),
                chance.choice([b"null", b"-1", b"[]", b"{}", b'""', b"1e999", b",", b"\\u0000"]),
            ]
        )
        if not changed:
            return b" "
    return bytes(changed)
