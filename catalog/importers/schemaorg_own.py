"""Read the terms of our own that our export adds to schema.org's, each checked as in a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalog.importers import values
from catalog.importers.csv import MOST_CREDITS, MOST_HOURS_A_WEEK, MOST_MONTHS
from catalog.importers.documents import OfferingDocument, OptionDocument, SourceDocument
from catalog.importers.jsonld import OWN_PREFIX, Thing
from catalog.importers.schemaorg_words import own, paragraphs, titles
from catalog.models import DEGREE_LEVELS, EDUCATION, FUNDING, LEVELS, ROUNDS, SCHEDULES


def with_own_terms(document: OptionDocument, thing: Thing, *, today: date) -> OptionDocument:
    """Return the option with what only our own terms can tell."""

    def read(name: str) -> str:
        return own(thing, name)

    def number(name: str) -> float | None:
        return values.read_number(name, read(name), at_most=MOST_CREDITS)

    return replace(
        document,
        credits_min=number("credits_min"),
        level=values.read_choice("level", read("level"), LEVELS),
        field=values.read_field("field", read("field")),
        education_required=values.read_choice(
            "education_required", read("education_required"), EDUCATION
        ),
        language_required=values.read_language_levels(
            "language_required", read("language_required")
        ),
        criteria=paragraphs(thing, f"{OWN_PREFIX}criteria"),
        leads_to=titles(thing, f"{OWN_PREFIX}leads_to"),
        leads_to_level=values.read_choice("leads_to_level", read("leads_to_level"), DEGREE_LEVELS),
        route_credits=number("route_credits"),
        route_grade=values.read_grade("route_grade", read("route_grade")),
        route_apply_by=values.read_date("route_apply_by", read("route_apply_by"), today=today),
        route_round=values.read_choice("route_round", read("route_round"), ROUNDS),
        funding=values.read_choices("funding", read("funding"), FUNDING),
        employing=values.read_yes_no("employing", read("employing")),
        source=_source(thing, today),
    )


def offering_with_own_terms(document: OfferingDocument, thing: Thing) -> OfferingDocument:
    """Return the offering with our own terms in place of what could be guessed without them."""
    return replace(
        document,
        place=values.read_place("place", own(thing, "place")),
        schedule=values.read_choices("schedule", own(thing, "schedule"), SCHEDULES),
        weekly_hours=values.read_number(
            "weekly_hours", own(thing, "weekly_hours"), at_most=MOST_HOURS_A_WEEK
        ),
        duration_months=values.read_number(
            "duration_months", own(thing, "duration_months"), at_most=MOST_MONTHS
        ),
        continuous=values.read_yes_no("continuous", own(thing, "continuous")) or False,
    )


def _source(thing: Thing, today: date) -> SourceDocument | None:
    name = own(thing, "source")
    if not name:
        return None
    return SourceDocument(
        name=name,
        sample=values.read_yes_no("sample", own(thing, "sample")) or False,
        read_on=values.read_date("source_read_on", own(thing, "source_read_on"), today=today),
    )
