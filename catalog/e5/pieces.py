"""Cut a text into the pieces that the model knows, as SentencePiece's unigram model does."""

from __future__ import annotations

import math
import re

from catalog.e5.weights import Vocabulary

# Stands for a space, and before the first word.
SPACE = "▁"
# How much less likely than the rarest piece a character that is in none is.
UNKNOWN_COST = 10.0
_SPACES = re.compile(" {2,}")


class Pieces:
    """Finds the likeliest pieces of a text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take what there is to choose from."""
        self._written_as = vocabulary.written_as
        self._scores = vocabulary.scores
        self._ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        self._longest = max(map(len, vocabulary.pieces))
        self._unknown = vocabulary.unknown
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_COST
        # It stands for what is in no piece, and is none itself.
        del self._ids[vocabulary.pieces[vocabulary.unknown]]

    def split(self, text: str, *, most: int) -> list[int]:
        """Return the ids of the first pieces, at most so many, that together are `text`."""
        # What is written as many characters must not make a short text a long one.
        text = self._normalise(text)[: most * self._longest]
        # For each length of a beginning: the score of its likeliest pieces, and the last of these.
        best = [0.0] + [-math.inf] * len(text)
        last = [(0, self._unknown)] * (len(text) + 1)
        for start in range(len(text)):
            score = best[start]
            if score + self._unknown_score > best[start + 1]:
                best[start + 1] = score + self._unknown_score
                last[start + 1] = (start, self._unknown)
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                piece = self._ids.get(text[start:end])
                if piece is not None and score + self._scores[piece] > best[end]:
                    best[end] = score + self._scores[piece]
                    last[end] = (start, piece)
        found = []
        end = len(text)
        while end:
            end, piece = last[end]
            found.append(piece)
        return found[::-1][:most]

    def _normalise(self, text: str) -> str:
        text = _SPACES.sub(" ", text.translate(self._written_as))
        return (text if text.startswith(" ") else f" {text}").replace(" ", SPACE)
