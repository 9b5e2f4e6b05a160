"""Search the catalogue by words, by meaning and by what a learner can take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy.orm import Session

from catalog.index.columns import Array, Columns
from catalog.index.facets import count_facet
from catalog.index.filters import Filters, distances, known_field, passing_offerings
from catalog.index.fusion import fuse
from catalog.index.meaning import COMPARED, DIMENSIONS, about
from catalog.index.paging import Cursor, read_cursor, rows_of_page, write_cursor
from catalog.index.snapshot import Snapshot, current_snapshot
from catalog.index.text import TextMatch, match_text

# So many are near in meaning; something always is nearest, however far.
NEAR_IN_MEANING = 100


@dataclass(frozen=True)
class Query:
    """What to search for: words in any language, their sentence vector, and limits."""

    text: str = ""
    language: str = "fi"
    vector: Sequence[float] | Array | None = None
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True)
class Hit:
    """An option that was found, and its offering that fits best: the nearest, else the first."""

    option: str
    offering: str
    score: float


@dataclass(frozen=True)
class Page:
    """Hits in order, how many there are in all, counts by facet, and where the next page begins."""

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, dict[str, int]]
    next: str | None


def search(
    session: Session,
    query: Query,
    *,
    limit: int,
    after: str | None = None,
    facets: Sequence[str] = (),
) -> Page:
    """Return a page of what fits, best first and equals by id.

    With words or a vector, only what they find is there; without, all that passes the filters,
    what is known to be of the field first. `after` is `next` of the page before. Facets are
    those of `catalog.index.facets.FACETS`.
    """
    cursor = None if after is None else read_cursor(after)
    snapshot = current_snapshot(session.connection())
    columns = snapshot.columns
    found = _find(session, snapshot, query)
    rows, scores = found.rows, found.scores
    page, is_more = rows_of_page(columns, rows, scores, limit=limit, after=cursor)
    of_page = scores[np.searchsorted(rows, page)]
    hits = tuple(
        Hit(columns.id_at(row), _offering(columns, found.offerings, row, query.filters), score)
        for row, score in zip(page.tolist(), of_page.tolist(), strict=True)
    )
    return Page(
        hits=hits,
        total=len(rows),
        facets=_facets(columns, facets, found),
        next=write_cursor(Cursor(hits[-1].option, hits[-1].score)) if is_more and hits else None,
    )


@dataclass(frozen=True)
class _Found:
    """The rows that fit, in order, a score of each, and all offerings that pass, also in order."""

    rows: Array
    scores: Array
    offerings: Array


def _find(session: Session, snapshot: Snapshot, query: Query) -> _Found:
    columns, filters = snapshot.columns, query.filters
    text = match_text(query.text, snapshot.postings.finder(session.connection()), columns.count)
    vector = _vector(query)
    # Meaning may find what no word does, so then everything has to pass the filters.
    among = text.found if text is not None and vector is None else None
    offerings = passing_offerings(columns, filters, among)
    options = np.zeros(columns.count, dtype=np.bool_)
    options[columns.options[offerings]] = True
    if vector is not None:
        scores, mask = score(snapshot, text, vector, options)
        rows = np.flatnonzero(mask)
        return _Found(rows, scores[rows], offerings)
    rows = np.flatnonzero(options)
    if text is not None:
        scores = text.scores[rows]
    elif filters.field is not None:
        scores = known_field(columns, filters.field)[rows].astype(np.float32)
    else:
        scores = np.zeros(len(rows), dtype=np.float32)
    return _Found(rows, scores, offerings)


def score(
    snapshot: Snapshot, text: TextMatch | None, question: Array, allowed: Array
) -> tuple[Array, Array]:
    """Return a score of every option by words and meaning, and a mask of those found.

    `question` is a direction of `catalog.index.meaning.about`, `allowed` a mask of options.
    """
    count = snapshot.columns.count
    words = np.zeros(count, dtype=np.float32) if text is None else text.scores
    found = np.zeros(count, dtype=np.bool_) if text is None else text.found & allowed
    # What words have found is asked for its meaning too, as far down as anybody looks.
    best = np.flatnonzero(found)
    if len(best) > COMPARED:
        best = best[np.argpartition(words[best], len(best) - COMPARED)[-COMPARED:]]
    meaning = snapshot.meanings.nearest(question, allowed, NEAR_IN_MEANING, also=best)
    found[meaning[0]] = True
    return fuse(words, meaning, snapshot.meanings.rows), found


def _vector(query: Query) -> Array | None:
    if query.vector is None:
        return None
    vector = np.asarray(query.vector, dtype=np.float32)
    if vector.shape != (DIMENSIONS,):
        raise ValueError(f"a vector of {DIMENSIONS} numbers is needed")
    return about(vector, query.language)


def _offering(columns: Columns, passing: Array, row: int, filters: Filters) -> str:
    first, last = np.searchsorted(passing, columns.starts[row : row + 2])
    fitting = passing[first:last]
    if filters.near is None or len(fitting) == 1:
        return columns.offering_id_at(int(fitting[0]))
    kilometres = distances(columns, filters.near)[columns.places[fitting]]
    return columns.offering_id_at(int(fitting[np.argmin(kilometres)]))


def _facets(columns: Columns, wanted: Sequence[str], found: _Found) -> dict[str, dict[str, int]]:
    if not wanted:
        return {}
    options = np.zeros(columns.count, dtype=np.bool_)
    options[found.rows] = True
    offerings = found.offerings[options[columns.options[found.offerings]]]
    return {name: count_facet(name, columns, found.rows, offerings) for name in wanted}
