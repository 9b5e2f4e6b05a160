"""What each of the bot's processes settles before it imports anything large."""

from __future__ import annotations

import os
import sys

from bot.logs import configure_logging

ENVIRONMENT = {
    # Its helping threads go on spinning for a while after each product of matrices, which took
    # more processor time than all the rest of a turn.
    "OPENBLAS_NUM_THREADS": "1",
    # Two threads encode a sentence in two thirds of the time (catalog/e5/model.py reads it).
    "OMP_NUM_THREADS": "2",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TQDM_DISABLE": "1",
}
# TensorFlow, which Rasa imports, takes it along for converting models of it, and does without:
# 70 MB less, and half a second less of each start.
UNUSED = "jax"


def prepare_process() -> None:
    """Set the environment where it is not set, the logs, and what is never imported."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # An import of it then fails as if it were not installed.
    sys.modules.setdefault(UNUSED, None)  # type: ignore[arg-type]
    configure_logging()
