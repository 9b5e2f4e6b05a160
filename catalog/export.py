"""Write the catalogue as the CSV that the importer reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any, TextIO

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from catalog.importers.csv import COLUMNS, OPTION_COLUMNS, TEXT_COLUMNS, UNKNOWN
from catalog.models import LANGUAGES, Offering, Provider, StudyOption

AT_ONCE = 500


def export_csv(session: Session, file: TextIO) -> int:
    """Write all options but those withdrawn, one row an offering; return the number of rows."""
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in _rows(session):
        writer.writerow({column: _cell(value) for column, value in row.items()})
        count += 1
    return count


def exported_options(session: Session) -> Iterator[StudyOption]:
    """Yield what an export holds, in the order of ids, with no more than some in memory."""
    last = ""
    while True:
        query = (
            select(StudyOption)
            .options(
                selectinload(StudyOption.texts),
                selectinload(StudyOption.offerings).selectinload(Offering.provider),
                selectinload(StudyOption.source),
            )
            .where(StudyOption.withdrawn_on.is_(None), StudyOption.id > last)
            .order_by(StudyOption.id)
            .limit(AT_ONCE)
        )
        options = session.scalars(query).all()
        if not options:
            return
        last = options[-1].id
        yield from options


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    for option in exported_options(session):
        about_option = _option(option)
        for offering in option.offerings:
            yield {"id": option.id, **about_option, **_offering(offering)}
            about_option = {}


def _option(option: StudyOption) -> dict[str, Any]:
    row = {column: getattr(option, column) for column in OPTION_COLUMNS if hasattr(option, column)}
    for column in TEXT_COLUMNS:
        for language, text in option.texts.items():
            row[f"{column}_{language}"] = getattr(text, column)
    return {
        **row,
        "source": option.source_name,
        "source_read_on": option.read_on,
        "sample": option.source.sample,
    }


def _offering(offering: Offering) -> dict[str, Any]:
    row = {column.name: getattr(offering, column.name) for column in Offering.__table__.columns}
    for column in ("id", "option_id", "position", "provider_id"):
        del row[column]
    about_provider = _provider(offering.provider) if offering.provider else {"provider": UNKNOWN}
    return {"offering": offering.id, **row, **about_provider}


def _provider(provider: Provider) -> dict[str, Any]:
    names = {
        f"provider_{language}": getattr(provider, f"name_{language}") for language in LANGUAGES
    }
    return {
        "provider": provider.id,
        **names,
        "provider_municipality": provider.municipality,
        "provider_url": provider.url,
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        # With a semicolon even one keyword of two words is read back as one.
        return ";".join(value) if len(value) != 1 or " " not in value[0] else f"{value[0]};"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, date) else str(value)
