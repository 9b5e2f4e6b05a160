"""Factories for candidates, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalog.search import Candidate

TODAY = date(2026, 11, 2)


def make_candidate(**values: Any) -> Candidate:
    """Return an open and free course in Seinäjoki, with `values` in place of its own."""
    identity = values.get("id", "option")
    return Candidate(
        **{
            "id": identity,
            "offering": f"{identity}-1",
            "type": "course",
            "titles": {"fi": "Opintojakso"},
            "descriptions": {},
            "outcomes": {},
            "requirements": {},
            "keywords": (),
            "provider": {"fi": f"Oppilaitos {identity}"},
            "sample": False,
            "source": "csv",
            "source_read_on": TODAY,
            "field": "0923",
            "place": "743",
            "modes": ("in_person",),
            "schedule": (),
            "weekly_hours": None,
            "credits": 5,
            "duration_months": None,
            "price_eur": 0,
            "teaching_languages": ("fi",),
            "level": None,
            "education_required": "none",
            "apply_from": None,
            "apply_by": None,
            "continuous": True,
            "starts": None,
            "url": None,
            "employing": None,
        }
        | values
    )


@pytest.fixture
def candidate() -> Callable[..., Candidate]:
    """Return the factory of candidates."""
    return make_candidate
