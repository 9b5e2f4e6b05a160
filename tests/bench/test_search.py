"""The bench of the catalogue's search, on a small catalogue."""

from __future__ import annotations

import argparse
from datetime import date

from bench.search import as_table, measure
from bench.search_queries import ASKED
from catalog.models import LANGUAGES


def test_a_small_catalogue_is_imported_searched_and_told_of():
    arguments = argparse.Namespace(database=["sqlite"], format="csv", seed=1, seconds=0.2)
    measured = dict(measure(300, arguments))
    figures = measured["sqlite"]
    assert figures["import_a_second"] > 0
    assert figures["size_mb"] >= 1
    assert figures["text_filters_p95_ms"] >= figures["text_filters_ms"] > 0
    table = as_table(300, measured)
    assert "300 options" in table
    # What is promised for a hundred thousand says nothing of so few.
    assert "at most" not in table


def test_figures_at_a_hundred_thousand_are_held_to_what_is_promised():
    table = as_table(100_000, {"sqlite": {"import_quiet_a_second": 1999, "import_memory_mb": 999}})
    assert "at least 2000: NO" in table
    assert "at most 1000: yes" in table


def test_searches_are_in_all_languages_and_most_have_filters():
    assert len(ASKED) >= 60
    assert {asked.language for asked in ASKED} == set(LANGUAGES)
    assert len({asked.text for asked in ASKED}) == len(ASKED)
    today = date(2027, 1, 11)
    near = [asked for asked in ASKED if asked.filters(today).near]
    assert len(near) > 20
    assert all(asked.filters(today).near.positions for asked in near)
