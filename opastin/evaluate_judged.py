"""`opastin evaluate suggestions --judged`: the product beside plain searches, on judged cases."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from opastin.errors import UserError
from opastin.judged_cases import JUDGED, JUDGED_ON, JudgedCase, read_judged
from opastin.judged_report import as_json, as_table
from opastin.judged_searches import read_offerings, searches
from opastin.judged_trials import Served, sample_catalogue, serve, unknown_options
from opastin.judged_vectors import Encoder, KeptEncoder
from opastin.settings import load_settings

VECTORS = "judged_vectors.npz"


def measure_judged(report: Path | None, *, folder: Path = JUDGED) -> None:
    """Print how good each search is, and write every figure to `report`."""
    cases = read_judged(folder)
    served = serve_all(cases, KeptEncoder(load_settings().home / VECTORS))
    click.echo(as_table(served))
    if report is not None:
        content = {"date": JUDGED_ON.isoformat(), **as_json(served)}
        report.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")


def serve_all(cases: Sequence[JudgedCase], encoder: Encoder) -> list[Served]:
    """Return what every search shows for every case, on the sample catalogue."""
    with sample_catalogue(JUDGED_ON) as session:
        unknown = unknown_options(cases, read_offerings(session, today=JUDGED_ON))
        if unknown:
            raise UserError(f"The sample catalogue lacks graded options: {', '.join(unknown)}.")
        compared = searches(session, encoder, today=JUDGED_ON)
        with _progress(cases) as shown:
            return [one for case in shown for one in serve(case, compared, today=JUDGED_ON)]


@contextmanager
def _progress(cases: Sequence[JudgedCase]) -> Iterator[Iterator[JudgedCase]]:
    if not sys.stderr.isatty():
        yield iter(cases)
        return
    with click.progressbar(cases, label="Suggesting", file=sys.stderr) as shown:
        yield iter(shown)
