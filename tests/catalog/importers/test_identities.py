from __future__ import annotations

import pytest

from catalog.importers.documents import is_safe_id
from catalog.importers.identities import id_of


def test_a_safe_id_stays():
    assert id_of("11111111-1111-4111-8111-111111111111") == "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    "identity",
    [
        "https://opisto.example/kurssit/12#course",
        "http://ä/ö",
        "http://" + "x" * 5000,
        "://",
        "\ud800",
    ],
)
def test_an_address_becomes_a_safe_id_that_is_the_same_each_time(identity):
    assert is_safe_id(id_of(identity))
    assert id_of(identity) == id_of(identity)


def test_ids_can_be_read_and_are_told_apart():
    first, second = id_of("https://a.example/hoiva#1"), id_of("https://a.example/hoiva?1")
    assert first.startswith("a-example-hoiva-1-")
    assert first != second
