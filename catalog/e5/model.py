"""The encoder: texts in, one vector of unit length for each out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from catalog.e5.pieces import Pieces
from catalog.e5.weights import Floats, Weights, expand

# What the model was taught to tell apart.
QUESTION, PASSAGE = "query: ", "passage: "
# What sets the threads of all that computes; ONNX Runtime does not look there by itself.
THREADS = "OMP_NUM_THREADS"
ERRORS_ONLY = 3


class E5:
    """Encodes texts; several threads may ask at once.

    Of a long text it reads the beginning, 510 pieces or about 1,500 letters.
    """

    dimensions = 384

    def __init__(self) -> None:
        """Load the model, which takes half a second. ImportError without the extra `bot`."""
        # Everything that only names this class does without them.
        import onnxruntime

        from catalog.e5.graph import build_graph

        self._weights = Weights()
        self._pieces = Pieces(self._weights.vocabulary)
        self._session = onnxruntime.InferenceSession(
            build_graph(self._weights).SerializeToString(),
            _options(onnxruntime.SessionOptions()),
            providers=["CPUExecutionProvider"],
        )

    def query(self, texts: Sequence[str]) -> Floats:
        """Return a row for each of the texts that ask."""
        return self._encode(QUESTION, texts)

    def passage(self, texts: Sequence[str]) -> Floats:
        """Return a row for each of the texts that are to be found."""
        return self._encode(PASSAGE, texts)

    def tokens(self, text: str) -> list[int]:
        """Return the pieces that a text is read as, with the marks of beginning and end."""
        vocabulary = self._weights.vocabulary
        pieces = self._pieces.split(text, most=self._weights.sizes.positions - 2)
        return [vocabulary.begin, *pieces, vocabulary.end]

    def _encode(self, kind: str, texts: Sequence[str]) -> Floats:
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for number, text in enumerate(texts):
            embedded = self._embed(self.tokens(kind + text))
            mean = self._session.run(None, {"tokens": embedded[None]})[0][0]
            rows[number] = mean / np.linalg.norm(mean)
        return rows

    def _embed(self, tokens: list[int]) -> Floats:
        sizes, floats = self._weights.sizes, self._weights.floats
        positions = floats("emb.pos").reshape(-1, sizes.hidden)[: len(tokens)]
        state = expand(self._weights.words[tokens]) + positions + floats("emb.type")[: sizes.hidden]
        state -= state.mean(axis=-1, keepdims=True)
        state /= np.sqrt(np.square(state).mean(axis=-1, keepdims=True) + sizes.epsilon)
        normalised: Floats = state * floats("emb.ln.w") + floats("emb.ln.b")
        return normalised


@lru_cache(maxsize=1)
def load_e5() -> E5:
    """Return this process's model. ImportError without the extra `bot`."""
    return E5()


def _options(options: Any) -> Any:
    options.intra_op_num_threads = _threads()
    options.inter_op_num_threads = 1
    # Threads sleep while they wait: beside other busy processes spinning costs the most.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Texts differ in length, and what was kept for each length would add up.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = ERRORS_ONLY
    return options


def _threads() -> int:
    """Return how many the environment wants, and one for each core where it does not say."""
    # It may name one number for each level: "2,1".
    first = os.environ.get(THREADS, "").partition(",")[0].strip()
    if first.isdecimal() and int(first):
        return int(first)
    # ONNX Runtime would count cores that this process may not use, too.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
