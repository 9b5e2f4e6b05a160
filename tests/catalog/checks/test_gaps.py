from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from catalog.checks.records import read_records
from catalog.lint import check
from catalog.models import Offering

PASSED = date(2026, 2, 28)


def test_of_a_sound_option_nothing_is_said(find):
    assert find() == set()


@pytest.mark.parametrize(
    ("missing", "value", "kind"),
    [
        ("credits", None, "no_credits"),
        ("field", None, "no_field"),
        ("provider", None, "no_provider"),
        ("price_eur", None, "no_price"),
        ("teaching_languages", (), "no_teaching_language"),
        ("url", None, "no_url"),
        ("place", None, "no_place"),
    ],
)
def test_what_is_missing_is_named(find, missing, value, kind):
    assert find(**{missing: value}) == {(kind, missing)}


def test_badges_need_no_credits(find):
    assert find(type="skill_badge", credits=None) == set()


def test_free_is_a_price(find):
    assert find(price_eur=0.0) == set()


@pytest.mark.parametrize(
    ("modes", "is_found"),
    [(("online",), False), (("distance",), False), (("online", "blended"), True), ((), True)],
)
def test_what_is_not_taught_from_afar_needs_a_place(find, modes, is_found):
    assert (("no_place", "place") in find(place=None, modes=modes)) is is_found


def test_what_is_closed_altogether_is_shown_to_nobody(find):
    # Of a closed offering nothing else is worth mending first.
    assert find(apply_by=PASSED, price_eur=None, place=None) == {("all_closed", "apply_by")}


def test_an_option_without_offerings_is_shown_to_nobody(session, find):
    find()
    session.execute(delete(Offering))
    (record,) = read_records(session)
    assert [item.kind for item in check(record, date(2026, 3, 1))] == ["no_offering"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"titles": {"fi": "Hoiva"}, "descriptions": {"fi": "Opit."}}, "not_translated"),
        ({"titles": {"fi": "Hoiva"}, "descriptions": {"sv": "Du lär dig."}}, "untitled_language"),
        ({"titles": {"sv": "Vård"}, "descriptions": {"sv": "Du lär."}}, "language_without_text"),
    ],
)
def test_titles_that_are_missing_count_by_what_else_there_is(find, texts, expected):
    assert expected in {kind for kind, _ in find(**texts)}


def test_an_option_without_a_title_is_told_once(find):
    assert find(titles={}) == {("no_title", "title")}


def test_a_description_in_one_language_is_enough(find):
    assert find(descriptions={"sv": "Du lär dig vård."}) == set()


def test_no_description_at_all_is_told(find):
    assert find(descriptions={}) == {("no_description", "description")}
