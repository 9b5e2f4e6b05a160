"""`opastin catalog`: import, export, search and count study options."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, islice
from typing import BinaryIO, TextIO

import click

from catalog.checks.finding import LEVELS, WARNING
from catalog.cli_sessions import prepare, reading, writing
from catalog.db import upgrade
from catalog.export import export_csv
from catalog.export_schemaorg import export_schemaorg
from catalog.importers import csv, elm, kouta, ooapi, opintopolku, osaamismerkit, outlook, schemaorg
from catalog.importers.documents import Read, SourceDocument
from catalog.importers.inputs import Input, Limits, gathered
from catalog.importers.opintopolku_whole import read_wholes
from catalog.importers.store import ImportReport, store_documents
from catalog.importers.table import check_end
from catalog.importers.text_limits import LONGEST_TEXT
from catalog.importers.unpacking import too_large
from catalog.importers.withdrawal import withdraw_others
from catalog.lint import lines, write_json
from catalog.lint import lint as lint_catalogue
from catalog.models import ID_LENGTH
from catalog.search_cli import make_missing_vectors, reindex, search, vectors
from catalog.stats import count_catalogue
from opastin.errors import UserError
from opastin.settings import load_settings

REFUSED_STATUS = 1
WRONG_STATUS = 1
UNREADABLE_STATUS = 2
DOCUMENTS_BETWEEN_SIGNS = 100
# Of formats that are held in memory as a whole while they are read.
LARGEST_WHOLE_BYTES = 500_000_000

# National registers are one source each, whatever their files are called.
REGISTERS = ("kouta", "opintopolku", "osaamismerkit")
TABLES = ("csv", "outlook")
# Read document by document out of the file.
STREAMED = ("kouta", "opintopolku", "osaamismerkit")

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


command.add_command(search)
command.add_command(vectors)
command.add_command(reindex)


@command.command("import")
@click.argument("format_", metavar="FORMAT", type=click.Choice(sorted(READERS)))
@click.argument("files", metavar="FILE|ADDRESS...", nargs=-1, required=True)
@click.option("--source", help="Name of the source [the file's name, or that of the register].")
@click.option("--full", is_flag=True, help="The files are all there is: withdraw what they lack.")
@click.option(
    "--allow-shrink",
    is_flag=True,
    help="Import what may have been cut off: much of a source is gone, or a last row has no end.",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="An address may be of an own network or this machine; redirects may not lead there.",
)
@click.option(
    "--without-vectors",
    is_flag=True,
    help="Leave the sentence vectors of new texts to `opastin catalog vectors`.",
)
def import_files(
    format_: str,
    files: tuple[str, ...],
    source: str | None,
    full: bool,
    allow_shrink: bool,
    allow_private: bool,
    without_vectors: bool,
) -> None:
    """Add the study options of files or addresses and update those known already.

    FORMAT is one of those that docs/reference/catalog-import.md tells of. Documents that cannot
    be read are listed with the field to mend; the others are imported all the same. With --full
    the files are kept together or not at all.
    """
    settings = load_settings()
    today = settings.today()
    upgrade(settings.catalog_url)
    limits = Limits(settings.import_max_mb * 1_000_000, settings.import_seconds, allow_private)
    status, has_stored = 0, False
    for batch in [files] if full else [(file,) for file in files]:
        try:
            # What lies at an address is fetched before the catalogue is touched.
            with gathered(
                batch, format_=format_, today=today, limits=limits, tell=_tell_on_terminal
            ) as inputs:
                reports = _import(
                    format_, inputs, source, today=today, full=full, allow_shrink=allow_shrink
                )
        except UserError as error:
            click.echo(f"opastin: {error}", err=True)
            status = UNREADABLE_STATUS
        else:
            has_stored = True
            for name, report in reports:
                _tell(report, name)
                status = status or (REFUSED_STATUS if report.refused else 0)
    if not without_vectors and has_stored:
        make_missing_vectors()
    sys.exit(status)


def _import(
    format_: str,
    inputs: list[Input],
    source: str | None,
    *,
    today: date,
    full: bool,
    allow_shrink: bool,
) -> list[tuple[str, ImportReport]]:
    """Import files as a whole, or not at all; return what was done by file."""
    reports: list[tuple[str, ImportReport]] = []
    by_source: dict[str, list[ImportReport]] = {}
    with writing() as session:
        for input_ in inputs:
            name = input_.name
            own_source = source or (format_ if format_ in REGISTERS else name)
            with input_.opened() as file:
                documents = _documents(format_, input_, file, today=today, whole=not allow_shrink)
                report = store_documents(
                    session,
                    _with_progress(_begun(documents), name),
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
    prepare()
    with reading() as session:
        WRITERS[format_](session, sys.stdout)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(as_json: bool) -> None:
    """Count what is in the catalogue."""
    prepare()
    with reading() as session:
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
    prepare()
    with (
        reading() as session,
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


def _documents(
    format_: str, input_: Input, file: BinaryIO, *, today: date, whole: bool
) -> Iterator[Read]:
    """Read an input; with `whole`, a table that may have been cut off is a user's mistake."""
    if input_.is_search:
        return read_wholes(file, today=today)
    read, name = READERS[format_], input_.name
    if format_ in STREAMED:
        return read(file, name=name, today=today)
    data = file.read(LARGEST_WHOLE_BYTES + 1)
    if len(data) > LARGEST_WHOLE_BYTES:
        raise too_large(name, LARGEST_WHOLE_BYTES)
    if format_ in TABLES and whole:
        check_end(data, name)
    return read(data, name=name, today=today)


def _begun(documents: Iterator[Read]) -> Iterator[Read]:
    """Read the first document, so that a file that is none is told before anything is locked."""
    first = list(islice(documents, 1))
    return chain(first, documents)


def _tell_on_terminal(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{text}   ", err=True, nl=False)


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
    if report.cut:
        parts.append(f"{report.cut} with a text cut at {LONGEST_TEXT:,} characters")
    if report.refused:
        parts.append(f"{len(report.refused)} refused")
    parts += [f"{count} skipped ({reason})" for reason, count in sorted(report.skipped.items())]
    click.echo(f"{name}: {', '.join(parts)}")
