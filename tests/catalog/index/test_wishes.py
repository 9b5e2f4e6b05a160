from __future__ import annotations

import numpy as np
import pytest

from catalog.index import wishes
from catalog.index.filters import Filters, near_places
from catalog.index.meaning import DIMENSIONS, pack_vector
from catalog.index.wishes import Wish, find_worthwhile, likeness_of
from catalog.models import OptionVector

SEINAJOKI, VAASA, HELSINKI = "743", "905", "091"


def towards(*numbers):
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[: len(numbers)] = numbers
    return vector


@pytest.fixture
def asked(monkeypatch, no_typical_question):
    """Stand in for the encoder: all that is asked for lies in the first direction."""
    monkeypatch.setattr(wishes, "_question", lambda words: towards(1))


def found(session, **wish):
    return [finding.option for finding in find_worthwhile(session, Wish(**wish))]


def test_a_small_catalogue_is_compared_whole(session, add_option):
    add_option("a", place=HELSINKI)
    add_option("b", price_eur=900.0)
    assert found(session, places=(VAASA,), limits=Filters(max_price=10)) == ["a", "b"]


def test_of_a_large_one_the_field_comes_first_and_then_what_is_near(
    monkeypatch, session, add_option
):
    add_option("another field", field="0413", place=VAASA)
    add_option("far", field="0923", place=HELSINKI)
    add_option("near", field="0923", place=SEINAJOKI)
    monkeypatch.setattr(wishes, "MOST_FITTING", 2)
    assert found(session, field="0923", places=(VAASA,)) == ["far", "near"]
    monkeypatch.setattr(wishes, "MOST_FITTING", 1)
    assert found(session, field="0923", places=(VAASA,)) == ["near"]
    assert found(session, known_fields=("0413",)) == ["another field"]


def test_what_is_ruled_out_takes_no_place_of_what_fits(monkeypatch, session, add_option):
    add_option("dear", field="0923", price_eur=900.0)
    add_option("dearer", field="0923", price_eur=1900.0)
    add_option("free", field="0413", price_eur=0.0)
    monkeypatch.setattr(wishes, "MOST_FITTING", 1)
    monkeypatch.setattr(wishes, "MOST_RULED_OUT", 1)
    assert found(session, field="0923", limits=Filters(max_price=100)) == ["dear", "free"]


@pytest.mark.usefixtures("asked")
def test_what_means_the_same_is_like_the_words(session, add_option):
    for option, direction in (
        ("like", towards(1, 0.1)),
        ("unlike", towards(-1)),
        ("so", towards(0, 1)),
    ):
        add_option(option, titles={"fi": option})
        row = {"option_id": option, "digest": b"", "vector": pack_vector(direction)}
        session.execute(OptionVector.__table__.insert(), row)
    wish = Wish(words="jotain ihan muuta")
    likeness = {item.option: item.likeness for item in find_worthwhile(session, wish)}
    assert likeness["like"] > likeness["so"] >= likeness["unlike"] == 0
    assert likeness_of(session, wish, "like") == pytest.approx(likeness["like"])
    assert likeness_of(session, wish, "unknown") == 0


@pytest.mark.usefixtures("asked")
def test_an_option_without_a_vector_is_found_by_its_words_among_others_that_have_one(
    session, add_option
):
    for option, title in (("new", "Hitsaus"), ("known", "Hitsaus"), ("other", "Ompelu")):
        add_option(option, titles={"fi": title})
    for option, direction in (("known", towards(0.5, 1)), ("other", towards(0, 0, 1))):
        row = {"option_id": option, "digest": b"", "vector": pack_vector(direction)}
        session.execute(OptionVector.__table__.insert(), row)
    findings = find_worthwhile(session, Wish(words="hitsausta"))
    likeness = {item.option: item.likeness for item in findings}
    assert likeness["new"] == 1
    assert likeness["other"] < likeness["known"]


def test_without_vectors_words_are_compared(session, add_option):
    add_option("sewing", titles={"fi": "Ompelu"})
    add_option("welding", titles={"fi": "Hitsaus"})
    findings = find_worthwhile(session, Wish(words="haluan oppia ompelemaan, ompelua"))
    assert {item.option: item.likeness for item in findings} == {"sewing": 1, "welding": 0}


def test_without_words_nothing_is_like_them(session, add_option):
    add_option("a")
    (finding,) = find_worthwhile(session, Wish(limits=Filters(near=near_places([VAASA], 10))))
    assert finding.likeness == 0
