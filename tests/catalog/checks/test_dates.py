from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select

from catalog.checks.records import read_records
from catalog.lint import check
from catalog.models import Offering

YESTERDAY = date(2026, 2, 28)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"apply_by": None}, {("no_deadline", "apply_by")}),
        ({"apply_by": None, "continuous": True}, set()),
        ({"apply_by": None, "starts": YESTERDAY}, {("started", "starts")}),
        ({"starts": YESTERDAY}, set()),
        ({"apply_from": date(2026, 5, 2)}, {("impossible_dates", "apply_by")}),
        (
            {"apply_from": date(2026, 4, 1), "starts": date(2026, 3, 31)},
            {("impossible_dates", "starts")},
        ),
        ({"continuous": True}, {("impossible_dates", "apply_by")}),
        ({"starts": date(2206, 8, 1)}, {("distant_date", "starts")}),
        ({"apply_from": date(206, 8, 1)}, {("distant_date", "apply_from")}),
        ({"route_apply_by": date(2062, 3, 1)}, {("distant_date", "route_apply_by")}),
        ({"starts": date(2036, 8, 1)}, set()),
        ({"apply_from": date(2026, 5, 1), "starts": date(2026, 5, 1)}, set()),
    ],
)
def test_dates_are_held_against_each_other_and_today(find, dates, expected):
    assert find(**dates) == expected


def test_one_closed_offering_among_others_is_a_lesser_thing(find, session):
    find()
    table = Offering.__table__
    stored = dict(session.execute(select(table)).mappings().one())
    closed = {"id": "a-2", "position": 2, "apply_by": YESTERDAY, "price_eur": None}
    session.execute(insert(table).values(stored | closed))
    (record,) = read_records(session)
    (finding,) = check(record, date(2026, 3, 1))
    assert (finding.kind, finding.offering) == ("closed_offering", "a-2")


def test_a_fixed_application_needs_its_dates(find):
    assert find(apply_by=None, admission="fixed") == {("fixed_without_dates", "apply_by")}
    assert find(admission="fixed") == set()
    assert ("unknown_code", "admission") in find(admission="lottery")
