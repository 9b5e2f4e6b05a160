"""Find study options in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from catalog.index.search import Hit
from catalog.index.wishes import Finding
from catalog.kept import Kept
from catalog.models import LANGUAGES, Offering, OptionText, Provider, Source, StudyOption

Texts = Mapping[str, str]
# With its texts and offerings an option takes about 5 kB.
MOST_KEPT = 5000
TEXT_COLUMNS = ("title", "description", "outcomes", "requirements", "criteria", "skills")


@dataclass(frozen=True)
class Candidate:
    """One study option through one of its offerings; None and () mean "not known".

    Texts are by language, and only the languages that the source has; `provider` is empty where
    the source names none. With a range of credits, `credits` is its upper end.
    """

    id: str
    offering: str
    type: str
    titles: Texts
    descriptions: Texts
    outcomes: Texts
    requirements: Texts
    keywords: tuple[str, ...]
    provider: Texts
    sample: bool
    source: str
    source_read_on: date
    # Names of the degree that the option leads towards.
    leads_to: Texts = field(default_factory=dict)
    criteria: Texts = field(default_factory=dict)
    skills: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    field: str | None = None
    place: str | None = None
    modes: tuple[str, ...] = ()
    schedule: tuple[str, ...] = ()
    weekly_hours: float | None = None
    credits: float | None = None
    credits_min: float | None = None
    duration_months: float | None = None
    price_eur: float | None = None
    price_max_eur: float | None = None
    teaching_languages: tuple[str, ...] = ()
    level: str | None = None
    education_required: str | None = None
    apply_from: date | None = None
    apply_by: date | None = None
    continuous: bool = False
    admission: str | None = None
    starts: date | None = None
    url: str | None = None
    leads_to_level: str | None = None
    route_credits: float | None = None
    route_grade: str | None = None
    route_apply_by: date | None = None
    route_round: str | None = None
    funding: tuple[str, ...] = ()
    language_required: tuple[str, ...] = ()
    employing: bool | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class Criteria:
    """What the candidates must have; nothing given means "anything will do"."""

    field: str | None = None
    types: tuple[str, ...] = ()
    include_closed: bool = False


def find_candidates(session: Session, criteria: Criteria, *, today: date) -> list[Candidate]:
    """Return what meets the criteria and is not closed on `today`, in the order of ids.

    A field matches the fields under it and those above it.
    What its source has given up is never among them.
    """
    conditions = [_not_withdrawn(), *_conditions(criteria)]
    if not criteria.include_closed:
        conditions.append(_not_closed(today))
    return _read(session, conditions)


def find_option(session: Session, option_id: str) -> list[Candidate]:
    """Return all offerings of an option, closed and withdrawn ones too; none when it is unknown."""
    return _read(session, [StudyOption.id == option_id])


def read_candidates(session: Session, hits: Sequence[Hit | Finding]) -> list[Candidate]:
    """Return what a search has found, in its order, each through the offering it named."""
    options = _read_options(session, {hit.option for hit in hits})
    found = (options[hit.option].get(hit.offering) for hit in hits)
    return [candidate for candidate in found if candidate is not None]


# By option, then by offering; of one that is gone there is none.
_kept: Kept[str, Mapping[str, Candidate]] = Kept(MOST_KEPT)


def _read_options(session: Session, ids: set[str]) -> dict[str, Mapping[str, Candidate]]:
    token, known = _kept.of_now(session, ids)
    unknown = ids - known.keys()
    if not unknown:
        return known
    read: dict[str, dict[str, Candidate]] = {id_: {} for id_ in unknown}
    for candidate in _read(session, [StudyOption.id.in_(unknown)]):
        read[candidate.id][candidate.offering] = candidate
    _kept.keep(token, read)
    return {**known, **read}


def _conditions(criteria: Criteria) -> Iterator[Any]:
    if criteria.field is not None:
        yield or_(
            StudyOption.field.startswith(criteria.field, autoescape=True),
            literal(criteria.field).startswith(StudyOption.field),
        )
    if criteria.types:
        yield StudyOption.type.in_(criteria.types)


def _not_closed(today: date) -> Any:
    return or_(
        Offering.continuous.is_(True), Offering.apply_by.is_(None), Offering.apply_by >= today
    )


def _not_withdrawn() -> Any:
    return StudyOption.withdrawn_on.is_(None)


def _read(session: Session, conditions: list[Any]) -> list[Candidate]:
    # Plain rows instead of objects: it may be hundreds at once.
    options = (
        select(StudyOption.id)
        .join(Offering, Offering.option_id == StudyOption.id)
        .where(*conditions)
    )
    texts = _texts(session, options)
    rows = session.execute(_candidate_rows(conditions)).mappings()
    return [_candidate(dict(row), texts) for row in rows]


def _candidate_rows(conditions: list[Any]) -> Select:
    option_columns = [
        column
        for column in StudyOption.__table__.columns
        if column.name not in ("known_field", "source_name", "read_on")
    ]
    offering_columns = [
        column
        for column in Offering.__table__.columns
        if column.name not in ("id", "option_id", "position", "provider_id")
    ]
    return (
        select(
            *option_columns,
            *offering_columns,
            Offering.id.label("offering"),
            Source.name.label("source"),
            Source.sample,
            StudyOption.read_on.label("source_read_on"),
            Provider.name_fi,
            Provider.name_sv,
            Provider.name_en,
        )
        .select_from(StudyOption)
        .join(Offering, Offering.option_id == StudyOption.id)
        .join(Source, Source.name == StudyOption.source_name)
        .outerjoin(Provider, Provider.id == Offering.provider_id)
        .where(*conditions)
        .order_by(StudyOption.id, Offering.position)
    )


def _texts(session: Session, options: Select) -> dict[str, dict[str, dict[str, Any]]]:
    """Return texts by option, then by column, then by language."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    query = select(OptionText.__table__).where(OptionText.option_id.in_(options))
    for row in session.execute(query).mappings():
        texts = found.setdefault(row["option_id"], {column: {} for column in TEXT_COLUMNS})
        for column in TEXT_COLUMNS:
            if row[column]:
                texts[column][row["language"]] = row[column]
    return found


def _candidate(row: dict[str, Any], texts: Mapping[str, Mapping[str, Any]]) -> Candidate:
    names = {language: row.pop(f"name_{language}") for language in LANGUAGES}
    degrees = {language: row.pop(f"leads_to_{language}") for language in LANGUAGES}
    own = texts.get(row["id"], {})
    return Candidate(
        titles=own.get("title", {}),
        descriptions=own.get("description", {}),
        outcomes=own.get("outcomes", {}),
        requirements=own.get("requirements", {}),
        criteria=own.get("criteria", {}),
        skills=own.get("skills", {}),
        provider={language: name for language, name in names.items() if name},
        leads_to={language: name for language, name in degrees.items() if name},
        **row,
    )
