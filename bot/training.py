"""Train the bot: `python -m bot.training PATH` prints a line for each step on standard output."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import re
import sys
from pathlib import Path

from bot.process import prepare_process
from opastin.settings import ROOT

STEP = re.compile(r"Starting to train component '(?:\w+\.)*(\w+)'|Restored component '(\w+)'")


def main() -> None:
    """Train into the path given."""
    # Components that have not changed come from here, so new wording alone trains in seconds.
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(ROOT / ".rasa" / "cache"))
    prepare_process()
    # Looking for garbage again and again takes a tenth of the time, and there is hardly any.
    gc.disable()
    train(Path(sys.argv[1]))


def train(path: Path) -> None:
    """Train the project's data into `path`."""
    _announce("loading Rasa")
    from rasa.model_training import train as train_with_rasa

    from bot.training_shortcuts import take_training_shortcuts

    take_training_shortcuts()
    steps = logging.getLogger("rasa.engine.training")
    steps.setLevel(logging.INFO)
    steps.addHandler(_Steps())
    steps.propagate = False
    _announce("reading the data")
    # Standard output is for the steps alone.
    with contextlib.redirect_stdout(sys.stderr):
        train_with_rasa(
            str(ROOT / "domain.yml"),
            str(ROOT / "config.yml"),
            [str(ROOT / "bot" / "data")],
            output=str(path.parent),
            fixed_model_name=path.name.removesuffix(".tar.gz"),
        )


class _Steps(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        match = STEP.search(record.getMessage())
        if match is not None:
            _announce(match[1] or f"{match[2]} (unchanged)")


def _announce(step: str) -> None:
    print(step, file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    main()
