"""`opastin evaluate suggestions`: how suggestions spread, and with --judged how good they are."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from opastin.errors import UserError
from opastin.evaluate_judged import measure_judged
from opastin.home import ensure_home
from opastin.settings import load_settings
from opastin.simulated_people import People
from opastin.suggestion_report import as_json, as_table
from opastin.suggestion_trials import Trial, plan_trials, run_trial

PICTURES = (".png", ".svg")


@click.command("suggestions")
@click.option(
    "--profiles",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="How many people to simulate.",
)
@click.option(
    "--seed", type=int, default=7, show_default=True, help="The same seed draws the same people."
)
@click.option(
    "--json", "report", type=click.Path(path_type=Path), help="Write all figures to this file."
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    help="Draw what each type and provider gets: .png or .svg.",
)
@click.option(
    "--judged",
    is_flag=True,
    help="Instead of simulating people, compare with what was judged to suit people.",
)
def command(
    profiles: int, seed: int, report: Path | None, picture: Path | None, judged: bool
) -> None:
    """Measure how evenly suggestions fall on what is eligible, or how good they are."""
    from catalog.db import session_factory

    _check_targets(report, picture)
    if judged:
        if picture is not None:
            raise UserError("--judged draws no --picture.")
        measure_judged(report)
        return
    settings = load_settings()
    today = settings.today()
    ensure_home(settings)
    people = People(seed=seed, today=today)
    with session_factory(settings.catalog_url)() as session:
        trials, planned = plan_trials(session, people, profiles, today=today)
        with _progress(planned) as shown:
            for trial in shown:
                run_trial(session, trial, today=today)
    click.echo(as_table(trials))
    if report is not None:
        content = {"date": today.isoformat(), "seed": seed, **as_json(trials)}
        report.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    if picture is not None:
        from opastin.suggestion_picture import draw_spread

        draw_spread(trials, picture)


def _check_targets(report: Path | None, picture: Path | None) -> None:
    # Before minutes of work, not after.
    if picture is not None and picture.suffix not in PICTURES:
        raise UserError(f"--picture {picture} ends neither in .png nor in .svg.")
    for target in (report, picture):
        if target is not None and not target.absolute().parent.is_dir():
            raise UserError(f"There is no folder {target.parent} to write {target.name} to.")


@contextmanager
def _progress(planned: Sequence[Trial]) -> Iterator[Iterator[Trial]]:
    if not sys.stderr.isatty():
        yield iter(planned)
        return
    with click.progressbar(planned, label="Suggesting", file=sys.stderr) as shown:
        yield iter(shown)
