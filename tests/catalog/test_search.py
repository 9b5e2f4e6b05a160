from __future__ import annotations

from datetime import date, timedelta

import pytest

from catalog.importers.documents import OfferingDocument, OptionDocument, ProviderDocument
from catalog.index.search import Hit
from catalog.search import Criteria, find_candidates, find_option, read_candidates

TODAY = date(2026, 3, 1)
YESTERDAY = TODAY - timedelta(days=1)


def ids(session, **criteria):
    return [found.id for found in find_candidates(session, Criteria(**criteria), today=TODAY)]


def test_no_criteria_return_everything_in_the_order_of_ids(session, add_option):
    add_option("b")
    add_option("a")
    assert ids(session) == ["a", "b"]


def test_closed_offerings_are_left_out(session, add_option):
    add_option("closed", apply_by=YESTERDAY)
    add_option("last-day", apply_by=TODAY)
    add_option("unknown", apply_by=None)
    add_option("always", continuous=True)
    assert ids(session) == ["always", "last-day", "unknown"]
    assert "closed" in ids(session, include_closed=True)


def test_what_opens_later_is_not_closed(session, add_option):
    add_option("later", apply_from=TODAY + timedelta(days=30), apply_by=TODAY + timedelta(days=60))
    assert ids(session) == ["later"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("09", ["broad", "detailed", "narrow"]),
        ("092", ["broad", "detailed", "narrow"]),
        ("0923", ["broad", "detailed", "narrow"]),
        ("091", ["broad"]),
        ("06", []),
    ],
)
def test_a_field_matches_those_under_it_and_above_it(session, add_option, field, expected):
    add_option("broad", field="09")
    add_option("narrow", field="092")
    add_option("detailed", field="0923")
    add_option("unknown", field=None)
    assert ids(session, field=field) == expected


def test_types_are_alternatives(session, add_option):
    add_option("badge", type="skill_badge")
    add_option("course", type="course")
    add_option("path", type="path_studies")
    assert ids(session, types=("skill_badge", "course")) == ["badge", "course"]


def test_a_candidate_tells_what_is_known_and_nothing_else(session, add_option):
    add_option("a", titles={"sv": "Kurs"}, price_eur=0.0)
    (candidate,) = find_candidates(session, Criteria(), today=TODAY)
    assert candidate.titles == {"sv": "Kurs"}
    assert candidate.price_eur == 0
    assert (candidate.place, candidate.weekly_hours, candidate.level) == (None, None, None)
    assert (candidate.modes, candidate.provider, candidate.descriptions) == ((), {}, {})
    assert (candidate.source, candidate.sample, candidate.source_read_on) == ("tests", False, TODAY)


def test_an_option_is_found_with_all_its_offerings(session, store):
    offerings = (
        OfferingDocument(id="a-1", place="743", apply_by=YESTERDAY),
        OfferingDocument(id="a-2", place="905", provider=ProviderDocument(names={"fi": "Opisto"})),
    )
    store(OptionDocument(id="a", type="course", titles={"fi": "Kurssi"}, offerings=offerings))
    assert [candidate.place for candidate in find_option(session, "a")] == ["743", "905"]
    assert find_option(session, "a")[1].provider == {"fi": "Opisto"}
    assert ids(session) == ["a"]


def test_an_unknown_option_has_no_candidates(session):
    assert find_option(session, "nothing") == []


def test_what_a_search_found_is_read_in_its_order_through_the_offering_it_names(session, store):
    for option in ("a", "b"):
        offerings = tuple(OfferingDocument(id=f"{option}-{number}") for number in (1, 2))
        store(OptionDocument(id=option, type="course", titles={"fi": option}, offerings=offerings))
    hits = [Hit("b", "b-2", 1.0), Hit("gone", "gone-1", 1.0), Hit("a", "a-1", 0.5)]
    read = [(found.id, found.offering) for found in read_candidates(session, hits)]
    assert read == [("b", "b-2"), ("a", "a-1")]
