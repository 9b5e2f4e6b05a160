"""`opastin evaluate nlu`: labelled messages against what is understood of them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from opastin import understand
from opastin.errors import UserError
from opastin.model import current_model
from opastin.nlu_cases import SAID_ON, Case, digest_of, read_cases
from opastin.nlu_report import as_json, as_table, misunderstood
from opastin.nlu_scores import Outcome, measure_groups
from opastin.settings import PREFIX, ROOT, load_settings
from opastin.texts import LANGUAGES
from opastin.understand import Interpreter

HELD_OUT = ROOT / "tests" / "nlu"
PICTURES = (".png", ".svg")


@click.command("nlu")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=HELD_OUT,
    help="Folder of labelled messages, one folder a language; by default those held out.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Only the folder of this language.")
@click.option(
    "--json", "report", type=click.Path(path_type=Path), help="Write all figures to this file."
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    help="Draw which intents are taken for which: .png or .svg.",
)
@click.option(
    "--errors",
    type=click.Path(path_type=Path),
    help="Write the misunderstood messages to this YAML file. It is meant for validation data: "
    "messages that are held out are not to be looked at.",
)
def command(
    data: Path,
    language: str | None,
    report: Path | None,
    picture: Path | None,
    errors: Path | None,
) -> None:
    """Measure how well single messages are understood."""
    _check_targets(report, picture, errors)
    cases = read_cases(data, language)
    about = {
        "date": load_settings().today().isoformat(),
        "said_on": SAID_ON.isoformat(),
        "data": _short(data),
        "language": language,
        "digest": digest_of(data, language),
    }
    with _day_of_the_messages():
        interpreter = understand.load_interpreter()
    about["model"] = current_model().name.removesuffix(".tar.gz")
    outcomes = _understand_all(interpreter, cases)
    figures = measure_groups(outcomes)
    click.echo(as_table(figures))
    if report is not None:
        content = {**about, "figures": {name: as_json(one) for name, one in figures.items()}}
        report.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    if errors is not None:
        errors.write_text(misunderstood(outcomes), encoding="utf-8")
    if picture is not None:
        from opastin.nlu_picture import draw_confusion

        draw_confusion(figures["all"], picture)


def _check_targets(report: Path | None, picture: Path | None, errors: Path | None) -> None:
    # Before minutes of work, not after.
    if picture is not None and picture.suffix not in PICTURES:
        raise UserError(f"--picture {picture} ends neither in .png nor in .svg.")
    for target in (report, picture, errors):
        if target is not None and not target.absolute().parent.is_dir():
            raise UserError(f"There is no folder {target.parent} to write {target.name} to.")


def _understand_all(interpreter: Interpreter, cases: Sequence[Case]) -> list[Outcome]:
    with _progress(cases) as shown:
        return [
            Outcome(case, interpreter.understand(case.text, {"asked": case.asked}))
            for case in shown
        ]


@contextmanager
def _progress(cases: Sequence[Case]) -> Iterator[Iterator[Case]]:
    if not sys.stderr.isatty():
        yield iter(cases)
        return
    with click.progressbar(cases, label="Understanding", file=sys.stderr) as shown:
        yield iter(shown)


@contextmanager
def _day_of_the_messages() -> Iterator[None]:
    """Let the model count dates from the day on which the messages are said."""
    # Rasa builds the components, so the day reaches them by the environment alone.
    name = f"{PREFIX}NOW"
    before = os.environ.get(name)
    os.environ[name] = f"{SAID_ON.isoformat()}T12:00:00"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _short(path: Path) -> str:
    full = path.absolute()
    return full.relative_to(ROOT).as_posix() if full.is_relative_to(ROOT) else full.name
