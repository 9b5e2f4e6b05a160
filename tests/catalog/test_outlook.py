from __future__ import annotations

from datetime import date, timedelta

import pytest

from catalog.importers.documents import OutlookDocument, SourceDocument
from catalog.outlook import Outlook, Outlooks, read_outlooks

TODAY = date(2026, 3, 1)
REGION = "maakunta_14"
SAMPLE = SourceDocument("sample", sample=True, read_on=TODAY)


def row(field, outlook="shortage", *, sample=False):
    return Outlook(field, REGION, outlook, "Barometri", TODAY, sample)


def document(**values):
    day = timedelta(days=1)
    known = {
        "field": "0923",
        "region": REGION,
        "outlook": "shortage",
        "source": "Barometri",
        "published": TODAY - day,
        "valid_to": TODAY + day,
    }
    return OutlookDocument(**{**known, **values})


def outlook_of(outlooks, field="0923", region=REGION, *, sample=False):
    found = outlooks.of(field, region, sample=sample)
    return found and found.outlook


@pytest.mark.parametrize(
    ("field", "outlook"),
    [("0923", "balance"), ("0922", "shortage"), ("09", None), ("0413", None), (None, None)],
)
def test_the_nearest_field_above_counts(field, outlook):
    outlooks = Outlooks([row("0923", "balance"), row("092", "shortage")])
    assert outlook_of(outlooks, field) == outlook


def test_another_region_is_not_spoken_of():
    outlooks = Outlooks([row("0923")])
    assert outlook_of(outlooks, region="maakunta_01") is None
    assert outlook_of(outlooks, region=None) is None


def test_the_samples_outlook_speaks_of_sample_options_only_and_yields_to_a_real_one():
    outlooks = Outlooks([row("0923", "shortage", sample=True)])
    assert outlook_of(outlooks) is None
    assert outlook_of(outlooks, sample=True) == "shortage"
    outlooks = Outlooks([row("0923", "shortage", sample=True), row("092", "balance")])
    assert outlook_of(outlooks, sample=True) == "balance"


@pytest.mark.parametrize(
    ("published", "valid_to", "is_used"),
    [(-30, 0, True), (0, 30, True), (-30, -1, False), (1, 30, False)],
)
def test_a_row_counts_from_its_first_day_to_its_last(session, store, published, valid_to, is_used):
    def day(number):
        return TODAY + timedelta(days=number)

    store(document(published=day(published), valid_to=day(valid_to)))
    found = read_outlooks(session, today=TODAY).of("0923", REGION, sample=False)
    assert (found is not None) is is_used


def test_a_row_takes_the_place_of_an_earlier_one(session, store):
    assert store(document()).added == 1
    assert store(document()).unchanged == 1
    assert store(document(outlook="balance")).changed == 1
    assert outlook_of(read_outlooks(session, today=TODAY)) == "balance"


def test_a_sample_row_stands_beside_a_real_one(session, store):
    store(document())
    store(document(outlook="oversupply"), source=SAMPLE)
    assert outlook_of(read_outlooks(session, today=TODAY), sample=True) == "shortage"
