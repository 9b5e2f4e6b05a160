"""Stored options as the checks see them, read a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from catalog.models import LANGUAGES, Offering, OptionText, Provider, StudyOption

PAGE = 1000

# Rows of the tables; their columns are the models'.
Row = Any


@dataclass(frozen=True)
class Record:
    """One stored option with its words by language, its offerings and its provider's name."""

    option: Row
    texts: Mapping[str, Row]
    offerings: tuple[Row, ...]
    provider: str | None = None
    provider_name: str | None = None

    def open_offerings(self, today: date) -> list[Row]:
        """Return the offerings whose application is not known to have ended."""
        return [offering for offering in self.offerings if not is_closed(offering, today)]


def is_closed(offering: Row, today: date) -> bool:
    """Say whether the offering's application is known to have ended."""
    has_ended = offering.apply_by is not None and offering.apply_by < today
    return has_ended and not offering.continuous


def read_records(session: Session) -> Iterator[Record]:
    """Yield the options that are not withdrawn, in the order of ids.

    Memory holds a page of them, and the providers.
    """
    names = _provider_names(session)
    options = StudyOption.__table__
    query = select(options).where(options.c.withdrawn_on.is_(None))
    query = query.order_by(options.c.id).limit(PAGE)
    page = session.execute(query).all()
    while page:
        yield from _with_parts(session, page, names)
        page = session.execute(query.where(options.c.id > page[-1].id)).all()


def _with_parts(session: Session, page: list[Row], names: Mapping[str, str]) -> Iterator[Record]:
    texts = _by_option(session, OptionText.__table__, page)
    offerings = _by_option(session, Offering.__table__, page)
    for option in page:
        own = sorted(offerings[option.id], key=lambda offering: int(offering.position))
        provider = next((row.provider_id for row in own if row.provider_id is not None), None)
        yield Record(
            option=option,
            texts={text.language: text for text in texts[option.id]},
            offerings=tuple(own),
            provider=provider,
            provider_name=None if provider is None else names.get(provider),
        )


def _by_option(session: Session, table: Table, page: list[Row]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    query = select(table).where(table.c.option_id.between(page[0].id, page[-1].id))
    for row in session.execute(query):
        rows[row.option_id].append(row)
    return rows


def _provider_names(session: Session) -> dict[str, str]:
    rows = session.execute(select(Provider.__table__))
    return {row.id: _name(row) or row.id for row in rows}


def _name(row: Row) -> str | None:
    names = (getattr(row, f"name_{language}") for language in LANGUAGES)
    return next(filter(None, names), None)
