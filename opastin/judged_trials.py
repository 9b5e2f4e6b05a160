"""Let every search serve every judged case, and hold what each showed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from catalog.db import session_factory, upgrade
from catalog.sample import load_sample
from opastin.judged_cases import JudgedCase
from opastin.judged_scores import Score, score_page
from opastin.judged_searches import Search, is_ruled_out


@dataclass(frozen=True)
class Served:
    """What one search showed for one case, and how good it is."""

    case: JudgedCase
    search: str
    shown: tuple[str, ...]
    score: Score


@contextmanager
def sample_catalogue(today: date) -> Iterator[Session]:
    """Yield a session on a catalogue of its own that holds the sample of that day alone.

    Options of other sources nobody has graded, so they would count as wrong.
    """
    with TemporaryDirectory(prefix="opastin-") as folder:
        url = f"sqlite:///{Path(folder) / 'catalog.db'}"
        upgrade(url)
        with session_factory(url, writing=True)() as session:
            load_sample(session, today)
            session.commit()
        with session_factory(url)() as session:
            yield session


def serve(case: JudgedCase, search: Mapping[str, Search], *, today: date) -> list[Served]:
    """Return what every search shows for one case."""
    return [_served(case, name, one, today) for name, one in search.items()]


def unknown_options(cases: Sequence[JudgedCase], known: Mapping[str, object]) -> list[str]:
    """Return what is graded and not in the catalogue, each as "case: option"."""
    return [f"{case.id}: {name}" for case in cases for name in case.grades if name not in known]


def _served(case: JudgedCase, name: str, search: Search, today: date) -> Served:
    page = search(case)
    against = sum(is_ruled_out(case.profile, option, today=today) for option in page)
    shown = tuple(option.id for option in page)
    return Served(case, name, shown, score_page(shown, case.grades, violations=against))
