"""How much a conversation adds to the database, Rasa's events and all.

`python -m bench.growth [--postgresql]` starts a service of its own, talks with it as
`bench.turns_through_gateway` does, and prints bytes a conversation and a turn as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection

from bench.calibration import Calibration
from bench.turns_through_gateway import processor_seconds, serving, show, talk_much
from tests.postgresql import running_server

# What is made once is not growth: the first conversations are not counted.
FIRST, CONVERSATIONS = 3, 60
LARGEST = 5


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", action="store_true", help="in place of SQLite")
    parser.add_argument("--conversations", type=int, default=CONVERSATIONS)
    arguments = parser.parse_args()
    figures: dict[str, Any] = {"load": round(os.getloadavg()[0], 2)}
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as folder:
        home = Path(folder)
        with database(home, is_server=arguments.postgresql) as url:
            os.environ["OPASTIN_CONVERSATIONS_URL"] = url
            async with serving(home, figures) as (process, session, address):
                await talk_much(session, address, FIRST)
                before, spent = sizes(url, home), processor_seconds(process)
                calibration = Calibration()
                calibration.run()
                turns = await talk_much(session, address, arguments.conversations)
                calibration.run()
                spent = processor_seconds(process) - spent
                grown = growth(before, sizes(url, home))
    count = len(turns.plain) + len(turns.with_options)
    figures |= {
        "conversations": arguments.conversations,
        "turns": count,
        # As it would be on the machine that targets are meant for.
        "slowness": round(calibration.slowness, 2),
        "processor_ms_a_turn": round(spent * 1000 / count),
        "bytes_a_conversation": round(sum(grown.values()) / arguments.conversations),
        "bytes_a_turn": round(sum(grown.values()) / count),
    }
    for name in sorted(grown, key=lambda name: -grown[name])[:LARGEST]:
        figures[f"bytes_of_{name}"] = round(grown[name] / arguments.conversations)
    show(figures, {})


@contextmanager
def database(home: Path, *, is_server: bool) -> Iterator[str]:
    """Give an empty database."""
    if not is_server:
        yield f"sqlite:///{home / 'conversations.db'}"
        return
    with running_server() as url:
        yield url


def sizes(url: str, home: Path) -> dict[str, int]:
    """Return how many bytes each table takes with its indexes; SQLite tells only of all."""
    engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                return {"everything": _size_of_copy(connection, home / "copy.db")}
            # As its own upkeep does before long: rows that were changed leave gaps.
            connection.execute(text("VACUUM FULL"))
            names = inspect(connection).get_table_names()
            return {name: _size_of_table(connection, name) for name in names}
    finally:
        engine.dispose()


def growth(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Return by how much each has grown."""
    return {name: size - before.get(name, 0) for name, size in after.items()}


def _size_of_copy(connection: Connection, path: Path) -> int:
    path.unlink(missing_ok=True)
    connection.execute(text("VACUUM INTO :path"), {"path": str(path)})
    return path.stat().st_size


def _size_of_table(connection: Connection, name: str) -> int:
    query = text("SELECT pg_total_relation_size(to_regclass(:name))")
    return int(connection.scalar(query, {"name": f'"{name}"'}) or 0)


if __name__ == "__main__":
    asyncio.run(main())
