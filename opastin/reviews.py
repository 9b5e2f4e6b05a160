"""The command `opastin reviews`: what coaches corrected, on its way into the training data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opastin.errors import UserError
from opastin.settings import ROOT, Settings, load_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coaching.desk_models import Review
    from coaching.models import Message
    from opastin.review_files import Sentence

ACTION = "reviews_exported"


@click.group()
def command() -> None:
    """Make training data and regression cases of coaches' corrections."""


@command.command("export")
@click.option(
    "--directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help="A working copy of the project; by default the one that runs.",
)
def export_command(directory: Path) -> None:
    """Write new wordings of coaches into bot/data/nlu and tests/nlu_reviewed, ready to commit.

    Nobody's own words leave: what was not reworded enough stays where it is.
    """
    from coaching.audit import OPERATOR, note
    from coaching.reviews import worded
    from coaching.rewording import NotReworded, UnfitWording
    from opastin.review_files import Files

    settings = load_settings()
    files = Files(directory)
    counts: Counter[str] = Counter()
    with _session(settings) as session:
        for review, message in worded(session):
            try:
                sentence = _sentence(review, message)
            except (NotReworded, UnfitWording):
                counts["too_near"] += 1
                continue
            except ValueError:
                counts["unknown"] += 1
                continue
            counts["new" if files.add(sentence) else "known"] += 1
            review.exported_at = settings.now()
        if counts["new"] or counts["known"]:
            note(session, OPERATOR, ACTION, None, settings.now())
        # Before the database says that they are written.
        try:
            files.write()
        except OSError as error:
            raise UserError(f"The files cannot be written: {error}.") from error
    _report(files.changed, counts, directory)


def _sentence(review: Review, message: Message) -> Sentence:
    """Return what is exported of a review; raise ValueError where its meaning is none of ours."""
    from coaching import rewording
    from coaching.reviews import without_own_words
    from guidance.profile import ProfileError
    from opastin.nlu_cases import QUESTIONS, read_case
    from opastin.review_files import Sentence

    sentence = Sentence(
        # Once more: what counts as reworded may have become stricter since.
        text=rewording.check(review.paraphrase or "", [message.text]),
        language=review.language,
        intent=review.intent or "",
        slots=without_own_words(review.slots),
        asked=message.asked if message.asked in QUESTIONS else None,
    )
    try:
        read_case(sentence.as_case(), sentence.language)
    except ProfileError as error:
        raise ValueError from error
    return sentence


def _report(changed: dict[Path, int], counts: Counter[str], directory: Path) -> None:
    for path, number in sorted(changed.items()):
        click.echo(f"{path.relative_to(directory)}: {_sentences(number)} more")
    if not changed:
        click.echo("There is nothing new to export.")
    told: dict[str, Any] = {
        "known": "there already",
        "too_near": "left out: too near to a person's own words, reword and save again",
        "unknown": "left out: the intent or a fact is not known any more, review again",
    }
    for name, words in told.items():
        if counts[name]:
            click.echo(f"{_sentences(counts[name])} {words}.")
    if changed:
        click.echo(
            "See what it changes: make train, then opastin evaluate nlu --data tests/nlu_reviewed"
        )


def _sentences(number: int) -> str:
    return "1 sentence" if number == 1 else f"{number} sentences"


@contextmanager
def _session(settings: Settings) -> Iterator[Session]:
    from coaching.db import open_engine, session_factory, upgrade_engine

    engine = open_engine(settings.conversations_url)
    try:
        upgrade_engine(engine)
        with session_factory(engine).begin() as session:
            yield session
    finally:
        engine.dispose()
