"""Make a study option of a course or a programme of schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from catalog.fields import is_field
from catalog.importers import schemaorg_words as words
from catalog.importers.columns import MOST_CREDITS
from catalog.importers.credits import read_credits
from catalog.importers.documents import (
    FieldError,
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
    Read,
    Refusal,
    Skipped,
)
from catalog.importers.identities import id_of
from catalog.importers.jsonld import Thing
from catalog.importers.konfo import Node
from catalog.importers.named_types import type_named_in
from catalog.importers.plain_text import clean_line
from catalog.importers.prices import read_amount
from catalog.importers.schemaorg_instances import read_offering
from catalog.importers.schemaorg_own import offering_with_own_terms, with_own_terms
from catalog.importers.skills import listed_skills
from catalog.models import LEVELS, OFFERING_ID_LENGTH, TYPES

COURSES = frozenset({"Course", "EducationalOccupationalProgram", "WorkBasedProgram"})
NOT_AN_OPTION = "not a study option type"
DEGREE_CREDITS = 120
DEGREE_MONTHS = 24
LONGEST_LABEL = 100

_DEGREE = re.compile(
    r"\b(?:bachelor|master|doctor|ph\.?d|degree|kandidaat|maister|tutkinto|examen)", re.I
)
_CREDITS = re.compile(r"ects|opintopiste|\bop\b|credit|studiepoäng|\bsp\b", re.IGNORECASE)
_FIELD_SETS = re.compile(r"isced|koulutusala", re.IGNORECASE)


def read_course(thing: Thing, *, label: str, today: date) -> Iterator[Read]:
    """Yield the option, or why it is none."""
    label = (
        clean_line(thing.id or thing.string("url") or thing.string("name"))[:LONGEST_LABEL] or label
    )
    try:
        yield _option(thing, label, today)
    except FieldError as error:
        yield Refusal(label, error.field, error.reason, option=_known_id(thing))


def _option(thing: Thing, label: str, today: date) -> Read:
    names = words.titles(thing)
    if not names:
        reason = (
            "is in none of the languages fi, sv and en" if thing.strings("name") else "is missing"
        )
        raise FieldError(thing.path("name"), reason)
    provider = words.provider(thing)
    ours = words.own_id(thing)
    option_id = ours or _id(thing, names, provider)
    offerings = tuple(_offerings(thing, option_id, provider, today))
    most, least = _credits(thing)
    if not ours and _is_degree(thing, most, offerings):
        return Skipped(label, NOT_AN_OPTION)
    descriptions = words.paragraphs(thing, "description")
    if most is None and not ours:
        most, least = read_credits(Node({}), names, descriptions)
    outcomes = words.points(thing, "teaches")
    document = OptionDocument(
        id=option_id,
        type=_type(thing, names),
        titles=names,
        offerings=offerings,
        descriptions=descriptions,
        outcomes=outcomes,
        skills=words.skills(thing, "teaches", "assesses") or listed_skills(outcomes),
        requirements=words.points(thing, "coursePrerequisites", "programPrerequisites"),
        keywords=words.keywords(thing),
        field=_field(thing),
        credits=most,
        credits_min=least,
        level=next((text for text in thing.strings("educationalLevel") if text in LEVELS), None),
    )
    return with_own_terms(document, thing, today=today) if ours else document


def _known_id(thing: Thing) -> str | None:
    """Return the id of a course that could not be read, as far as that can be told."""
    try:
        names = words.titles(thing)
        provider = words.provider(thing)
    except FieldError:
        return words.own_id(thing)
    return words.own_id(thing) or (_id(thing, names, provider) if names else None)


def _id(thing: Thing, names: dict[str, str], provider: ProviderDocument | None) -> str:
    """Return an id made of the address, else of the provider's code, else of the names."""
    for identity in (thing.id, *thing.strings("url")):
        if identity.startswith(("http://", "https://", "urn:")):
            return id_of(identity)
    school = next(iter(provider.names.values())) if provider else ""
    title = next(iter(names.values()))
    code = thing.string("courseCode") or thing.string("identifier") or title
    return id_of(f"{school.casefold()}\n{code.casefold()}", stem=title)


def _type(thing: Thing, names: dict[str, str]) -> str:
    said = next((text for text in thing.strings("additionalType") if text in TYPES), None)
    is_program = not thing.types & {"Course", "CourseInstance"}
    return said or type_named_in(
        names.values(), otherwise="study_package" if is_program else "course"
    )


def _is_degree(
    thing: Thing, credits: float | None, offerings: tuple[OfferingDocument, ...]
) -> bool:
    if "WorkBasedProgram" in thing.types:
        return True
    if "EducationalOccupationalProgram" not in thing.types:
        return False
    awarded = words.points(thing, "educationalCredentialAwarded", "programType").values()
    months = max((offering.duration_months or 0 for offering in offerings), default=0)
    return (
        any(map(_DEGREE.search, awarded))
        or (credits or 0) >= DEGREE_CREDITS
        or months >= DEGREE_MONTHS
    )


def _offerings(
    thing: Thing, option_id: str, provider: ProviderDocument | None, today: date
) -> Iterator[OfferingDocument]:
    instances = thing.things("hasCourseInstance") or [thing]
    seen: set[str] = set()
    for number, instance in enumerate(instances, start=1):
        ours = words.own_id(instance, longest=OFFERING_ID_LENGTH) if instance is not thing else None
        address = instance.id if instance is not thing else ""
        offering_id = ours or (
            id_of(address) if address.startswith("http") else f"{option_id}-{number}"
        )
        if offering_id in seen:
            raise FieldError(instance.path("@id"), "is that of an earlier instance")
        seen.add(offering_id)
        offering = read_offering(
            instance, thing, offering_id=offering_id, provider=provider, today=today
        )
        if not ours:
            yield offering
        elif instance.things("provider") or not provider:
            yield offering_with_own_terms(offering, instance, today=today)
        else:
            bare = replace(offering, provider=None)
            yield offering_with_own_terms(bare, instance, today=today)


def _credits(thing: Thing) -> tuple[float | None, float | None]:
    for item in thing.values("numberOfCredits"):
        if not isinstance(item, dict):
            amount = read_amount(thing.path("numberOfCredits"), item, at_most=MOST_CREDITS)
            return amount or None, None
    for load in thing.things("numberOfCredits"):
        unit = load.string("unitText") or load.string("unitCode")
        if unit and not _CREDITS.search(unit):
            continue
        most, least = (
            read_amount(load.path(key), next(iter(load.strings(key)), None), at_most=MOST_CREDITS)
            for key in ("maxValue" if load.values("maxValue") else "value", "minValue")
        )
        return most or None, least if least and most and least < most else None
    return None, None


def _field(thing: Thing) -> str | None:
    """Return the closest field of the classification that is named, or None."""
    codes = [
        term.string("termCode")
        for term in thing.things("about")
        if _FIELD_SETS.search(" ".join(term.strings("inDefinedTermSet")))
    ]
    codes += [
        (term.string("targetUrl") or term.string("targetName")).rsplit("/", 1)[-1]
        for term in thing.things("educationalAlignment")
        if _FIELD_SETS.search(term.string("educationalFramework") + term.string("targetUrl"))
    ]
    return max((code for code in codes if is_field(code)), key=len, default=None)
