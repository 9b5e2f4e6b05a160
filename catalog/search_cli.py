"""`opastin catalog search`, `vectors` and `reindex`: find options, and keep them findable."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from catalog.cli_sessions import not_written, prepare, reading, writing
from catalog.db import session_factory
from catalog.fields import is_field
from catalog.geography import load_geography
from catalog.index.encoder import load_encoder
from catalog.index.filters import Filters, near_places
from catalog.index.reindex import reindex as index_anew
from catalog.index.search import Query
from catalog.index.search import search as find
from catalog.index.vectors import make_vectors
from catalog.models import LANGUAGES, SCHEDULES, TYPES
from catalog.search import Candidate, read_candidates
from opastin.errors import UserError
from opastin.settings import load_settings

NO_ENCODER = "The encoder of the extra `bot` cannot be used here, so search goes by words alone."
LONGEST_WORDS = 2_000


class _Amount(click.FloatRange):
    """A number that can be compared, which neither `nan` nor `inf` can."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        number = float(super().convert(value, param, ctx))
        if not isfinite(number):
            self.fail(f"{value!r} is not a number to compare with.", param, ctx)
        return number


@click.command()
@click.argument("words", nargs=-1)
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--after", help="Begin where an earlier page ended, as it said.")
@click.option("--type", "types", multiple=True, type=click.Choice(TYPES))
@click.option("--field", help="Code of a field: what is under it and above it as well.")
@click.option("--place", "places", multiple=True, help="Name or code of a place.")
@click.option("--km", type=_Amount(min=0), help="So far from the place at most.")
@click.option("--online", is_flag=True, help="Only what can be studied at home.")
@click.option("--max-price", type=_Amount(min=0), help="Euros.")
@click.option(
    "--teaching-language", "teaching_languages", multiple=True, type=click.Choice(LANGUAGES)
)
@click.option("--schedule", multiple=True, type=click.Choice(SCHEDULES))
@click.option("--words-only", is_flag=True, help="Leave out what only means the same.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an option.")
def search(
    words: tuple[str, ...],
    language: str,
    limit: int,
    after: str | None,
    types: tuple[str, ...],
    field: str | None,
    places: tuple[str, ...],
    km: float | None,
    online: bool,
    max_price: float | None,
    teaching_languages: tuple[str, ...],
    schedule: tuple[str, ...],
    words_only: bool,
    as_json: bool,
) -> None:
    """Find open study options by WORDS, in any language, the best first.

    What is not known of an option rules it out no more than it would for a learner.
    """
    text = " ".join(words)
    if len(text) > LONGEST_WORDS:
        raise UserError(f"The words are more than {LONGEST_WORDS:,} characters; search for fewer.")
    if field is not None and not is_field(field):
        raise UserError(f"{field!r} is no code of a field of education, like 0923.")
    codes = tuple(_place_code(place) for place in places)
    if km is not None and not codes:
        raise UserError("--km says how far from a place: name one with --place.")
    filters = Filters(
        field=field,
        types=types,
        teaching_languages=teaching_languages,
        max_price=max_price,
        open_on=load_settings().today(),
        remote=online or None,
        near=near_places(codes, km) if km is not None else None,
        places=codes if km is None else (),
        schedule=schedule,
    )
    encoder = None if words_only else load_encoder()
    vector = encoder.question(text) if encoder and text else None
    prepare()
    with reading() as session:
        page = find(session, Query(text, language, vector, filters), limit=limit, after=after)
        found = read_candidates(session, page.hits)
    for candidate in found:
        row = _row(candidate, language)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    if page.next:
        click.echo(f"{page.total} in all; the next are --after {page.next}", err=True)
    if not found and after is None:
        click.echo("Nothing open in the catalogue is like that.", err=True)


@click.command()
def vectors() -> None:
    """Make the sentence vectors that are missing, so that search finds by meaning."""
    prepare()
    if load_encoder() is None:
        raise UserError(NO_ENCODER)
    click.echo(f"{make_missing_vectors()} sentence vectors made")


@click.command()
def reindex() -> None:
    """Index every study option anew; needed only when something has gone wrong."""
    prepare()
    with writing() as session:
        count = index_anew(session.connection(), lambda done: _tell_done("indexed", done))
    click.echo(f"{count} study options indexed")


def make_missing_vectors() -> int:
    """Make the vectors of changed texts, where there is an encoder; return how many that were."""
    encoder = load_encoder()
    if encoder is None:
        return 0
    try:
        return make_vectors(session_factory(writing=True), encoder, _tell_vectors)
    except DBAPIError as error:
        raise not_written(error) from error


def _tell_vectors(done: int, of_all: int) -> None:
    _tell_done(f"of {of_all} study options looked at for vectors", done)


def _tell_done(what: str, done: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} {what}\r", err=True, nl=False)


def _place_code(name: str) -> str:
    """Return the code of a place that is named by its code or in any language."""
    geography = load_geography()
    if geography.get(name):
        return name
    wished = name.casefold()
    for place in geography.places:
        if wished in (known.casefold() for known in place.names.values()):
            return place.code
    raise UserError(f"No municipality or region is called {name}.")


def _row(candidate: Candidate, language: str) -> dict[str, object]:
    place = load_geography().get(candidate.place) if candidate.place else None
    return {
        "id": candidate.id,
        "type": candidate.type,
        "title": _in_language(candidate.titles, language),
        "provider": _in_language(candidate.provider, language),
        "sample": candidate.sample,
        "place": candidate.place,
        "place_name": place.name(language) if place else None,
        "apply_by": _iso(candidate.apply_by),
        "continuous": candidate.continuous,
    }


def _line(row: dict[str, object]) -> str:
    details = [row["type"], row["provider"], row["place_name"], row["apply_by"]]
    marks = ["sample"] if row["sample"] else []
    return f"{row['id']}  {row['title']} ({', '.join(str(x) for x in [*details, *marks] if x)})"


def _in_language(texts: Mapping[str, str], language: str) -> str | None:
    """Return the text in the language asked for, else in the first that there is."""
    return next((texts[known] for known in (language, *LANGUAGES) if known in texts), None)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
