"""`opastin catalog`: import, export, search and count study options."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

import click
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalog.checks.finding import LEVELS, WARNING
from catalog.db import session_factory, upgrade
from catalog.export import export_csv
from catalog.export_schemaorg import export_schemaorg
from catalog.geography import load_geography
from catalog.importers import csv, elm, kouta, ooapi, opintopolku, osaamismerkit, outlook, schemaorg
from catalog.importers.documents import Read, SourceDocument
from catalog.importers.store import ImportReport, store_documents
from catalog.importers.table import check_end
from catalog.importers.withdrawal import withdraw_others
from catalog.lint import lines, write_json
from catalog.lint import lint as lint_catalogue
from catalog.models import ID_LENGTH, LANGUAGES
from catalog.sample import load_sample, sample_is_due
from catalog.search import Candidate, search_text
from catalog.stats import count_catalogue
from opastin.errors import UserError
from opastin.settings import load_settings

REFUSED_STATUS = 1
WRONG_STATUS = 1
UNREADABLE_STATUS = 2
DOCUMENTS_BETWEEN_SIGNS = 100
LARGEST_FILE_BYTES = 500_000_000

# National registers are one source each, whatever their files are called.
REGISTERS = ("kouta", "opintopolku", "osaamismerkit")
TABLES = ("csv", "outlook")

Reader = Callable[..., Iterator[Read]]
READERS: dict[str, Reader] = {
    "csv": csv.read_options,
    "elm": elm.read_options,
    "kouta": kouta.read_options,
    "ooapi": ooapi.read_options,
    "opintopolku": opintopolku.read_options,
    "osaamismerkit": osaamismerkit.read_options,
    "outlook": outlook.read_outlooks,
    "schemaorg": schemaorg.read_options,
}

WRITERS = {"csv": export_csv, "schemaorg": export_schemaorg}


@click.group()
def command() -> None:
    """Import, export, search and count study options."""


@command.command("import")
@click.argument("format_", metavar="FORMAT", type=click.Choice(sorted(READERS)))
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--source", help="Name of the source [the file's name, or that of the register].")
@click.option("--full", is_flag=True, help="The files are all there is: withdraw what they lack.")
@click.option(
    "--allow-shrink",
    is_flag=True,
    help="Import what may have been cut off: much of a source is gone, or a last row has no end.",
)
def import_files(
    format_: str, files: tuple[str, ...], source: str | None, full: bool, allow_shrink: bool
) -> None:
    """Add the study options of files and update those known already.

    FORMAT is one of those that docs/reference/catalog-import.md tells of. Documents that cannot
    be read are listed with the field to mend; the others are imported all the same. With --full
    the files are kept together or not at all.
    """
    today = load_settings().today()
    upgrade(load_settings().catalog_url)
    status = 0
    for batch in [files] if full else [(file,) for file in files]:
        try:
            reports = _import(
                format_, batch, source, today=today, full=full, allow_shrink=allow_shrink
            )
        except UserError as error:
            click.echo(f"opastin: {error}", err=True)
            status = UNREADABLE_STATUS
        else:
            for name, report in reports:
                _tell(report, name)
                status = status or (REFUSED_STATUS if report.refused else 0)
    sys.exit(status)


def _import(
    format_: str,
    files: tuple[str, ...],
    source: str | None,
    *,
    today: date,
    full: bool,
    allow_shrink: bool,
) -> list[tuple[str, ImportReport]]:
    """Import files as a whole, or not at all; return what was done by file."""
    reports: list[tuple[str, ImportReport]] = []
    by_source: dict[str, list[ImportReport]] = {}
    with _writing() as session:
        for file in files:
            name = Path(file).name
            own_source = source or (format_ if format_ in REGISTERS else name)
            data = _read_bytes(file)
            if format_ in TABLES and not allow_shrink:
                check_end(data, name)
            report = store_documents(
                session,
                _with_progress(READERS[format_](data, name=name, today=today), name),
                source=SourceDocument(own_source[:ID_LENGTH], sample=False, read_on=today),
                today=today,
            )
            reports.append((name, report))
            by_source.setdefault(own_source[:ID_LENGTH], []).append(report)
        if full:
            withdraw_others(session, by_source, today=today, allow_shrink=allow_shrink)
    return reports


@command.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(sorted(WRITERS)))
def export(format_: str) -> None:
    """Write the whole catalogue to standard output, as FORMAT (csv or schemaorg)."""
    _prepare()
    with _reading() as session:
        WRITERS[format_](session, sys.stdout)


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


@command.command()
@click.option(
    "--json",
    "json_file",
    type=click.File("w", encoding="utf-8", lazy=True),
    help="Write every finding to a file as JSON; - is standard output, without the report.",
)
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default=WARNING,
    show_default=True,
    help="Tell providers what is at least this bad; counts and JSON have all.",
)
def lint(json_file: TextIO | None, level: str) -> None:
    """Find what is to be mended, by provider; status 1 when something is wrong.

    Errors are wrong or keep an option from everybody, warnings are gaps that people will notice,
    notes are worth a look.
    """
    _prepare()
    with (
        _reading() as session,
        lint_catalogue(session, today=load_settings().today(), progress=_tell_checked) as found,
    ):
        if json_file is not None:
            write_json(found, json_file)
        if json_file is None or json_file.name != "-":
            for line in lines(found, least=level):
                click.echo(line)
        sys.exit(WRONG_STATUS if found.has_errors else 0)


def _tell_checked(number: int) -> None:
    if number % DOCUMENTS_BETWEEN_SIGNS == 0 and sys.stderr.isatty():
        click.echo(f"\r{number} study options checked\r", err=True, nl=False)


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
        with Path(file).open("rb") as opened:
            data = opened.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror or error}.") from error
    if len(data) > LARGEST_FILE_BYTES:
        size = f"{LARGEST_FILE_BYTES // 1_000_000} MB"
        raise UserError(f"{file} is larger than {size}; split it and import the parts.")
    return data


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
    if report.withdrawn is not None:
        parts.append(f"{report.withdrawn} withdrawn")
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
