"""Keep a sentence vector of every option, made anew only when its text has changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.sql.elements import BindParameter

from catalog.index.encoder import Encoder
from catalog.index.meaning import pack_vector
from catalog.index.revision import renew_revision
from catalog.models import LANGUAGES, OptionText, OptionVector, StudyOption

DESCRIPTION_CHARACTERS = 200
# Options looked at together, and kept together: what an interruption loses.
AT_ONCE = 500
# Larger batches fall out of the processor's cache.
BATCH = 32

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Passage:
    option_id: str
    text: str
    digest: bytes


def make_vectors(
    sessions: sessionmaker[Session], encoder: Encoder, progress: Progress = lambda done, all_: None
) -> int:
    """Make the vectors that are missing or of other texts; return how many that were.

    What has been made is kept as it goes, so that an interrupted run is gone on with.
    """
    made = 0
    with sessions() as session:
        ids = session.scalars(select(StudyOption.id).order_by(StudyOption.id)).all()
    try:
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            with sessions() as session:
                stale = list(_stale(session.connection(), some, encoder.name))
            if stale:
                _make(sessions, encoder, stale)
                made += len(stale)
            progress(start + len(some), len(ids))
    finally:
        if made:
            with sessions.begin() as session:
                renew_revision(session.connection())
    return made


def count_missing(connection: Connection) -> int:
    """Return how many options have no vector at all."""
    query = (
        select(func.count())
        .select_from(StudyOption)
        .outerjoin(OptionVector, OptionVector.option_id == StudyOption.id)
        .where(OptionVector.option_id.is_(None))
    )
    return int(connection.execute(query).scalar_one())


def _make(sessions: sessionmaker[Session], encoder: Encoder, passages: Sequence[_Passage]) -> None:
    # Texts of like length waste no time on each other; nothing is locked meanwhile.
    ordered = sorted(passages, key=lambda passage: len(passage.text))
    rows = []
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        vectors = encoder.passages([passage.text for passage in batch])
        for passage, vector in zip(batch, vectors, strict=True):
            rows.append(
                {
                    "option_id": passage.option_id,
                    "digest": passage.digest,
                    "vector": pack_vector(vector),
                }
            )
    with sessions.begin() as session:
        connection = session.connection()
        ids = [row["option_id"] for row in rows]
        still = set(connection.execute(_STILL, {"ids": ids}).scalars())
        connection.execute(_FORGET, {"ids": ids})
        connection.execute(
            insert(OptionVector.__table__), [row for row in rows if row["option_id"] in still]
        )


def _stale(connection: Connection, ids: Sequence[str], encoder: str) -> Iterator[_Passage]:
    """Yield the texts of options that have no vector of them."""
    stored = connection.execute(_STORED, {"ids": ids})
    digests = {row.option_id: bytes(row.digest) for row in stored}
    texts: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in connection.execute(_TEXTS, {"ids": ids}):
        texts[row.option_id][row.language] = (row.title or "", row.description or "")
    for row in connection.execute(_KEYWORDS, {"ids": ids}):
        text = passage_text(texts[row.id], row.keywords)
        digest = hashlib.blake2b(f"{encoder}\n{text}".encode(), digest_size=16).digest()
        if digests.get(row.id) != digest:
            yield _Passage(row.id, text, digest)


def passage_text(texts: dict[str, tuple[str, str]], keywords: Sequence[str]) -> str:
    """Return what an option is about: title, keywords, and the beginning of its description.

    `texts` are titles and descriptions by language; the language is the first that has both.
    """
    known = [texts[language] for language in LANGUAGES if language in texts]
    both = [text for text in known if all(text)]
    title, description = next(iter((*both, *known)), ("", ""))
    beginning = description[:DESCRIPTION_CHARACTERS]
    if len(description) > DESCRIPTION_CHARACTERS:
        beginning = beginning.rpartition(" ")[0] or beginning
    return "\n".join(part for part in (title, ", ".join(keywords), beginning) if part)


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_STILL = select(StudyOption.id).where(StudyOption.id.in_(_IDS))
_KEYWORDS = select(StudyOption.id, StudyOption.keywords).where(StudyOption.id.in_(_IDS))
_STORED = select(OptionVector.option_id, OptionVector.digest).where(
    OptionVector.option_id.in_(_IDS)
)
_FORGET = delete(OptionVector.__table__).where(OptionVector.option_id.in_(_IDS))
_TEXTS = select(
    OptionText.option_id, OptionText.language, OptionText.title, OptionText.description
).where(OptionText.option_id.in_(_IDS))
