from __future__ import annotations

import numpy as np

from catalog.index.text import LONGEST_QUESTION, LONGEST_WORD, Posting, match_text, telling_words


def test_an_endless_question_is_a_few_short_look_ups():
    asked = []

    def find(word, is_beginning):
        asked.append(word)
        return Posting(np.array([], dtype=np.int32), np.array([], dtype=np.float32))

    match_text("x" * 120_000, find, 10)
    many = " ".join(f"sana{number}" for number in range(10_000))
    assert len(telling_words(many)) == LONGEST_QUESTION
    assert max(map(len, asked)) <= LONGEST_WORD
    assert len(asked) < LONGEST_WORD
