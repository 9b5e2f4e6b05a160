from __future__ import annotations

from datetime import date, timedelta

import pytest

from catalog import sample
from catalog.importers.documents import OutlookDocument
from catalog.outlook import read_outlooks
from catalog.search import Criteria, find_candidates, find_option

TODAY = date(2026, 3, 1)
HEADER = "id,type,provider,title_fi,apply_by\n"


@pytest.fixture
def write_sample(tmp_path, monkeypatch):
    """A function that puts another sample in the place of the packaged one."""
    providers, options = tmp_path / "providers.csv", tmp_path / "options.csv"
    providers.write_text("id,name_fi\nopisto,Keksitty opisto\n", encoding="utf-8")
    monkeypatch.setattr(sample, "FILES", (providers, options))

    def write(*rows: str) -> None:
        options.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")

    return write


def test_the_sample_is_marked_and_its_dates_count_from_the_day_of_loading(session, write_sample):
    write_sample("a,course,opisto,Kurssi,+30d")
    sample.load_sample(session, TODAY)
    (candidate,) = find_option(session, "a")
    assert candidate.sample
    assert candidate.provider == {"fi": "Keksitty opisto"}
    assert candidate.apply_by == TODAY + timedelta(days=30)


def test_the_sample_is_due_once_a_day(session, write_sample):
    write_sample("a,course,opisto,Kurssi,+30d")
    assert sample.sample_is_due(session, TODAY)
    sample.load_sample(session, TODAY)
    assert not sample.sample_is_due(session, TODAY)
    assert sample.sample_is_due(session, TODAY + timedelta(days=1))


def test_the_sample_never_expires(session, write_sample):
    write_sample("a,course,opisto,Kurssi,+30d")
    sample.load_sample(session, TODAY)
    much_later = TODAY + timedelta(days=400)
    assert not find_candidates(session, Criteria(), today=much_later)
    sample.load_sample(session, much_later)
    assert find_candidates(session, Criteria(), today=much_later)


def test_other_files_are_due_and_what_they_lack_is_withdrawn(session, write_sample, add_option):
    add_option("real")
    write_sample("a,course,opisto,Kurssi,+30d", "b,course,opisto,Toinen,+30d")
    sample.load_sample(session, TODAY)
    write_sample("b,course,opisto,Toinen,+30d")
    assert sample.sample_is_due(session, TODAY)
    sample.load_sample(session, TODAY)
    found = find_candidates(session, Criteria(), today=TODAY)
    assert [candidate.id for candidate in found] == ["b", "real"]
    (gone,) = find_option(session, "a")
    assert gone.withdrawn_on == TODAY


def test_what_comes_back_into_the_sample_is_no_longer_withdrawn(session, write_sample):
    for rows in (("a,course,opisto,Kurssi,+30d",), ("b,course,opisto,Toinen,+30d",)) * 2:
        write_sample(*rows)
        sample.load_sample(session, TODAY)
    write_sample("a,course,opisto,Kurssi,+30d")
    sample.load_sample(session, TODAY)
    assert [found.withdrawn_on for found in find_option(session, "a")] == [None]
    assert [found.withdrawn_on for found in find_option(session, "b")] == [TODAY]


def test_the_sample_brings_an_outlook_and_leaves_a_real_one_alone(
    session, store, write_sample, tmp_path, monkeypatch
):
    def write_outlook(*rows: str) -> None:
        header = "field,region,outlook,source,published,valid_to"
        path = tmp_path / "outlook.csv"
        path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        monkeypatch.setattr(sample, "OUTLOOK_FILE", path)

    def outlook_of(field: str) -> str | None:
        found = read_outlooks(session, today=TODAY).of(field, "maakunta_14", sample=True)
        return found and found.source

    write_sample("a,course,opisto,Kurssi,+30d")
    store(OutlookDocument("0923", "maakunta_14", "balance", "Barometri", TODAY, TODAY))
    write_outlook(
        "0923,maakunta_14,shortage,sample,-1d,+1d", "0413,maakunta_14,shortage,sample,-1d,+1d"
    )
    sample.load_sample(session, TODAY)
    assert (outlook_of("0923"), outlook_of("0413")) == ("Barometri", "sample")
    write_outlook("0923,maakunta_14,shortage,sample,-1d,+1d")
    assert sample.sample_is_due(session, TODAY)
    sample.load_sample(session, TODAY)
    assert (outlook_of("0923"), outlook_of("0413")) == ("Barometri", None)


def test_a_mistake_in_the_sample_is_not_passed_over(session, write_sample):
    write_sample("a,no-such-type,opisto,Kurssi,+30d")
    with pytest.raises(ValueError, match="type"):
        sample.load_sample(session, TODAY)
