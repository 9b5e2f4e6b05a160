"""Words and their pieces as counts."""

from __future__ import annotations

import numpy as np

from bot.nlu.ngrams import PLACES, count_pieces, split_pieces


def test_words_pairs_and_pieces_are_split_off() -> None:
    pieces = set(split_pieces("Moi Vaasa"))

    assert {"w moi", "w vaasa", "p moi vaasa", " m", "vaas", "sa "} <= pieces


def test_counts_have_unit_length_and_rising_places() -> None:
    places, weights = count_pieces("lähihoitaja Kauhajoelta")

    assert np.isclose((weights**2).sum(), 1)
    assert (np.diff(places) > 0).all()
    assert places.max() < PLACES


def test_numbers_of_the_same_shape_count_alike() -> None:
    assert np.array_equal(count_pieces("10 tuntia")[0], count_pieces("25 tuntia")[0])


def test_dots_over_letters_do_not_count() -> None:
    assert np.array_equal(count_pieces("missä Hämeessä")[0], count_pieces("missa Hameessa")[0])


def test_a_message_without_words_has_no_pieces() -> None:
    places, weights = count_pieces("")

    assert len(places) == len(weights) == 0
