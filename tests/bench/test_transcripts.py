"""The generated conversations, and the way they are measured."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from bench.generated_transcripts import generate
from bench.stored_transcripts import store
from bench.transcripts import LEAD, Asked, as_table
from coaching import figures
from coaching.db import open_engine, session_factory, upgrade_engine
from coaching.desk_models import ConversationFigures, ConversationWords
from coaching.transcripts import Filters, Turn, find


def test_a_seed_gives_the_same_conversations() -> None:
    first, again, other = (list(islice(generate(50, seed=seed), 5)) for seed in (1, 1, 2))

    assert first == again != other
    assert all(talk.spoken for talk in first)
    assert [talk.began for talk in first] == sorted(talk.began for talk in first)


def test_what_is_stored_is_what_the_service_would_keep(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/conversations.db")
    upgrade_engine(engine)
    talks = list(generate(30))
    store(engine, talks)
    with session_factory(engine)() as session:
        assert find(session, Filters(), Turn(), coach=LEAD).count == 30
        assert figures.backfill(session) == 0
        asked = Asked(talks, seed=1)
        assert any(find(session, asked.words(), Turn(), coach=LEAD).count for _ in range(5))
        stored = session.get(ConversationWords, 1).terms
        session.delete(session.get(ConversationFigures, 1))
        session.flush()
        assert figures.backfill(session) == 1
        assert {word.terms for word in session.query(ConversationWords)} >= {stored}
    engine.dispose()


def test_the_table_says_what_is_too_slow() -> None:
    table = as_table("sqlite", {"words_p50_ms": 900.0, "words_p95_ms": 201.0, "own_p95_ms": 200.0})

    assert table.count("at most 200: NO") == 1 and table.count("at most 200: yes") == 1
