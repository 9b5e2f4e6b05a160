"""One step of `bench.search` in a process of its own: import files, or search."""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import Session, sessionmaker

from bench.calibration import Calibration
from bench.generated_catalogue import DAY, generate
from bench.search_queries import ASKED, Asked
from catalog.db import session_factory, upgrade
from catalog.importers import csv, opintopolku, schemaorg
from catalog.importers.documents import OptionDocument, SourceDocument
from catalog.importers.store import store_documents
from catalog.index.columns import Array
from catalog.index.meaning import DIMENSIONS, pack_vector
from catalog.index.search import search
from catalog.models import OptionVector

READERS: dict[str, Any] = {
    "csv": csv.read_options,
    "opintopolku": opintopolku.read_options,
    "schemaorg": schemaorg.read_options,
}
# Half of a vector is that of its field, so that what is of a field lies together.
FIELD_SHARE = 0.7
ROUNDS = 5
FOUND = 10
AT_ONCE = 500
# Documents between two looks at how fast the machine is.
CALIBRATED = 250

Search = Callable[[Session, Asked], object]


def main() -> None:
    """Do one step and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("import", "search"))
    parser.add_argument("url")
    parser.add_argument("result", type=Path)
    parser.add_argument("files", type=Path, nargs="*", help="of import")
    parser.add_argument("--format", choices=sorted(READERS), default="csv")
    parser.add_argument("--options", type=int, default=0, help="how many the files hold")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60, help="at most, for a kind of search")
    arguments = parser.parse_args()
    figures = import_files(arguments) if arguments.step == "import" else measure(arguments)
    arguments.result.write_text(json.dumps(figures), encoding="utf-8")


def import_files(arguments: argparse.Namespace) -> dict[str, Any]:
    """Import files as the command does, twice; tell rate, memory and size."""
    upgrade(arguments.url)
    sessions = session_factory(arguments.url, writing=True)
    figures: dict[str, Any] = {}
    for name in ("import", "import_again"):
        loop = Calibration()
        began, spent = time.perf_counter(), time.process_time()
        count = sum(_import(sessions, path, arguments.format, loop) for path in arguments.files)
        processor = time.process_time() - spent - loop.processor
        figures[f"{name}_a_second"] = round(count / (time.perf_counter() - began - loop.wall))
        figures[f"{name}_a_processor_second"] = round(count / processor)
        figures[f"{name}_quiet_a_second"] = round(count / processor * loop.slowness)
        figures[f"{name}_loop_ms"] = round(loop.milliseconds)
        if name == "import":
            assert count == arguments.options, f"{count} of {arguments.options} were added"
            figures["size_mb"] = _size_mb(sessions, arguments.url)
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    figures["import_memory_mb"] = round(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    )
    return figures


def _import(sessions: sessionmaker[Session], path: Path, format_: str, loop: Calibration) -> int:
    source = SourceDocument("bench", sample=False, read_on=DAY)
    with sessions.begin() as session:
        # A file that is read document by document is read so here.
        with path.open("rb") as file:
            data = file if format_ == "opintopolku" else file.read()
            documents = READERS[format_](data, name=path.name, today=DAY)
            del data
            documents = loop.between(documents, CALIBRATED)
            report = store_documents(session, documents, source=source, today=DAY)
        assert not report.refused, report.refused[0]
        return report.added + report.unchanged


def _size_mb(sessions: sessionmaker[Session], url: str) -> int:
    with sessions() as session:
        if session.get_bind().dialect.name == "postgresql":
            size = session.execute(text("SELECT pg_database_size(current_database())")).scalar()
            return round(int(size or 0) / 1e6)
    path = Path(str(make_url(url).database))
    return round(sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*")) / 1e6)


def measure(arguments: argparse.Namespace) -> dict[str, Any]:
    """Search as conversations do, and as a bare query of the same words."""
    writing = session_factory(arguments.url, writing=True)
    with writing.begin() as session:
        options = generate(arguments.options, seed=arguments.seed)
        _prepare(session.connection(), options)
    sessions = session_factory(arguments.url)
    figures: dict[str, Any] = {"load": round(os.getloadavg()[0], 2)}
    began = time.perf_counter()
    with sessions() as session:
        search(session, ASKED[0].query(DAY, text=True, filters=True), limit=FOUND)
    figures["first_search_ms"] = round((time.perf_counter() - began) * 1000)
    for name, ask in _kinds().items():
        loop = Calibration()
        times = _timed(sessions, ask, arguments.seconds, loop)
        p95 = quantiles(times, n=20)[-1]
        figures[f"{name}_ms"] = round(median(times), 2)
        figures[f"{name}_p95_ms"] = round(p95, 2)
        figures[f"{name}_quiet_p95_ms"] = round(p95 / loop.slowness, 2)
        figures[f"{name}_loop_ms"] = round(loop.milliseconds)
    for name in ("text_filters", "text_filters_vector"):
        for bare in ("bare_any", "bare_all"):
            for part in ("_ms", "_p95_ms"):
                ratio = figures[name + part] / max(figures[bare + part], 0.01)
                figures[f"{name}_over_{bare}{part.removesuffix('_ms')}"] = round(ratio, 2)
    return figures


def _kinds() -> dict[str, Search]:
    vectors = {asked: near_field(asked.field or "", asked.text) for asked in ASKED}

    def ours(*, words: bool, filters: bool, meaning: bool = False) -> Search:
        def ask(session: Session, asked: Asked) -> object:
            vector = vectors[asked] if meaning else None
            query = asked.query(DAY, text=words, filters=filters, vector=vector)
            return search(session, query, limit=FOUND)

        return ask

    return {
        "text": ours(words=True, filters=False),
        "filters": ours(words=False, filters=True),
        "text_filters": ours(words=True, filters=True),
        "text_filters_vector": ours(words=True, filters=True, meaning=True),
        "bare_any": lambda session, asked: _ask_bare(session, asked, " OR ", " | "),
        "bare_all": lambda session, asked: _ask_bare(session, asked, " ", " & "),
    }


def _timed(
    sessions: sessionmaker[Session], ask: Search, seconds: float, loop: Calibration
) -> Sequence[float]:
    """Return the milliseconds of each search, a few rounds of all or as many as there is time."""
    end = time.perf_counter() + seconds
    times: list[float] = []
    for _ in range(ROUNDS):
        for asked in ASKED:
            if len(times) > 1 and time.perf_counter() > end:
                return times
            loop.run()
            began = time.perf_counter()
            with sessions() as session:
                ask(session, asked)
            times.append((time.perf_counter() - began) * 1000)
    return times


def near_field(field: str, key: str) -> Array:
    """Return a unit vector near that of a field, the same for the same key.

    It stands for the encoder's, which would take twenty minutes for a hundred thousand texts.
    """
    noise, centre = _random_vector(key), _centre(field[:2])
    mixed = FIELD_SHARE * centre + (1 - FIELD_SHARE**2) ** 0.5 * noise
    vector: Array = (mixed / np.linalg.norm(mixed)).astype(np.float32)
    return vector


@cache
def _centre(field: str) -> Array:
    return _random_vector(field)


def _random_vector(key: str) -> Array:
    seed = int.from_bytes(key.encode("utf-8"), "little") if key else 0
    vector = np.random.default_rng(seed).standard_normal(DIMENSIONS)
    unit: Array = vector / np.linalg.norm(vector)
    return unit


def _prepare(connection: Connection, options: Iterator[OptionDocument]) -> None:
    """Store vectors, and the same texts in a bare table of the database's own."""
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        connection.execute(text("CREATE TABLE bare (id text, words tsvector)"))
        insert = "INSERT INTO bare VALUES (:id, to_tsvector('simple', :words))"
    else:
        connection.execute(text("CREATE VIRTUAL TABLE bare USING fts5 (id UNINDEXED, words)"))
        insert = "INSERT INTO bare VALUES (:id, :words)"
    while some := list(islice(options, AT_ONCE)):
        connection.execute(
            text(insert), [{"id": option.id, "words": _words_of(option)} for option in some]
        )
        vectors = [
            {
                "option_id": option.id,
                "digest": b"generated",
                "vector": pack_vector(near_field(option.field or "", option.id)),
            }
            for option in some
        ]
        connection.execute(OptionVector.__table__.insert(), vectors)
    if is_postgresql:
        connection.execute(text("CREATE INDEX ix_bare ON bare USING gin (words)"))
        connection.execute(text("ANALYZE"))
    connection.execute(text("UPDATE search_state SET revision = 'bench'"))


def _words_of(option: OptionDocument) -> str:
    texts = (option.titles, option.descriptions, option.outcomes)
    return " ".join([*option.keywords, *(word for each in texts for word in each.values())])


def _ask_bare(session: Session, asked: Asked, fts5: str, tsquery: str) -> object:
    words = re.findall(r"[^\W_]+", asked.text.casefold())
    if session.get_bind().dialect.name == "postgresql":
        query = (
            "SELECT id FROM bare, to_tsquery('simple', :words) AS asked"
            " WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC LIMIT 10"
        )
        return session.execute(text(query), {"words": tsquery.join(words)}).all()
    query = "SELECT id FROM bare WHERE bare MATCH :words ORDER BY rank LIMIT 10"
    quoted = fts5.join(f'"{word}"' for word in words)
    return session.execute(text(query), {"words": quoted}).all()


if __name__ == "__main__":
    main()
