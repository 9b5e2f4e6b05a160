"""One stored option and what the checks say about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalog.checks.records import read_records
from catalog.importers.documents import ProviderDocument
from catalog.lint import check

TODAY = date(2026, 3, 1)
# An option about which nothing is to be said.
SOUND: dict[str, Any] = {
    "titles": {"fi": "Hoivan perusteet", "sv": "Vårdens grunder", "en": "Basics of care"},
    "descriptions": {"fi": "Opit hoivan perusteet.", "sv": "Du lär dig vård.", "en": "You learn."},
    "field": "0923",
    "credits": 5.0,
    "place": "743",
    "modes": ("in_person",),
    "price_eur": 75.0,
    "teaching_languages": ("fi",),
    "apply_by": date(2026, 5, 1),
    "url": "https://opisto.example/hoiva",
}


@pytest.fixture
def find(session, add_option) -> Callable[..., set[tuple[str, str]]]:
    """Store an option that differs from a sound one, and return kinds and fields of findings."""

    def find_(**values: Any) -> set[tuple[str, str]]:
        provider = ProviderDocument(names={"fi": "Keksitty opisto"})
        add_option(**{"provider": provider, **SOUND, **values})
        (record,) = read_records(session)
        return {(finding.kind, finding.field) for finding in check(record, TODAY)}

    return find_
