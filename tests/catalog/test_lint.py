from __future__ import annotations

import io
import json
from datetime import date

import pytest
from sqlalchemy import update

from catalog.checks import records
from catalog.checks.finding import KINDS, LEVELS
from catalog.importers.documents import (
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
    SourceDocument,
)
from catalog.lint import lines, lint, write_json
from catalog.models import StudyOption
from tests.catalog.conftest import TODAY

PROVIDER = ProviderDocument(names={"fi": "Keksitty opisto"})


@pytest.fixture
def add(store):
    """Store an option that lacks nearly everything."""

    def add_(option_id, *, source="tests", title=None, url=None, provider=PROVIDER):
        offering = OfferingDocument(
            id=f"{option_id}-1", provider=provider, url=url, continuous=True, place="743"
        )
        titles = {"fi": title or f"Kurssi {option_id}"}
        document = OptionDocument(option_id, "course", titles, (offering,))
        store(document, source=SourceDocument(source, sample=False, read_on=TODAY))

    return add_


@pytest.fixture
def report(session):
    """Check everything, and return the report's lines and the JSON."""

    def report_(**wishes):
        file = io.StringIO()
        with lint(session, today=TODAY) as found:
            write_json(found, file)
            return list(lines(found, **wishes)), json.loads(file.getvalue())

    return report_


def findings(written, kind):
    return [item for item in written["findings"] if item["kind"] == kind]


def test_an_empty_catalogue_has_nothing_to_mend(report):
    told, written = report()
    assert told == ["0 study options checked: 0 with errors, 0 with warnings, 0 with notes"]
    assert written == {
        "checked": 0,
        "options": {"error": 0, "warning": 0, "note": 0},
        "kinds": [],
        "findings": [],
    }


def test_counts_come_first_and_then_each_provider(report, add):
    for number in range(5):
        add(f"a{number}")
    add("b", provider=ProviderDocument(names={"sv": "Annan skola"}))
    add("c", provider=None)
    told, _ = report()
    assert told[:2] == [
        "7 study options checked: 0 with errors, 7 with warnings, 7 with notes",
        "       7  warning  no_credits",
    ]
    assert [line for line in told if line and not line.startswith(" ")][1:] == [
        "Annan skola",
        "Keksitty opisto",
        "no provider told",
    ]
    assert "       5  warning  Give the credits (a0, a1, a2 and 2 more)." in told


def test_notes_are_told_only_when_asked_for(report, add):
    add("a")
    titles = "       1  note     Add titles in the languages that have none (a)."
    assert titles not in report(least="warning")[0]
    assert titles in report()[0]
    assert report(least="error")[0][-1].startswith("       1  note     no_url")


def test_json_has_each_finding_with_its_place(report, add):
    add("a")
    _, written = report()
    assert findings(written, "no_price") == [
        {
            "option": "a",
            "provider": "keksitty-opisto",
            "provider_name": "Keksitty opisto",
            "source": "tests",
            "level": "warning",
            "kind": "no_price",
            "field": "price_eur",
            "detail": "is missing",
            "offering": "a-1",
        }
    ]
    assert {
        name: value
        for row in written["kinds"]
        if row["kind"] == "no_price"
        for name, value in row.items()
        if name != "mend"
    } == {"kind": "no_price", "level": "warning", "options": 1}


def test_the_same_title_and_provider_from_two_sources_is_a_duplicate(report, add):
    add("a", title="Hoivan perusteet (5 op)")
    add("b", title="Hoivan perusteet", source="other")
    add("c", title="Hoivan perusteet")
    _, written = report()
    assert [(item["option"], item["detail"]) for item in findings(written, "duplicate")] == [
        ("a", "is the same as that of b from other"),
        ("b", "is the same as that of a from tests"),
        ("c", "is the same as that of b from other"),
    ]


def test_one_source_may_have_a_title_twice(report, add):
    add("a", title="Hoivan perusteet")
    add("b", title="Hoivan perusteet")
    assert findings(report()[1], "duplicate") == []


def test_the_same_address_from_two_sources_is_a_duplicate(report, add):
    add("a", url="https://opisto.example/hoiva")
    add("b", url="http://www.opisto.example/hoiva/", source="other")
    assert [item["field"] for item in findings(report()[1], "duplicate")] == ["url", "url"]


def test_what_is_withdrawn_needs_no_mending(report, add, session):
    add("a")
    session.execute(update(StudyOption).values(withdrawn_on=date(2026, 2, 1)))
    assert report()[1]["checked"] == 0


def test_options_are_read_page_by_page(report, add, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 2)
    for number in range(5):
        add(f"a{number}")
    _, written = report()
    assert written["checked"] == 5
    assert [item["option"] for item in findings(written, "no_price")] == [
        f"a{number}" for number in range(5)
    ]


def test_kinds_stand_from_bad_to_light():
    levels = [LEVELS.index(kind.level) for kind in KINDS.values()]
    assert levels == sorted(levels)
