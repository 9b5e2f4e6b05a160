"""What was read before is not read again, and never outlives a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from catalog.importers.documents import OfferingDocument, OptionDocument, OutlookDocument
from catalog.index.search import Hit
from catalog.kept import Kept
from catalog.outlook import read_outlooks
from catalog.search import read_candidates
from tests.catalog.conftest import SOURCE, TODAY

HITS = [Hit("a", "a-1", 0.0)]


@pytest.fixture
def statements(session):
    said = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: said.append(given[2]))
    return said


def only(session):
    (candidate,) = read_candidates(session, HITS)
    return candidate


def test_an_option_is_read_once(session, add_option, statements):
    add_option("a")
    first = only(session)
    statements.clear()
    assert only(session) is first
    assert not [said for said in statements if "option_texts" in said]


def test_an_import_shows_at_once(session, add_option):
    add_option("a", price_eur=10.0)
    assert only(session).price_eur == 10.0
    add_option("a", price_eur=20.0)
    assert only(session).price_eur == 20.0


def test_a_later_reading_shows_although_nothing_else_changed(session, store):
    offering = OfferingDocument(id="a-1")
    document = OptionDocument(id="a", type="course", titles={"fi": "Kurssi"}, offerings=(offering,))
    tomorrow = TODAY + timedelta(days=1)
    store(document)
    assert only(session).source_read_on == TODAY
    store(document, source=replace(SOURCE, read_on=tomorrow), today=tomorrow)
    assert only(session).source_read_on == tomorrow


def test_what_is_gone_is_asked_for_once(session, add_option, statements):
    add_option("a")
    gone = [Hit("gone", "gone-1", 0.0)]
    assert read_candidates(session, gone) == []
    statements.clear()
    assert read_candidates(session, gone) == []
    assert not [said for said in statements if "option_texts" in said]


def test_outlooks_are_read_once_and_anew_after_an_import(session, store):
    row = OutlookDocument(
        field="092",
        region="maakunta_02",
        outlook="shortage",
        source="Barometer",
        published=TODAY,
        valid_to=TODAY + timedelta(days=100),
    )
    store(row)
    first = read_outlooks(session, today=TODAY)
    assert read_outlooks(session, today=TODAY) is first
    store(replace(row, outlook="balance"))
    found = read_outlooks(session, today=TODAY).of("0923", "maakunta_02", sample=False)
    assert found.outlook == "balance"


def test_no_more_is_kept_than_was_said(session):
    kept = Kept(2)
    token, _ = kept.of_now(session, [])
    kept.keep(token, {"a": 1, "b": 2})
    assert kept.of_now(session, ["a"])[1] == {"a": 1}
    kept.keep(token, {"c": 3})
    assert kept.of_now(session, ["a", "b", "c"])[1] == {"a": 1, "c": 3}


def test_a_state_without_a_token_is_not_kept(session):
    kept = Kept(2)
    session.execute(text("DELETE FROM search_state"))
    token, _ = kept.of_now(session, [])
    kept.keep(token, {"a": 1})
    assert kept.of_now(session, ["a"])[1] == {}
