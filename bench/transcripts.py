"""How fast transcripts are searched and filtered on SQLite and PostgreSQL.

`python -m bench.transcripts` generates 100,000 conversations (bench/generated_transcripts.py),
stores them in a new database of each kind, and asks for the first page and the count as the desk
does: by words, by filters, by both, for later pages, and as a coach who sees few of them. It
prints a table; `--json` keeps the figures. Nothing else should run meanwhile; `load` in the figures
tells whether it did. Figures named `processor_quiet` are the processor time of this process, and of
the one with which PostgreSQL serves it, on a core on which a million rounds of a bare loop take 80
milliseconds (bench/calibration.py). PostgreSQL runs with its own settings, but for fsync, which is
off.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bench.calibration import Calibration
from bench.generated_transcripts import LABELS, NOW, Talk, generate
from bench.stored_transcripts import COACH, TEAM, store
from coaching import figures
from coaching.db import open_engine, session_factory, upgrade_engine
from coaching.desk_models import Coach
from coaching.handoff import OUTCOMES
from coaching.sqlite_file import rewrite
from coaching.transcripts import Filters, Turn, find
from tests.postgresql import running_server

SIZE = 100_000
QUERIES = 120
DATABASES = ("sqlite", "postgresql")
# What the project promises at 100,000 conversations.
MOST_MS = 200
SAMPLE = 2000
LATER_PAGES = 3
_WORD = re.compile(r"[^\W\d_]{3,}")

LEAD = Coach(id=1, name="lead", role="lead")
OWN = Coach(id=COACH, name="own", role="coach", team_id=TEAM)


class Asked:
    """Draws what coaches ask for, from conversations that are there."""

    def __init__(self, talks: Sequence[Talk], *, seed: int) -> None:
        self._talks = talks
        self._random = Random(seed)  # noqa: S311 - nothing secret

    def words(self) -> Filters:
        """Return one to three words that somebody said, seldom one that nobody said."""
        random = self._random
        if random.random() < 0.05:
            return Filters(words="olematonsana")
        said = " ".join(line.text for line in random.choice(self._talks).spoken)
        found = _WORD.findall(said) or ["opinnot"]
        chosen = random.sample(found, min(len(found), random.choice((1, 1, 1, 2, 2, 3))))
        return Filters(words=" ".join(chosen), only_person=random.random() < 0.4)

    def filters(self, words: Filters | None = None) -> Filters:
        """Return one to three filters, beside the words if there are any."""
        random, talk = self._random, self._random.choice(self._talks)
        some: dict[str, Any] = {
            "since": NOW - random.random() * (NOW - talk.began),
            "channel": talk.channel,
            "language": talk.language,
            "places": (talk.place or "743",),
            "field": (talk.field or "09")[:2],
            "outcome": random.choice(OUTCOMES),
            "label": random.choice(LABELS),
            "intent": random.choice(talk.spoken).intent or "inform",
            "below_confidence": random.choice((30, 50, 70, 90)),
            "least_messages": random.choice((5, 10, 20, 50)),
            "most_rating": random.choice((1, 2, 3)),
            "handed_over": random.random() < 0.5,
            "least_failed": random.choice((1, 2, 5)),
        }
        chosen = random.sample(sorted(some), random.choice((1, 1, 2, 3)))
        known = {} if words is None else vars(words)
        return Filters(**{**known, **{name: some[name] for name in chosen}})

    def both(self) -> Filters:
        """Return words and filters."""
        return self.filters(self.words())


def main() -> None:
    """Measure and print."""
    arguments = _parse_arguments()
    # Ended in order, the server is stopped and the files are removed.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    found: dict[str, Any] = {"load": round(os.getloadavg()[0], 2), "transcripts": arguments.size}
    for database in arguments.database or DATABASES:
        with tempfile.TemporaryDirectory(prefix="opastin-bench-") as name, ExitStack() as stack:
            if database == "sqlite":
                url = f"sqlite:///{name}/conversations.db"
            else:
                try:
                    url = stack.enter_context(running_server())
                except (pytest.skip.Exception, pytest.fail.Exception) as error:
                    print(f"PostgreSQL is left out: {error}", file=sys.stderr)
                    continue
            found[database] = measure(url, arguments)
            print(as_table(database, found[database]), end="\n\n", flush=True)
        if arguments.json is not None:
            arguments.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def measure(url: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the figures of one database."""
    engine = open_engine(url)
    upgrade_engine(engine)
    began = time.perf_counter()
    store(engine, generate(arguments.size, seed=arguments.seed))
    measured: dict[str, Any] = {"stored_seconds": round(time.perf_counter() - began)}
    measured["megabytes"] = _megabytes(engine)
    sample = _sample(arguments.size, arguments.seed)
    for kind, ask, coach, pages in (
        ("words", Asked.words, LEAD, 1),
        ("filters", Asked.filters, LEAD, 1),
        ("words_filters", Asked.both, LEAD, 1),
        ("later_pages", Asked.both, LEAD, LATER_PAGES),
        ("own", Asked.both, OWN, 1),
    ):
        asked = Asked(sample, seed=arguments.seed + 1)
        times = _time(engine, asked, ask, coach, pages=pages, queries=arguments.queries)
        measured.update({f"{kind}_{name}": value for name, value in times.items()})
    measured.update(_upkeep(engine))
    engine.dispose()
    return measured


def _time(
    engine: Engine,
    asked: Asked,
    ask: Callable[[Asked], Filters],
    coach: Coach,
    *,
    pages: int,
    queries: int,
) -> dict[str, float]:
    sessions = session_factory(engine.execution_options(reads_only=True))
    loop = Calibration()
    seconds, spent = [], []
    # As for whoever has the desk open: the first of each kind is not counted.
    with sessions() as session:
        find(session, ask(asked), Turn(), coach=coach)
    for filters in loop.between([ask(asked) for _ in range(queries)], every=5):
        turn: Turn | None = Turn()
        for _ in range(pages):
            if turn is None:
                break
            with sessions() as session:
                server = _server(session)
                began, used = time.perf_counter(), _processor_seconds(server)
                page = find(session, filters, turn, coach=coach)
                seconds.append(time.perf_counter() - began)
                spent.append(_processor_seconds(server) - used)
            turn = page.older
    return {
        "p50_ms": round(median(seconds) * 1000, 1),
        "p95_ms": round(_p95(seconds) * 1000, 1),
        "processor_quiet_p95_ms": round(_p95(spent) * 1000 / loop.slowness, 1),
        "most_ms": round(max(seconds) * 1000, 1),
    }


def _server(session: Session) -> Path | None:
    """Return where Linux counts the processor time of the server's process for this session."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    path = Path(f"/proc/{session.execute(text('SELECT pg_backend_pid()')).scalar_one()}/schedstat")
    return path if path.exists() else None


def _processor_seconds(server: Path | None) -> float:
    """Return the processor time that this process and the server's have used."""
    own = time.process_time()
    return own if server is None else own + int(server.read_text().split()[0]) / 1e9


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _upkeep(engine: Engine) -> dict[str, float]:
    """Return what renewing a conversation's figures costs, and making the index whole again."""
    with session_factory(engine).begin() as session:
        ids = _longest(session)
        began = time.perf_counter()
        for conversation_id in ids:
            figures.renew(session, conversation_id, now=NOW)
        renewed = (time.perf_counter() - began) / len(ids)
    began = time.perf_counter()
    rewrite(engine)
    return {
        "renew_ms": round(renewed * 1000, 1),
        "after_erasure_seconds": round(time.perf_counter() - began, 1),
    }


def _longest(session: Session) -> list[str]:
    question = text("SELECT conversation_id FROM conversation_figures ORDER BY messages DESC")
    return [row[0] for row in session.execute(question).fetchmany(20)]


def _sample(size: int, seed: int) -> list[Talk]:
    every = max(1, size // SAMPLE)
    return [talk for at, talk in enumerate(generate(size, seed=seed)) if at % every == 0]


def _megabytes(engine: Engine) -> int:
    question = (
        "SELECT pg_database_size(current_database())"
        if engine.dialect.name == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    with engine.connect() as connection:
        return round(int(connection.execute(text(question)).scalar_one()) / 1e6)


def as_table(database: str, measured: dict[str, Any]) -> str:
    """Return the figures in a line each, with what was promised."""
    return "\n".join([database, *(f"  {line}" for line in _lines(measured))])


def _lines(measured: dict[str, Any]) -> Iterator[str]:
    for name, value in measured.items():
        verdict = ""
        if name.endswith("_p95_ms") and "quiet" not in name:
            verdict = f"  at most {MOST_MS}: {'yes' if value <= MOST_MS else 'NO'}"
        yield f"{name:32}{value:>10}{verdict}"


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="how many conversations")
    parser.add_argument("--queries", type=int, default=QUERIES, help="of each kind")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    parser.add_argument("--seed", type=int, default=1, help="of the conversations")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
