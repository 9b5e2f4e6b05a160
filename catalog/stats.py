"""Count what the catalogue holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.fields import broad
from catalog.geography import load_geography
from catalog.models import MODES, OUTLOOKS, TYPES, FieldOutlook, StudyOption
from catalog.search import Candidate, Criteria, find_candidates

UNKNOWN = "not known"

Counts = dict[str, dict[str, int]]


def count_catalogue(session: Session, *, today: date) -> Counts:
    """Return the numbers of options and offerings by what they are, where and whence."""
    offerings = find_candidates(session, Criteria(include_closed=True), today=today)
    options = list({candidate.id: candidate for candidate in offerings}.values())
    open_offerings = find_candidates(session, Criteria(), today=today)
    return {
        "total": {
            "study options": len(options),
            "offerings": len(offerings),
            "offerings open today": len(open_offerings),
            "options of sample data": sum(option.sample for option in options),
            "options withdrawn": _count_withdrawn(session),
        },
        "options_by_type": _in_order(Counter(option.type for option in options), TYPES),
        "options_by_source": _by_name(option.source for option in options),
        "options_by_broad_field": _by_name(
            broad(option.field) if option.field else UNKNOWN for option in options
        ),
        "options_by_language_of_title": _by_name(
            language for option in options for language in option.titles
        ),
        "offerings_by_region": _by_name(_region(offering) for offering in offerings),
        "offerings_by_mode": _in_order(
            Counter(mode for offering in offerings for mode in offering.modes or (UNKNOWN,)),
            (*MODES, UNKNOWN),
        ),
        "offerings_lacking": {
            "a place": sum(offering.place is None for offering in offerings),
            "a price": sum(offering.price_eur is None for offering in offerings),
            "an end of application": sum(
                offering.apply_by is None and not offering.continuous for offering in offerings
            ),
            "a teaching language": sum(not offering.teaching_languages for offering in offerings),
        },
        "outlooks": _count_outlooks(session, today),
    }


def _count_withdrawn(session: Session) -> int:
    query = select(func.count()).where(StudyOption.withdrawn_on.is_not(None))
    return int(session.scalar(query) or 0)


def _count_outlooks(session: Session, today: date) -> dict[str, int]:
    rows = session.scalars(select(FieldOutlook)).all()
    valid = [row for row in rows if row.valid_to >= today]
    return {
        **_in_order(Counter(row.outlook for row in valid), OUTLOOKS),
        "expired": len(rows) - len(valid),
        "of sample data": sum(row.sample for row in rows),
    }


def _region(offering: Candidate) -> str:
    if offering.place is None:
        return "nowhere in particular"
    geography = load_geography()
    region = geography.get(geography.region_of(offering.place))
    return region.name("fi") if region else UNKNOWN


def _by_name(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _in_order(counts: Counter[str], order: Iterable[str]) -> dict[str, int]:
    return {name: counts[name] for name in order}
