from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from catalog.importers.documents import OfferingDocument, OptionDocument, Refusal, SourceDocument
from catalog.importers.withdrawal import withdraw_others
from catalog.index.search import Query, search
from catalog.search import Criteria, find_candidates, find_option
from opastin.errors import UserError

TODAY = date(2026, 3, 1)
LATER = TODAY + timedelta(days=30)
SOURCE = "tests"


def option(number):
    return OptionDocument(
        id=f"a{number}",
        type="course",
        titles={"fi": "Kurssi"},
        offerings=(OfferingDocument(id=f"a{number}-1"),),
    )


@pytest.fixture
def whole_import(session, store):
    """A function that imports documents as all that their source has."""

    def whole_import_(*documents, allow_shrink=False, today=LATER):
        report = store(*documents, today=today)
        withdraw_others(session, {SOURCE: [report]}, today=today, allow_shrink=allow_shrink)
        session.commit()
        session.expire_all()
        return report

    return whole_import_


def open_ids(session):
    return [found.id for found in find_candidates(session, Criteria(), today=LATER)]


def test_what_a_source_has_given_up_is_marked_and_found_by_its_id_alone(
    session, store, whole_import
):
    store(*map(option, range(10)))
    assert whole_import(*map(option, range(9))).withdrawn == 1
    assert open_ids(session) == [f"a{number}" for number in range(9)]
    assert "a9" not in [hit.option for hit in search(session, Query("kurssi"), limit=99).hits]
    (ended,) = find_option(session, "a9")
    assert (ended.titles, ended.withdrawn_on) == ({"fi": "Kurssi"}, LATER)


def test_the_day_of_withdrawal_stays(session, store, whole_import):
    store(*map(option, range(10)))
    whole_import(*map(option, range(9)))
    later_still = LATER + timedelta(days=30)
    assert whole_import(*map(option, range(9)), today=later_still).withdrawn == 0
    assert find_option(session, "a9")[0].withdrawn_on == LATER


def test_what_comes_back_is_no_longer_withdrawn(session, store, whole_import):
    store(*map(option, range(10)))
    whole_import(*map(option, range(9)))
    report = whole_import(*map(option, range(10)))
    assert (report.changed, report.unchanged, report.withdrawn) == (1, 9, 0)
    assert "a9" in open_ids(session)


def test_a_refused_document_keeps_what_is_stored_of_it(session, store, whole_import):
    store(*map(option, range(12)))
    refusals = (
        Refusal("toteutus", "nimi", "is missing", option="a10"),
        Refusal("a11 (line 3)", "price_eur", "is not a number"),
    )
    report = whole_import(*map(option, range(10)), *refusals)
    assert report.withdrawn == 0
    assert {"a10", "a11"} <= set(open_ids(session))


def test_other_sources_are_left_alone(session, store, whole_import):
    other = SourceDocument("elsewhere", sample=False, read_on=TODAY)
    store(replace(option(1), id="b"), source=other)
    store(*map(option, range(10)))
    whole_import(*map(option, range(10)))
    assert "b" in open_ids(session)


@pytest.mark.parametrize(("left", "is_refused"), [(8, False), (7, True), (0, True)])
def test_more_than_a_fifth_goes_only_when_it_is_allowed(
    session, store, whole_import, left, is_refused
):
    store(*map(option, range(10)))
    session.commit()
    if is_refused:
        with pytest.raises(UserError, match="--allow-shrink"):
            whole_import(*map(option, range(left)))
        session.rollback()
    report = whole_import(*map(option, range(left)), allow_shrink=is_refused)
    assert report.withdrawn == 10 - left
    assert len(open_ids(session)) == left


def test_files_of_one_source_are_counted_together(session, store):
    store(*map(option, range(10)))
    reports = [store(*map(option, range(5))), store(*map(option, range(5, 9)))]
    withdraw_others(session, {SOURCE: reports}, today=LATER)
    assert [report.withdrawn for report in reports] == [0, 1]
