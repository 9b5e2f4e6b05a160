"""`opastin catalog`: import, export, search and count study options."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalog.db import session_factory, upgrade
from catalog.export import export_csv
from catalog.geography import load_geography
from catalog.importers import csv, opintopolku, outlook
from catalog.importers.documents import Read, SourceDocument
from catalog.importers.store import ImportReport, store_documents
from catalog.models import ID_LENGTH, LANGUAGES
from catalog.sample import load_sample, sample_is_due
from catalog.search import Candidate, search_text
from catalog.stats import count_catalogue
from opastin.errors import UserError
from opastin.settings import load_settings

REFUSED_STATUS = 1
UNREADABLE_STATUS = 2
DOCUMENTS_BETWEEN_SIGNS = 100

Reader = Callable[..., Iterator[Read]]
READERS: dict[str, Reader] = {
    "csv": csv.read_options,
    "opintopolku": opintopolku.read_options,
    "outlook": outlook.read_outlooks,
}


@click.group()
def command() -> None:
    """Import, export, search and count study options."""


@command.command("import")
@click.argument("format_", metavar="FORMAT", type=click.Choice(sorted(READERS)))
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--source", help="Name of the source to keep beside the options [the file's name].")
def import_files(format_: str, files: tuple[str, ...], source: str | None) -> None:
    """Add the study options of files and update those known already.

    FORMAT is csv (our own table), opintopolku (its JSON) or outlook (how work is found, by field
    and region). Documents that cannot be read are listed with the field to mend; the others are
    imported all the same.
    """
    today = load_settings().today()
    upgrade(load_settings().catalog_url)
    status = 0
    for file in files:
        name = Path(file).name
        own_source = source or ("opintopolku" if format_ == "opintopolku" else name)
        try:
            documents = READERS[format_](_read_bytes(file), name=name, today=today)
            with _writing() as session:
                report = store_documents(
                    session,
                    _with_progress(documents, name),
                    source=SourceDocument(own_source[:ID_LENGTH], sample=False, read_on=today),
                    today=today,
                )
        except UserError as error:
            click.echo(f"opastin: {error}", err=True)
            status = UNREADABLE_STATUS
        else:
            _tell(report, name)
            status = status or (REFUSED_STATUS if report.refused else 0)
    sys.exit(status)


@command.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(["csv"]))
def export(format_: str) -> None:
    """Write the whole catalogue to standard output, as FORMAT (csv)."""
    _prepare()
    with _reading() as session:
        export_csv(session, sys.stdout)


@command.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an option.")
def search(words: tuple[str, ...], language: str, limit: int, as_json: bool) -> None:
    """Find open study options that mention WORDS, in any language, the best first."""
    _prepare()
    today = load_settings().today()
    with _reading() as session:
        found = search_text(session, " ".join(words), language=language, limit=limit, today=today)
    for candidate in found:
        row = _row(candidate, language)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    if not found:
        click.echo("Nothing open in the catalogue mentions these words.", err=True)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(as_json: bool) -> None:
    """Count what is in the catalogue."""
    _prepare()
    with _reading() as session:
        counts = count_catalogue(session, today=load_settings().today())
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
        return
    for title, rows in counts.items():
        click.echo(title.replace("_", " "))
        for name, count in rows.items():
            click.echo(f"  {count:6d}  {name}")


def _prepare() -> None:
    """Make sure that there is a catalogue, and something in it."""
    settings = load_settings()
    upgrade(settings.catalog_url)
    with _reading() as session:
        is_due = sample_is_due(session, settings.today())
    if is_due:
        with _writing() as session:
            load_sample(session, settings.today())


@contextmanager
def _writing() -> Iterator[Session]:
    """Give a session whose work is kept as a whole, or not at all."""
    try:
        with session_factory(writing=True).begin() as session:
            yield session
    except DBAPIError as error:
        raise UserError(f"The catalogue cannot be written: {error.orig}.") from error


@contextmanager
def _reading() -> Iterator[Session]:
    try:
        with session_factory()() as session:
            yield session
    except DBAPIError as error:
        raise UserError(f"The catalogue cannot be read: {error.orig}.") from error


def _read_bytes(file: str) -> bytes:
    if file.startswith(("http://", "https://")):
        raise UserError(f"{file} is an address; fetch it into a file and import that.")
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror or error}.") from error


def _with_progress(documents: Iterable[Read], name: str) -> Iterator[Read]:
    """Pass documents on, counting them on a terminal's standard error."""
    is_shown = sys.stderr.isatty()
    number = 0
    for number, document in enumerate(documents, start=1):
        if is_shown and number % DOCUMENTS_BETWEEN_SIGNS == 0:
            click.echo(f"\r{name}: {number} documents", err=True, nl=False)
        yield document
    if is_shown and number >= DOCUMENTS_BETWEEN_SIGNS:
        click.echo("\r", err=True, nl=False)


def _tell(report: ImportReport, name: str) -> None:
    for refusal in report.refused:
        click.echo(f"{name}: {refusal}", err=True)
    parts = [f"{report.added} added", f"{report.changed} changed", f"{report.unchanged} unchanged"]
    if report.providers:
        parts.append(f"{report.providers} providers")
    if report.refused:
        parts.append(f"{len(report.refused)} refused")
    parts += [f"{count} skipped ({reason})" for reason, count in sorted(report.skipped.items())]
    click.echo(f"{name}: {', '.join(parts)}")


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
