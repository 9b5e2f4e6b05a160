"""Read the terms of our own that our export adds to schema.org's, each checked as in a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalog.importers import values
from catalog.importers.columns import OFFERING_READERS, OPTION_READERS, read_columns
from catalog.importers.documents import OfferingDocument, OptionDocument, SourceDocument
from catalog.importers.jsonld import OWN_PREFIX, Thing
from catalog.importers.schemaorg_words import own, paragraphs, titles
from catalog.importers.skills import known_skills, skills_of

# Columns that schema.org has properties for, and those it has none for.
_OPTION_PROPERTIES = frozenset({"keywords", "credits"})
_OFFERING_PROPERTIES = frozenset(
    {
        "modes",
        "price_eur",
        "price_max_eur",
        "teaching_languages",
        "apply_from",
        "apply_by",
        "starts",
        "url",
    }
)
OPTION_TERMS = tuple(name for name in OPTION_READERS if name not in _OPTION_PROPERTIES)
OFFERING_TERMS = tuple(name for name in OFFERING_READERS if name not in _OFFERING_PROPERTIES)


def with_own_terms(document: OptionDocument, thing: Thing, *, today: date) -> OptionDocument:
    """Return the option with what only our own terms can tell."""
    skills = thing.texts(f"{OWN_PREFIX}skills")
    return replace(
        document,
        criteria=paragraphs(thing, f"{OWN_PREFIX}criteria"),
        skills=known_skills({language: skills_of(names) for language, names in skills.items()}),
        leads_to=titles(thing, f"{OWN_PREFIX}leads_to"),
        source=_source(thing, today),
        **read_columns(
            OPTION_READERS, lambda name: own(thing, name), today=today, only=OPTION_TERMS
        ),
    )


def offering_with_own_terms(
    document: OfferingDocument, thing: Thing, *, today: date
) -> OfferingDocument:
    """Return the offering with our own terms in place of what could be guessed without them."""
    return replace(
        document,
        **read_columns(
            OFFERING_READERS, lambda name: own(thing, name), today=today, only=OFFERING_TERMS
        ),
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
