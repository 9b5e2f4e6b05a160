"""The encoder: texts in, one vector of unit length for each out."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import onnxruntime

from catalog.e5.graph import IN, build_graph
from catalog.e5.pieces import Pieces
from catalog.e5.weights import Floats, Weights, expand

# What the model was taught to tell apart.
QUESTION, PASSAGE = "query: ", "passage: "
# What sets the threads of all that computes; ONNX Runtime does not look there by itself.
THREADS = "OMP_NUM_THREADS"
ERRORS_ONLY = 3


class E5:
    """Encodes texts; several threads may ask at once."""

    dimensions = 384

    def __init__(self) -> None:
        """Load the model, which takes half a second. ImportError where a library is missing."""
        self._weights = Weights()
        self._pieces = Pieces(self._weights.vocabulary)
        self._session = onnxruntime.InferenceSession(
            build_graph(self._weights).SerializeToString(),
            _options(),
            providers=["CPUExecutionProvider"],
        )

    def query(self, texts: Sequence[str]) -> Floats:
        """Return a row for each of the texts that ask."""
        return self._encode(QUESTION, texts)

    def passage(self, texts: Sequence[str]) -> Floats:
        """Return a row for each of the texts that are to be found."""
        return self._encode(PASSAGE, texts)

    def tokens(self, text: str) -> list[int]:
        """Return the pieces that a text is read as."""
        return self._pieces.split(text)

    def _encode(self, kind: str, texts: Sequence[str]) -> Floats:
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for number, text in enumerate(texts):
            row = self._mean(self.tokens(kind + text))
            rows[number] = row / np.linalg.norm(row)
        return rows

    def _mean(self, tokens: list[int]) -> Floats:
        """Return the mean over all tokens, however many more than the model reads at once."""
        most = self._weights.sizes.positions - 2
        windows = [tokens[start : start + most] for start in range(0, len(tokens), most)]
        means = [self._mean_of_window(window) for window in windows]
        mean: Floats = np.average(means, axis=0, weights=[len(window) for window in windows])
        return mean

    def _mean_of_window(self, tokens: list[int]) -> Floats:
        vocabulary = self._weights.vocabulary
        embedded = self._embed([vocabulary.begin, *tokens, vocabulary.end])
        mean: Floats = self._session.run(None, {IN: embedded[None]})[0][0]
        return mean

    def _embed(self, tokens: list[int]) -> Floats:
        sizes, floats = self._weights.sizes, self._weights.floats
        positions = floats("emb.pos").reshape(-1, sizes.hidden)[: len(tokens)]
        state = expand(self._weights.words[tokens]) + positions + floats("emb.type")[: sizes.hidden]
        state -= state.mean(axis=-1, keepdims=True)
        state /= np.sqrt(np.square(state).mean(axis=-1, keepdims=True) + sizes.epsilon)
        normalised: Floats = state * floats("emb.ln.w") + floats("emb.ln.b")
        return normalised


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
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
    """Return how many the environment wants, and 0, one for each core, where it does not say."""
    # It may name one number for each level: "2,1".
    first = os.environ.get(THREADS, "").partition(",")[0].strip()
    return int(first) if first.isdecimal() else 0
