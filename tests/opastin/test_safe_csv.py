from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opastin.safe_csv import write_csv


def read(text):
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "\x00=1", "|x"]
)
def test_no_cell_is_a_formula(cell):
    ((shown,),) = read(write_csv([[cell]]))
    assert shown.startswith("'")


def test_words_numbers_and_nothing_stay_as_they_are():
    assert read(write_csv([["Seinäjoki, keskusta", -5, 4.5, None]])) == [
        ["Seinäjoki, keskusta", "-5", "4.5", ""]
    ]


@given(st.sampled_from(["", " ", "=", " =", "+", "-", "@", "\t", "\r"]), st.text(max_size=20))
def test_nothing_that_anybody_types_begins_as_a_formula(start, text):
    ((shown,),) = read(write_csv([[start + text]])) or [[""]]
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
