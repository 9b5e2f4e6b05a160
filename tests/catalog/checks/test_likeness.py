from __future__ import annotations

from types import SimpleNamespace

import pytest

from catalog.checks.likeness import likenesses
from catalog.checks.records import Record


def record(title=None, url=None, provider="Keksitty opisto"):
    texts = {"fi": SimpleNamespace(title=title)}
    return Record(SimpleNamespace(), texts, (SimpleNamespace(url=url),), "opisto", provider)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoivan perusteet", "HOIVAN  PERUSTEET"),
        ("Hoivan perusteet, 5 op", "Hoivan perusteet (5 op)"),
        ("Hoivan perusteet", "Hoivan perusteet 7,5 op"),
    ],
)
def test_titles_are_alike_however_they_are_written(one, other):
    assert list(likenesses(record(title=one))) == list(likenesses(record(title=other)))


def test_the_title_alone_is_not_enough():
    assert list(likenesses(record(title="Kurssi", provider=None))) == []
    one, other = record(title="Kurssi"), record(title="Kurssi", provider="Toinen opisto")
    assert list(likenesses(one)) != list(likenesses(other))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.Opisto.example/hoiva/", "opisto.example/hoiva?"),
        ("http://opisto.example/hoiva#hinta", "opisto.example/hoiva?"),
        ("https://opisto.example/?id=3", "opisto.example?id=3"),
    ],
)
def test_addresses_are_alike_however_they_are_written(url, address):
    assert list(likenesses(record(url=url))) == [("url", address)]


@pytest.mark.parametrize("url", ["https://opisto.example/", "https://opisto.example", "http://[x"])
def test_a_front_page_tells_nothing(url):
    assert list(likenesses(record(url=url))) == []
