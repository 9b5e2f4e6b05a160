"""The training of both sides in `bench.turns`, one after the other in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.turns_stock_model import train_stock
from opastin.settings import ROOT


def train_both(folder: Path, epochs: int) -> dict[str, Any]:
    """Return the seconds that both take; stock's are reckoned up to all of its epochs."""
    seconds = _train_ours(folder)
    trained = train_stock(folder / "stock.tar.gz", epochs)
    return {
        "ours_seconds": round(seconds, 1),
        "stock": trained,
        "ratio": round(seconds / trained["training_full_seconds"], 4),
        # Nothing reckoned: stock with the few epochs that it was given.
        "ratio_to_measured": round(seconds / trained["training_seconds"], 3),
    }


def _train_ours(folder: Path) -> float:
    """Train as set-up does, with the vectors that come with the data, and with nothing cached."""
    places = {
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "OPASTIN_HOME": str(folder / "training-home"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    began = time.perf_counter()
    with (folder / "training.log").open("wb") as log:
        subprocess.run(
            [sys.executable, "-m", "bot.training", str(folder / "ours.tar.gz")],
            cwd=ROOT,
            env=os.environ | places,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=True,
        )
    return time.perf_counter() - began
