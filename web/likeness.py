"""Sentence vectors for the inbox of reviews: made when asked for, kept in memory only."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from catalog.index.encoder import Encoder, load_encoder
from web.failures import describe

KEPT = 4096

logger = logging.getLogger(__name__)


class Likeness:
    """Makes vectors in a thread of its own, one inbox at a time."""

    def __init__(self, load: Callable[[], Encoder | None] = load_encoder) -> None:
        """Load the encoder with the first texts."""
        self._load = load
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="likeness")
        # By a text's hash: the words themselves stay in the database.
        self._vectors: OrderedDict[bytes, Any] = OrderedDict()

    async def vectors(self, texts: Sequence[str]) -> Any | None:
        """Return a row for each text; None where no encoder can be used here."""
        if not texts:
            return None
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, self._encode, list(texts)
            )
        except Exception as error:
            # The inbox shows the messages all the same, one by one.
            logger.error("Messages could not be grouped: %s", describe(error))
            return None

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _encode(self, texts: list[str]) -> Any | None:
        encoder = self._load()
        if encoder is None:
            return None
        keys = [hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in texts]
        found = {key: self._vectors[key] for key in keys if key in self._vectors}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if missing:
            found.update(zip(missing, encoder.passages(list(missing.values())), strict=True))
        for key, vector in found.items():
            self._vectors[key] = vector
            self._vectors.move_to_end(key)
        while len(self._vectors) > KEPT:
            self._vectors.popitem(last=False)
        return np.stack([found[key] for key in keys])
