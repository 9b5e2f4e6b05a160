"""The stock model of `bench.turns`: trained in a process of its own, and kept.

It is kept in `.cache` by a digest of what it was made of. Run as a module this is that process.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.turns_stock import EXAMPLES, RULES, write_project
from opastin.settings import ROOT

CACHE = ROOT / ".cache" / "bench-turns"
# What Rasa 3.6 trains where nobody says otherwise.
FULL_EPOCHS = 100


def stock_model(epochs: int, *, niceness: int = 0) -> Path:
    """Return the kept model, or train it first."""
    CACHE.mkdir(parents=True, exist_ok=True)
    model = CACHE / f"stock-{_digest(epochs)}.tar.gz"
    if not model.exists():
        print(f"Training the stock model with {epochs} epochs ...", file=sys.stderr, flush=True)
        train_stock(model, epochs, niceness=niceness)
    return model


def train_stock(model: Path, epochs: int, *, niceness: int = 0) -> dict[str, Any]:
    """Train a model in a process of its own; return what training took."""
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as name:
        folder = Path(name)
        write_project(folder, epochs)
        result = folder / "result.json"
        command = [sys.executable, "-m", "bench.turns_stock_model", folder, result]
        began = time.perf_counter()
        with (folder / "log.txt").open("wb") as log:
            done = subprocess.run(
                [*map(str, command)],
                cwd=ROOT,
                env=os.environ
                | {
                    "RASA_CACHE_DIRECTORY": str(folder / "cache"),
                    "RASA_TELEMETRY_ENABLED": "false",
                    # TensorFlow leaves files behind where temporary ones go.
                    "TMPDIR": name,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: os.nice(niceness),
            )
        seconds = time.perf_counter() - began
        if done.returncode != 0:
            tail = (folder / "log.txt").read_text(encoding="utf-8", errors="replace")[-2000:]
            sys.exit(f"The stock model could not be trained:\n{tail}")
        found = training_figures(json.loads(result.read_text(encoding="utf-8")), seconds, epochs)
        model.with_suffix(".json").write_text(json.dumps(found, indent=2), encoding="utf-8")
        (folder / "model.tar.gz").replace(model)
    return found


def training_figures(
    epochs_by_model: Sequence[dict[str, Any]], seconds: float, epochs: int
) -> dict[str, Any]:
    """Return the seconds of a training, and what all its epochs would have taken.

    The first epoch of a model also builds its graph, so the others stand for those left out;
    their batches grow up to the last one, as those of a whole training do.
    """
    missing = 0.0
    for trained in epochs_by_model:
        took = trained["seconds"][1:] or trained["seconds"]
        missing += (FULL_EPOCHS - epochs) * sum(took) / len(took)
    return {
        "epochs": epochs,
        "training_seconds": round(seconds, 1),
        "training_full_seconds": round(seconds + missing),
        "epochs_by_model": list(epochs_by_model),
    }


def _digest(epochs: int) -> str:
    digest = hashlib.sha256(f"{epochs} {version('rasa')} {version('tensorflow')}".encode())
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as folder:
        write_project(Path(folder), epochs)
        for path in _files((Path(folder), EXAMPLES, RULES)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.rglob("*.yml"))


def main() -> None:
    """Train the project in a folder; write the seconds of each epoch by model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("result", type=Path)
    arguments = parser.parse_args()
    from rasa.model_training import train

    trained = _note_epochs()
    train(
        str(arguments.folder / "domain.yml"),
        str(arguments.folder / "config.yml"),
        [str(EXAMPLES), str(RULES), str(arguments.folder / "stories.yml")],
        output=str(arguments.folder),
        fixed_model_name="model",
    )
    arguments.result.write_text(json.dumps(trained), encoding="utf-8")


def _note_epochs() -> list[dict[str, Any]]:
    """Let every model of Rasa's note the seconds of its epochs; return the growing notes."""
    import tensorflow as tf  # type: ignore[import-untyped]
    from rasa.utils.tensorflow.models import RasaModel

    trained: list[dict[str, Any]] = []

    class Notes(tf.keras.callbacks.Callback):  # type: ignore[misc]
        def __init__(self, name: str) -> None:
            super().__init__()
            self._seconds: list[float] = []
            trained.append({"model": name, "seconds": self._seconds})

        def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
            self._began = time.perf_counter()

        def on_epoch_end(self, epoch: int, logs: object = None) -> None:
            self._seconds.append(round(time.perf_counter() - self._began, 2))

    fit = RasaModel.fit

    def fit_and_note(model: Any, *arguments: Any, callbacks: Any = None, **named: Any) -> Any:
        notes = Notes(type(model).__name__)
        return fit(model, *arguments, callbacks=[*(callbacks or ()), notes], **named)

    RasaModel.fit = fit_and_note
    return trained


if __name__ == "__main__":
    main()
