"""Which offerings are worth comparing for one learner: all of a small catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sqlalchemy.orm import Session

from catalog.fields import closeness
from catalog.index.columns import Array, Columns
from catalog.index.encoder import load_encoder
from catalog.index.filters import Filters, distances, is_remote, near_places, passing_offerings
from catalog.index.meaning import about
from catalog.index.search import score
from catalog.index.snapshot import Snapshot, current_snapshot
from catalog.index.text import match_text

# More than a person looks at; what is compared one by one costs time.
MOST_FITTING = 600
MOST_RULED_OUT = 300

NO_LIMITS = Filters()

# A score of words and meaning that may be chance, and one that surely is not.
CHANCE = 0.0
SURE = 4.5

# What comes first where a large catalogue has more than can be compared: what is wished, then what
# is near. All that counts here counts again, and finely, where options are compared.
_FIELD_POINTS = 10.0
_LIKENESS_POINTS = 30.0
_KNOWN_POINTS = 3.0
_KILOMETRES_A_POINT = 25.0
_FARTHEST_POINTS = 20.0
# What can be studied at home is as near as a neighbouring region.
_REMOTE_POINTS = 4.0


@dataclass(frozen=True)
class Wish:
    """What a learner looks for in their own words, the field that is wished, and those known.

    `places` are codes of where the learner is; nothing is ruled out by them, but by `limits`.
    """

    words: str = ""
    language: str = "fi"
    field: str | None = None
    known_fields: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    limits: Filters = NO_LIMITS


@dataclass(frozen=True)
class Finding:
    """An offering, and how like its option is to the learner's words, from 0 to 1."""

    option: str
    offering: str
    likeness: float


def find_worthwhile(session: Session, wish: Wish) -> list[Finding]:
    """Return offerings to compare for a learner, within the limits and beyond, by option.

    With more than `MOST_FITTING` within or `MOST_RULED_OUT` beyond, those that come first.
    """
    snapshot = current_snapshot(session.connection())
    columns = snapshot.columns
    fitting = np.zeros(len(columns.options), dtype=np.bool_)
    fitting[passing_offerings(columns, wish.limits)] = True
    likeness = _likeness(session, snapshot, wish, fitting)
    points = _points(columns, wish, likeness)
    chosen = np.sort(
        np.concatenate(
            [
                _first(np.flatnonzero(fitting), points, MOST_FITTING),
                _first(np.flatnonzero(~fitting), points, MOST_RULED_OUT),
            ]
        )
    )
    options = columns.options[chosen]
    found = zip(
        columns.ids[options].tolist(),
        columns.offering_ids[chosen].tolist(),
        likeness[options].tolist(),
        strict=True,
    )
    return [Finding(option.decode(), offering.decode(), like) for option, offering, like in found]


def likeness_of(session: Session, wish: Wish, option_id: str) -> float:
    """Return how like one option is to the learner's words, from 0 to 1."""
    snapshot = current_snapshot(session.connection())
    row = snapshot.columns.row_of(option_id)
    if row is None:
        return 0.0
    only = snapshot.columns.options == row
    return float(_likeness(session, snapshot, wish, only)[row])


def _likeness(session: Session, snapshot: Snapshot, wish: Wish, fitting: Array) -> Array:
    """Return how like every option is, of those that are the most like the words; 0 for others."""
    columns = snapshot.columns
    likeness = np.zeros(columns.count, dtype=np.float32)
    if not wish.words:
        return likeness
    text = match_text(wish.words, snapshot.postings.finder(session.connection()), columns.count)
    vector = _question(wish.words) if len(snapshot.meanings.rows) else None
    if vector is None:
        if text is None or not text.scores.any():
            return likeness
        return np.where(text.found, text.scores / text.scores.max(), likeness)
    question = about(vector, wish.language)
    # Apart, since what is ruled out must not crowd out the rest.
    for within in _options(columns, fitting):
        scores, found = score(snapshot, text, question, within)
        likeness[found] = np.clip((scores[found] - CHANCE) / (SURE - CHANCE), 0, 1)
    return likeness


def _options(columns: Columns, fitting: Array) -> Iterator[Array]:
    """Yield a mask of the options of which an offering fits, and one of the others."""
    within = np.zeros(columns.count, dtype=np.bool_)
    within[columns.options[fitting]] = True
    yield within
    yield ~within


def _points(columns: Columns, wish: Wish, likeness: Array) -> Array:
    wished = _by_field(columns, lambda code: _FIELD_POINTS * closeness(wish.field, code))
    known = _by_field(
        columns,
        lambda code: _KNOWN_POINTS * any(closeness(one, code) >= 2 for one in wish.known_fields),
    )
    points: Array = (wished + known + _LIKENESS_POINTS * likeness)[columns.options]
    if wish.places:
        kilometres = distances(columns, near_places(wish.places, 0))[columns.places]
        far = np.minimum(kilometres / _KILOMETRES_A_POINT, _FARTHEST_POINTS)
        points -= np.where(is_remote(columns), _REMOTE_POINTS, far)
    return points


def _by_field(columns: Columns, points_of: Callable[[str], float]) -> Array:
    """Return the points of each option by its field; an unknown one, the last, has none."""
    points = [points_of(code) for code in columns.field_names]
    by_option: Array = np.array([*points, 0.0], dtype=np.float32)[columns.fields]
    return by_option


def _first(rows: Array, points: Array, most: int) -> Array:
    if len(rows) <= most:
        return rows
    own = points[rows]
    good = own >= np.partition(own, len(own) - most)[len(own) - most]
    rows, own = rows[good], own[good]
    # Stable: of equals the first by id.
    chosen: Array = rows[np.argsort(-own, kind="stable")[:most]]
    return chosen


@lru_cache(maxsize=1024)
def _question(words: str) -> Array | None:
    encoder = load_encoder()
    return None if encoder is None else encoder.question(words)
