"""Write the catalogue as JSON-LD of schema.org, which search engines and the importer read.

What schema.org has no word for stands in terms of our own, so that nothing is lost on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TextIO

from sqlalchemy.orm import Session

from catalog.export import exported_options
from catalog.geography import load_geography
from catalog.importers.jsonld import OWN_PREFIX, OWN_TERMS
from catalog.importers.markdown import to_maybe_html
from catalog.importers.schemaorg_own import OFFERING_TERMS, OPTION_TERMS
from catalog.importers.schemaorg_words import OWN_ID
from catalog.models import LANGUAGES, Offering, Provider, StudyOption

CONTEXT = ["https://schema.org/", {OWN_PREFIX.rstrip(":"): OWN_TERMS}]
FIELD_SET = "ISCED-F"
COURSE_MODES = {"in_person": "onsite"}

Node = dict[str, Any]


def export_schemaorg(session: Session, file: TextIO) -> int:
    """Write all options but those withdrawn as one graph, and return how many there were."""
    context = json.dumps(CONTEXT, ensure_ascii=False)
    file.write(f'{{"@context": {context},\n"@graph": [')
    count = 0
    for option in exported_options(session):
        file.write(",\n" if count else "\n")
        json.dump(_course(option), file, ensure_ascii=False)
        count += 1
    file.write("\n]}\n")
    return count


def _course(option: StudyOption) -> Node:
    texts = option.texts
    credits: Any = option.credits
    if option.credits_min is not None:
        credits = {
            "@type": "QuantitativeValue",
            "minValue": option.credits_min,
            "maxValue": option.credits,
            "unitText": "ECTS",
        }
    degree = {language: getattr(option, f"leads_to_{language}") for language in LANGUAGES}
    return _node(
        "Course",
        identifier=_identifier(option.id),
        provider=_school(option),
        additionalType=option.type,
        name=_words({language: text.title for language, text in texts.items()}),
        description=_words({language: text.description for language, text in texts.items()}),
        teaches=_words({language: text.outcomes for language, text in texts.items()}),
        coursePrerequisites=_words(
            {language: text.requirements for language, text in texts.items()}
        ),
        keywords=[_node("DefinedTerm", name=to_maybe_html(word)) for word in option.keywords],
        about=_field(option.field),
        numberOfCredits=credits,
        educationalLevel=option.level,
        hasCourseInstance=[_instance(offering) for offering in option.offerings],
        **_own(option, OPTION_TERMS),
        **{
            f"{OWN_PREFIX}criteria": _words(
                {language: text.criteria for language, text in texts.items()}
            ),
            f"{OWN_PREFIX}skills": [
                word
                for language, text in sorted(texts.items())
                for skill in text.skills
                for word in _words({language: skill})
            ],
            f"{OWN_PREFIX}leads_to": _words(degree),
            f"{OWN_PREFIX}source": option.source_name,
            f"{OWN_PREFIX}source_read_on": option.read_on.isoformat(),
            f"{OWN_PREFIX}sample": option.source.sample,
        },
    )


def _instance(offering: Offering) -> Node:
    return _node(
        "CourseInstance",
        identifier=_identifier(offering.id),
        provider=_provider(offering.provider) if offering.provider else None,
        location=_location(offering.place),
        courseMode=[COURSE_MODES.get(mode, mode) for mode in offering.modes],
        inLanguage=list(offering.teaching_languages),
        startDate=_iso(offering.starts),
        url=offering.url,
        offers=_offer(offering),
        **_own(offering, OFFERING_TERMS),
    )


def _offer(offering: Offering) -> Node | None:
    price, most = offering.price_eur, offering.price_max_eur
    values = {
        "price": price if most is None else None,
        "priceSpecification": None if most is None else _price_range(offering),
        "priceCurrency": None if price is None else "EUR",
        "category": "Free" if price == 0 and most is None else None,
        "validFrom": _iso(offering.apply_from),
        "validThrough": _iso(offering.apply_by),
    }
    known = {name: value for name, value in values.items() if value is not None}
    return _node("Offer", **known) if known else None


def _price_range(offering: Offering) -> Node:
    return _node(
        "PriceSpecification",
        minPrice=offering.price_eur,
        maxPrice=offering.price_max_eur,
        priceCurrency="EUR",
    )


def _provider(provider: Provider) -> Node:
    names = {language: getattr(provider, f"name_{language}") for language in LANGUAGES}
    return _node(
        "EducationalOrganization",
        identifier=_identifier(provider.id),
        name=_words(names),
        url=provider.url,
        address=_address(provider.municipality),
        **{f"{OWN_PREFIX}municipality": provider.municipality},
    )


def _school(option: StudyOption) -> Node | None:
    """Return the provider of the first offering that has one, for readers of courses alone."""
    known = (offering.provider for offering in option.offerings if offering.provider)
    return next(map(_provider, known), None)


def _location(code: str | None) -> Node | None:
    address = _address(code)
    return None if address is None else _node("Place", address=address)


def _address(code: str | None) -> Node | None:
    place = load_geography().get(code) if code else None
    if place is None:
        return None
    key = "addressRegion" if place.kind == "region" else "addressLocality"
    return _node("PostalAddress", **{key: place.name("fi"), "addressCountry": "FI"})


def _field(code: str | None) -> Node | None:
    return _node("DefinedTerm", inDefinedTermSet=FIELD_SET, termCode=code) if code else None


def _identifier(id_: str) -> Node:
    return _node("PropertyValue", propertyID=OWN_ID, value=id_)


def _own(row: StudyOption | Offering, columns: Iterable[str]) -> Node:
    values = ((column, getattr(row, column)) for column in columns)
    return {f"{OWN_PREFIX}{column}": _plain(value) for column, value in values}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _node(type_: str, **values: Any) -> Node:
    """Return a node without what is not known."""
    known = {key: value for key, value in values.items() if value is not None and value != []}
    return {"@type": type_, **known}


def _words(texts: Mapping[str, str | None]) -> list[Node]:
    known = ((language, texts.get(language)) for language in LANGUAGES)
    return [
        {"@value": to_maybe_html(text), "@language": language} for language, text in known if text
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
