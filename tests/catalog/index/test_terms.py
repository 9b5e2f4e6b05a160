from __future__ import annotations

import pytest

from catalog.index.terms import split_words, stems, terms_of_text


@pytest.mark.parametrize("form", ["kurssi", "kurssit", "KURSSILLE", "(kurssi),"])
def test_inflected_words_have_one_term(form):
    assert terms_of_text(form, "fi") == {"kurs"}


def test_a_word_is_split_at_signs_and_folded():
    assert split_words("IT-alan_Straße ﬁlmi") == ["it", "alan", "strasse", "filmi"]


def test_a_text_of_unknown_language_is_read_as_all():
    assert terms_of_text("kurser", None) == set(stems("kurser")) == {"kurs", "kurser"}


def test_addresses_and_noise_are_left_out():
    assert terms_of_text("x" * 61, "fi") == set()
