"""`opastin evaluate readability`: how easily everything that people read can be read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from opastin.readability import as_json, as_table, by_kind
from opastin.written import read_written


@click.command("readability")
@click.option(
    "--json", "report", type=click.Path(path_type=Path), help="Write all figures to this file."
)
def command(report: Path | None) -> None:
    """Measure how easily the bot's texts read, for each language and easy language."""
    kinds = by_kind(read_written())
    click.echo(as_table(kinds))
    if report is not None:
        figures = {kind: as_json(one) for kind, one in kinds.items()}
        report.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
