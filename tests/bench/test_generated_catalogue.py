"""Generated catalogues: the same for the same seed, as varied as real ones, and importable."""

from __future__ import annotations

import io
from collections import Counter
from itertools import islice

import pytest

from bench.generated_catalogue import DAY, generate
from bench.generated_files import WRITERS
from catalog.importers import csv, opintopolku, schemaorg
from catalog.importers.documents import OptionDocument

READERS = {"csv": csv, "opintopolku": opintopolku, "schemaorg": schemaorg}


def test_a_longer_catalogue_of_the_same_seed_begins_with_the_shorter():
    assert list(islice(generate(300), 100)) == list(generate(100))
    assert list(generate(10, seed=2)) != list(generate(10))


def test_options_are_spread_as_real_ones_are():
    options = list(generate(1000))
    offerings = [offering for option in options for offering in option.offerings]
    places = Counter(offering.place for offering in offerings if offering.place)
    assert {option.type for option in options} >= {"course", "micro_credential", "path_studies"}
    assert places.most_common(1)[0][0] == "091"
    assert len(places) > 100
    assert 1.3 < len(offerings) / len(options) < 2.2
    assert 0.15 < sum(offering.price_eur is None for offering in offerings) / len(offerings) < 0.35
    assert any(offering.apply_by and offering.apply_by < DAY for offering in offerings)
    words = Counter(
        word for option in options for text in option.descriptions.values() for word in text.split()
    )
    # Few words are most of the text, and most words are hardly ever said.
    assert sum(count for _, count in words.most_common(100)) > 0.15 * words.total()
    assert sum(count == 1 for count in words.values()) > 0.2 * len(words)


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_each_format_is_read_back_whole(name):
    file = io.StringIO()
    WRITERS[name](generate(50), file)
    data = file.getvalue().encode()
    read = list(READERS[name].read_options(data, name=name, today=DAY))
    assert [type(document) for document in read] == [OptionDocument] * 50
    assert [document.titles for document in read] == [option.titles for option in generate(50)]


def test_our_own_table_keeps_all():
    file = io.StringIO()
    WRITERS["csv"](generate(50), file)
    read = csv.read_options(file.getvalue().encode(), name="csv", today=DAY)
    assert list(read) == list(generate(50))
