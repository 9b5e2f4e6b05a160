from __future__ import annotations

import pytest

from catalog.importers.inputs import name_of
from catalog.models import ID_LENGTH


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://opisto.example/kurssit/", "opisto.example/kurssit"),
        ("https://opisto.example:8443/a%20b", "opisto.example:8443/a b"),
        ("https://opisto.example/haku?koulu=1#alku", "opisto.example/haku?koulu=1"),
    ],
)
def test_an_address_is_named_by_all_that_tells_it_from_others(address, name):
    assert name_of(address) == name


def test_long_addresses_have_names_of_their_own():
    names = {name_of(f"https://opisto.example/haku?{'a' * 300}={number}") for number in range(3)}
    assert len(names) == 3
    assert max(map(len, names)) <= ID_LENGTH
