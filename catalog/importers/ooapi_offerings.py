"""Read who offers a course of the Open Education API, where, when and at what price."""

from __future__ import annotations

from dataclasses import replace

from catalog.importers import ooapi_words as words
from catalog.importers.documents import FieldError, OfferingDocument, ProviderDocument
from catalog.importers.durations import DAYS_IN_A_MONTH, read_months
from catalog.importers.konfo import Node
from catalog.importers.languages import languages_of
from catalog.importers.updates import stand_in_id


def organization_of(node: Node) -> ProviderDocument:
    """Return a provider with its names."""
    names = words.titles(node, "name")
    if not names:
        raise FieldError(node.path("name"), "is missing in Finnish, Swedish and English")
    return ProviderDocument(
        id=words.read_id(node, "organizationId"),
        names=names,
        municipality=words.place(node),
        url=words.link(node),
    )


def _provider(node: Node) -> ProviderDocument | None:
    value = node.value("organization")
    if value is None:
        return None
    if isinstance(value, dict):
        return organization_of(node.node("organization"))
    return ProviderDocument(id=words.read_id(node, "organization"), optional=True)


def stand_in_of(node: Node, option_id: str) -> OfferingDocument:
    """Return what a course tells of all its offerings."""
    return OfferingDocument(
        id=stand_in_id(option_id),
        provider=_provider(node),
        place=words.place(node),
        modes=words.modes(node),
        schedule=("own_pace",) if "self-paced" in node.text("modeOfStudy") else (),
        duration_months=read_months(node.path("duration"), node.text("duration"))
        if node.has("duration")
        else None,
        teaching_languages=_languages(node),
        url=words.link(node),
        outline=True,
    )


def realisation_of(node: Node, known: OfferingDocument) -> OfferingDocument:
    """Return an offering; what it leaves open is as `known` of its course."""
    starts, ends = words.day(node, "startDate"), words.day(node, "endDate")
    entry_from = words.day(node, "flexibleEntryPeriodStart")
    entry_by = words.day(node, "flexibleEntryPeriodEnd")
    apply_from, apply_by = words.day(node, "enrollStartDate"), words.day(node, "enrollEndDate")
    last = apply_by or entry_by
    if apply_from and last and apply_from > last:
        raise FieldError(node.path("enrollStartDate"), "is later than enrollEndDate")
    price, price_max = words.price_eur(node)
    months = (ends - starts).days / DAYS_IN_A_MONTH if starts and ends and ends > starts else None
    # One may come in at any time, and nothing says until when.
    is_continuous = entry_from is not None and last is None
    return replace(
        known,
        id=words.read_id(node, "offeringId"),
        provider=_provider(node) or known.provider,
        place=words.place(node) or known.place,
        modes=words.modes(node) or known.modes,
        duration_months=known.duration_months or (round(months, 1) or None if months else None),
        price_eur=price,
        price_max_eur=price_max,
        teaching_languages=_languages(node) or known.teaching_languages,
        apply_from=apply_from,
        apply_by=last,
        continuous=is_continuous,
        admission="continuous" if is_continuous else None,
        starts=starts or entry_from,
        url=words.link(node) or known.url,
        outline=False,
    )


def _languages(node: Node) -> tuple[str, ...]:
    return languages_of(words.words_of(node, "teachingLanguage"))
