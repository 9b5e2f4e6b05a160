"""What the databases hold after a fault, read beside the service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import Connection

from coaching.models import Message, Reply


def check_answered_once(database: str, ids: Sequence[str]) -> None:
    """Assert that each message has one answer, or an apology that says so."""
    answers = (
        select(Reply.conversation_id, Reply.answers)
        .where(Reply.conversation_id.in_(ids), Reply.answers.is_not(None))
        .where(Reply.is_failure.is_(False))
        .group_by(Reply.conversation_id, Reply.answers)
    )
    failures = select(Reply.conversation_id, Reply.answers, func.count()).where(
        Reply.conversation_id.in_(ids), Reply.is_failure
    )
    messages = select(Message.conversation_id, Message.number, Message.answered_at)
    with reading(database) as connection:
        # What is stored together has one moment.
        moments = func.count(Reply.sent_at.distinct())
        assert connection.execute(answers.having(moments > 1)).all() == []
        answered = {tuple(row) for row in connection.execute(answers)}
        apologies = {
            (row[0], row[1]): row[2]
            for row in connection.execute(failures.group_by(Reply.conversation_id, Reply.answers))
        }
        for conversation, number, answered_at in connection.execute(
            messages.where(Message.conversation_id.in_(ids))
        ):
            key = (conversation, number)
            assert (answered_at is not None) == (key in answered)
            assert key in answered or key in apologies
    assert set(apologies.values()) <= {1}


@contextmanager
def reading(database: str) -> Iterator[Connection]:
    """Open a connection of our own, and close it with everything behind it."""
    engine = create_engine(database, future=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
