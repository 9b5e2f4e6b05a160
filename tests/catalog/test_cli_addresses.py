"""`opastin catalog import FORMAT ADDRESS`, against a real server on loopback."""

from __future__ import annotations

import gzip
import json
import threading

import pytest
from click.testing import CliRunner

from catalog import cli
from catalog.db import session_factory, upgrade
from catalog.importers import address
from catalog.models import StudyOption
from tests.catalog.importers.bad_files import FORMATS
from tests.catalog.importers.test_opintopolku_search import (
    EXTERNAL,
    PATH,
    Opintopolku,
    hit,
    toteutus_oid,
)
from tests.catalog.importers.web_server import body, redirect, serving, status


@pytest.fixture
def server():
    with serving() as server:
        yield server


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that imports without vectors and gives status, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path))
    monkeypatch.setenv("OPASTIN_TODAY", "2026-03-01")
    monkeypatch.delenv("OPASTIN_CATALOG_URL", raising=False)
    monkeypatch.setattr(address, "PAUSE_SECONDS", 0)
    upgrade(f"sqlite:///{tmp_path / 'catalog.db'}")
    monkeypatch.setattr(cli, "upgrade", lambda url: None)

    def run_(*arguments, private=True):
        options = ["--without-vectors", *(["--allow-private"] if private else [])]
        result = CliRunner().invoke(cli.command, ["import", *options, *map(str, arguments)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_


def options():
    with session_factory()() as session:
        found = list(session.query(StudyOption).order_by(StudyOption.id))
        for option in found:
            dict(option.texts)
        return found


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: f"{known.name}-{known.file}")
def test_every_format_is_read_from_an_address(run, server, known):
    server.answers[f"/data/{known.file}"] = body(gzip.compress(known.good()))
    place = server.address(f"/data/{known.file}?a=b").removeprefix("http://")
    first = run(known.name, server.address(f"/data/{known.file}?a=b"))
    assert first.exit_code == 0, first.output
    assert first.stdout.startswith(f"{place}: ")
    again = run(known.name, server.address(f"/data/{known.file}?a=b"))
    assert " 0 added, 0 changed" in again.stdout
    register = {known.name} & set(cli.REGISTERS)
    sources = {option.source_name for option in options()}
    assert sources <= (register or {place})


def test_an_own_network_needs_leave(run, server):
    result = run("csv", server.address("/a.csv"), private=False)
    assert (result.exit_code, server.asked) == (2, [])
    assert result.stderr.count("\n") == 1
    assert "--allow-private" in result.stderr


@pytest.mark.parametrize(
    "answer",
    [
        body(b"<html>not what was looked for</html>"),
        body(b'{"hits": [{"oid": "1'),
        body('{"oid": "ä"}'.encode("latin-1")),
        body(gzip.compress(bytes(3_000_000))),
        body(b"PK\x03\x04"),
        redirect("file:///etc/passwd"),
        redirect("http://169.254.169.254/latest/meta-data/"),
        status(500),
        status(404),
    ],
)
def test_what_cannot_be_read_is_one_sentence(run, server, answer, monkeypatch):
    monkeypatch.setenv("OPASTIN_IMPORT_MAX_MB", "1")
    server.answers["/a.json"] = answer
    result = run("opintopolku", server.address("/a.json"))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith("opastin: ")
    assert options() == []


def test_an_address_that_hangs_has_an_end(run, server, monkeypatch):
    monkeypatch.setenv("OPASTIN_IMPORT_SECONDS", "1")
    server.answers["/a.csv"] = lambda handler: handler.server.is_over.wait(20)
    result = run("csv", server.address("/a.csv"))
    assert result.exit_code == 2
    assert "took longer than 1 seconds" in result.stderr


def test_a_bad_address_does_not_keep_others_out(run, server, tmp_path):
    server.answers["/good.csv"] = body(FORMATS[0].good())
    result = run("csv", server.address("/gone.csv"), server.address("/good.csv"))
    assert result.exit_code == 2
    assert len(options()) == 2


class TestASearch:
    @pytest.fixture
    def opintopolku(self, server):
        return Opintopolku(server, [hit(number) for number in range(1, 11)])

    @pytest.fixture
    def search(self, server):
        return server.address(f"{PATH}?size=4")

    def test_is_imported_whole_and_changes_nothing_again(self, run, opintopolku, search):
        assert "10 added" in run("opintopolku", search).stdout
        assert "0 added, 0 changed, 10 unchanged" in run("opintopolku", search).stdout
        assert {option.source_name for option in options()} == {"opintopolku"}

    def test_in_full_withdraws_what_is_gone(self, run, opintopolku, search):
        run("opintopolku", search)
        opintopolku.hits.pop()
        opintopolku.total = 9
        result = run("--full", "opintopolku", search)
        assert "9 unchanged, 1 withdrawn" in result.stdout
        assert [option.withdrawn_on is None for option in options()] == [True] * 9 + [False]

    @pytest.mark.parametrize("place", ["page", "document"])
    def test_that_breaks_off_withdraws_nothing(self, run, server, opintopolku, search, place):
        run("opintopolku", search)
        opintopolku.hits[0] = hit(1, nimi={"fi": "Uusi nimi"})
        whole = server.answers[PATH]
        if place == "page":
            server.answers[PATH] = lambda handler: (
                status(500) if "page=3" in handler.path else whole
            )(handler)
        else:
            server.answers[f"{EXTERNAL}/toteutus/{toteutus_oid(7)}"] = status(500)
        before = [
            (option.id, option.withdrawn_on, option.texts["fi"].title) for option in options()
        ]
        result = run("--full", "--allow-shrink", "opintopolku", search)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert [
            (option.id, option.withdrawn_on, option.texts["fi"].title) for option in options()
        ] == before

    def test_a_refused_document_is_told_and_withdraws_nothing(self, run, opintopolku, search):
        run("opintopolku", search)
        opintopolku.hits[2] = hit(3, nimi=None)
        result = run("--full", "opintopolku", search)
        assert result.exit_code == 1
        assert "nimi: is missing" in result.stderr
        assert "9 unchanged, 0 withdrawn, 1 refused" in result.stdout.replace(", 2 providers", "")

    def test_does_not_hold_the_catalogue_while_it_fetches(self, run, opintopolku, search, server):
        """Somebody else writes while the search is on its way."""
        whole = server.answers[PATH]
        wrote = threading.Event()

        def search_and_write(handler):
            with session_factory(writing=True).begin() as session:
                session.query(StudyOption).count()
                wrote.set()
            whole(handler)

        server.answers[PATH] = search_and_write
        assert run("opintopolku", search).exit_code == 0
        assert wrote.is_set()

    def test_one_document_alone_is_read_too(self, run, opintopolku, server):
        path = f"{EXTERNAL}/toteutus/{toteutus_oid(1)}"
        assert "1 added" in run("opintopolku", server.address(path)).stdout


def test_json_that_is_read_has_no_page(run, server):
    server.answers["/hits.json"] = body(json.dumps({"total": 9, "hits": [hit(1)]}).encode())
    assert "1 added" in run("opintopolku", server.address("/hits.json")).stdout
