from __future__ import annotations

import pytest

from catalog.fields import broad, closeness, is_field, load_fields, name


def test_the_whole_classification_is_there():
    assert len(load_fields().fields) == 44


@pytest.mark.parametrize("code", ["09", "092", "0923", "0388"])
def test_codes_of_the_classification_and_those_under_them_are_fields(code):
    assert is_field(code)


@pytest.mark.parametrize("code", ["", "9", "0", "11", "11234", "0923x", "٠٩", "hoito"])
def test_anything_else_is_no_field(code):
    assert not is_field(code)


def test_a_longer_code_has_the_name_of_the_nearest_field():
    assert name("0923", "fi") == name("092", "fi") == "Hyvinvointi"
    assert name("09", "sv") == "Hälsovård och välfärd"


def test_broad_field_is_the_first_two_digits():
    assert broad("0923") == "09"


def test_an_unknown_code_has_no_name():
    with pytest.raises(KeyError):
        name("77", "fi")


@pytest.mark.parametrize(
    ("wished", "field", "close"),
    [
        ("0923", "0923", 3),
        ("09", "0923", 3),
        ("092", "0923", 3),
        ("0923", "092", 2),
        ("0923", "0922", 2),
        ("0923", "0913", 1),
        ("0923", "0413", 0),
        (None, "0923", 0),
        ("0923", None, 0),
    ],
)
def test_closeness_of_fields(wished, field, close):
    assert closeness(wished, field) == close
