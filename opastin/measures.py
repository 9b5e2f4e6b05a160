"""The command `opastin measures`: figures of guidance in which nobody can be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

from opastin.settings import TIME_ZONE, Settings, load_settings
from opastin.tables import aligned

if TYPE_CHECKING:
    from coaching.measure_report import Report
    from coaching.measures import Figures
    from web.desk.measure_names import Names

DEFAULT_WEEKS, MOST_WEEKS = 13, 52
LANGUAGE = "en"
HIDDEN = "-"
HEADS = ("", "conversations", "successful", "to a coach", "wait", "rating")


@click.command()
@click.option(
    "--weeks",
    type=click.IntRange(1, MOST_WEEKS),
    default=DEFAULT_WEEKS,
    show_default=True,
    help="How many weeks to measure, this one with them.",
)
@click.option(
    "--csv",
    "csv_file",
    type=click.File("w", encoding="utf-8", lazy=True),
    help="Write every figure to a file as CSV; - is standard output, without the table.",
)
def command(weeks: int, csv_file: TextIO | None) -> None:
    """Show conversations, success, handovers, waits and ratings by week.

    Numbers are to the nearest five; groups of one to four are hidden ("-"), and so are numbers from
    which a hidden one could be worked out.
    """
    from opastin.safe_csv import write_csv
    from web.desk.measures_table import rows

    report, names = _read(load_settings(), weeks)
    if csv_file is not None:
        csv_file.write(write_csv(rows(report, names)))
    if csv_file is None or csv_file.name != "-":
        for line in _lines(report, names):
            click.echo(line)


def _read(settings: Settings, weeks: int) -> tuple[Report, Names]:
    from coaching.db import open_engine, session_factory, upgrade_engine
    from coaching.measure_report import make_report
    from coaching.measure_scope import last_weeks
    from web.desk.measure_names import Names
    from web.desk.measure_wishes import read_teams
    from web.desk.page import words

    today = settings.today()
    engine = open_engine(settings.conversations_url)
    try:
        upgrade_engine(engine)
        with session_factory(engine.execution_options(reads_only=True))() as session:
            report = make_report(session, last_weeks(weeks, today, TIME_ZONE), today=today)
            return report, Names(words(LANGUAGE), read_teams(session))
    finally:
        engine.dispose()


def _lines(report: Report, names: Names) -> Iterator[str]:
    weeks = report.scope.names
    if report.is_empty:
        yield f"There are too few conversations to measure, {weeks[0]} to {weeks[-1]}."
        return
    yield f"Conversations begun in {weeks[0]} to {weeks[-1]}"
    groups = {"all": report.weeks.total, **report.weeks.groups}
    yield from aligned([HEADS, *((name, *_cells(found, names)) for name, found in groups.items())])


def _cells(figures: Figures, names: Names) -> Iterator[str]:
    told = (
        names.number(figures.conversations),
        names.percent(figures.success),
        names.percent(figures.handed_over),
        names.minutes(figures.wait),
        names.number(figures.rating),
    )
    return (HIDDEN if value is None else value for value in told)
