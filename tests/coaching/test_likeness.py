from __future__ import annotations

import numpy as np

from coaching.likeness import group


def test_the_same_words_are_alike_without_vectors():
    assert group(["Joo!", "ei", "joo"], ["fi", "fi", "fi"]) == [[0, 2], [1]]


def test_near_vectors_are_alike_and_keep_the_order_of_the_first():
    vectors = np.array([[1, 0], [0, 1], [0.99, 0.1], [0.02, 2]])
    assert group(["a", "b", "c", "d"], ["fi"] * 4, vectors) == [[0, 2], [1, 3]]


def test_languages_do_not_mix():
    assert group(["hej", "hej"], ["fi", "sv"], np.ones((2, 2))) == [[0], [1]]


def test_an_empty_vector_is_like_nothing():
    assert group(["a", "b"], ["fi", "fi"], np.array([[0.0, 0], [1, 0]])) == [[0], [1]]


def test_nothing_is_no_group():
    assert group([], [], np.zeros((0, 2))) == []
