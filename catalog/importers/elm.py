"""Read learning opportunities of the European Learning Model, version 3, as XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from catalog.importers import elm_words as words
from catalog.importers.documents import (
    FieldError,
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
    Read,
    Refusal,
    Skipped,
    Texts,
)
from catalog.importers.durations import read_months
from catalog.importers.identities import id_of
from catalog.importers.named_types import type_named_in
from catalog.importers.skills import listed_skills
from catalog.importers.xml_elements import Element, read_elements
from opastin.errors import UserError

OPPORTUNITY = "learningOpportunity"
SPECIFICATIONS = ("qualification", "learningAchievementSpecification")
PROVIDERS = ("organisation", "agent")
REFERENCES = frozenset(
    {*SPECIFICATIONS, *PROVIDERS, "learningOutcome", "learningActivitySpecification", "location"}
)
NOT_AN_OPTION = "not a study option type"
# http://data.europa.eu/snb/learning-opportunity/
COURSES = frozenset({"05053c1cbe", "0f7dac46ca", "17744a2647", "7e1ac538db"})
PROGRAMMES = frozenset({"74a4a268e8", "79343569f3"})
DEGREE_CREDITS = 120


def read_options(data: bytes, *, name: str, today: date) -> Iterator[Read]:
    """Read all learning opportunities of a file.

    Raises UserError where the file as a whole cannot be read.
    """
    known = _Known()
    for element in read_elements(data, name, names={OPPORTUNITY, *REFERENCES}):
        known.remember(element)
    number = 0
    for number, element in enumerate(read_elements(data, name, names={OPPORTUNITY}), start=1):
        label = element.attributes.get("id", "")[:100] or f"opportunity {number}"
        try:
            yield _option(element, label, known, today)
        except FieldError as error:
            option = id_of(element.attributes["id"]) if element.attributes.get("id") else None
            yield Refusal(label, error.field, error.reason, option=option)
    if not number:
        raise UserError(f"{name} has no learningOpportunity of the European Learning Model.")


@dataclass(frozen=True)
class _Specification:
    """What an opportunity takes over from what it leads to, or from how it is taught."""

    summary: Texts = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    requirements: Texts = field(default_factory=dict)
    isced: str | None = None
    credits: float | None = None
    level: str | None = None
    modes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    error: FieldError | None = None


class _Known:
    """What opportunities refer to, in short: a long file has many of them."""

    def __init__(self) -> None:
        self._specifications: dict[str, _Specification] = {}
        self._outcomes: dict[str, Texts] = {}
        self._providers: dict[str, ProviderDocument] = {}
        self._places: dict[str, str | None] = {}

    def remember(self, element: Element) -> None:
        address = element.attributes.get("id")
        if address is None or element.name == OPPORTUNITY:
            return
        if element.name == "learningOutcome":
            self._outcomes[address] = words.titles(element.all("title"))
        elif element.name == "location":
            self._places[address] = words.place(element)
        elif element.name in PROVIDERS:
            provider = _provider(element)
            if provider:
                self._providers[address] = provider
        else:
            self._specifications[address] = _specification(element)

    def specification(self, element: Element, name: str) -> _Specification:
        """Return the specification that an opportunity names, or holds."""
        for reference in element.all(name):
            target = reference.attributes.get("idref")
            if target in self._specifications:
                return self._specifications[target]
            if reference.children:
                return _specification(_inner(reference, SPECIFICATIONS))
        return _Specification()

    def outcomes(self, specification: _Specification) -> Texts:
        """Return the summary and the single outcomes as points of a list, by language."""
        found: dict[str, list[str]] = {}
        for address in specification.outcomes:
            for language, title in self._outcomes.get(address, {}).items():
                found.setdefault(language, []).append(f"- {title}")
        languages = dict.fromkeys([*specification.summary, *found])
        lists = {language: "\n".join(found.get(language, [])) for language in languages}
        return {
            language: "\n\n".join(filter(None, (specification.summary.get(language), points)))
            for language, points in lists.items()
        }

    def provider(self, element: Element) -> ProviderDocument | None:
        """Return the first provider that has a name."""
        for reference in element.all("providedBy"):
            found = self._providers.get(reference.attributes.get("idref", ""))
            found = found or _provider(_inner(reference, PROVIDERS))
            if found:
                return found
        return None

    def places(self, element: Element) -> list[str | None]:
        """Return the municipalities that an opportunity is in, each once, or None alone."""
        found = []
        for reference in element.all("location"):
            target = reference.attributes.get("idref", "")
            inner = _inner(reference, ("location",))
            found.append(self._places[target] if target in self._places else words.place(inner))
        return list(dict.fromkeys(place for place in found if place)) or [None]


def _inner(element: Element, names: tuple[str, ...]) -> Element:
    return next((child for child in element.children if child.name in names), element)


def _provider(element: Element) -> ProviderDocument | None:
    names = words.titles([*element.all("legalName"), *element.all("prefLabel")])
    return ProviderDocument(names=names) if names else None


def _specification(element: Element) -> _Specification:
    path = element.name
    found = _Specification(
        summary=words.notes(element, "learningOutcomeSummary"),
        outcomes=tuple(
            reference.attributes.get("idref", "") for reference in element.all("learningOutcome")
        ),
        requirements=words.notes(element, "entryRequirement"),
        isced=words.isced_field(element),
        level=words.level(element),
        modes=words.modes(element),
        languages=words.languages(element),
    )
    try:
        return replace(found, credits=words.credits(element, path))
    except FieldError as error:
        # It is the opportunities that are refused for it.
        return replace(found, error=error)


def _option(element: Element, label: str, known: _Known, today: date) -> Read:
    address = element.attributes.get("id")
    if not address:
        raise FieldError("id", "is missing")
    names = words.titles(element.all("title"))
    if not names:
        raise FieldError("title", "is missing in Finnish, Swedish and English")
    types = set(map(words.code_of, element.all("type")))
    if types and not types & (COURSES | PROGRAMMES):
        return Skipped(label, NOT_AN_OPTION)
    told = known.specification(element, "learningAchievementSpecification")
    if told.error:
        raise told.error
    if types & PROGRAMMES and (told.credits or 0) >= DEGREE_CREDITS:
        return Skipped(label, NOT_AN_OPTION)
    option_id = id_of(address)
    outcomes = known.outcomes(told)
    otherwise = "study_package" if types & PROGRAMMES else "course"
    return OptionDocument(
        id=option_id,
        type=type_named_in(names.values(), otherwise=otherwise),
        titles=names,
        offerings=tuple(_offerings(element, option_id, told, known, today)),
        descriptions=words.texts(element.all("description")),
        outcomes=outcomes,
        skills=listed_skills(outcomes),
        requirements=told.requirements,
        field=told.isced,
        credits=told.credits,
        level=told.level,
    )


def _offerings(
    element: Element, option_id: str, told: _Specification, known: _Known, today: date
) -> Iterator[OfferingDocument]:
    """Yield an offering for each place."""
    activity = known.specification(element, "learningActivitySpecification")
    durations = (read_months("duration", found.text) for found in element.all("duration"))
    price, price_max = words.price_eur(element)
    offering = OfferingDocument(
        id="",
        provider=known.provider(element),
        modes=words.modes(element) or activity.modes or told.modes,
        duration_months=next(filter(None, durations), None),
        price_eur=price,
        price_max_eur=price_max,
        teaching_languages=activity.languages or told.languages,
        apply_by=words.next_day(words.days(element, "applicationDeadline"), today),
        starts=words.next_day(words.days(element, "temporal", "startDate"), today),
        url=words.homepage(element),
    )
    for number, place in enumerate(known.places(element), start=1):
        yield replace(offering, id=f"{option_id}-{number}", place=place)
