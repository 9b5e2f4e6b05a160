"""How fast a catalogue is loaded and searched on SQLite and PostgreSQL, at several sizes.

`python -m bench.search` generates catalogues (bench/generated_catalogue.py), imports each from
files, searches it as conversations do, and asks a bare FTS5 table and a bare tsvector of the same
texts for the same words in the same run. It prints a table; `--json` keeps the figures. Nothing
else should run meanwhile; `load` in the figures tells whether it did. Between what is measured
runs a bare loop, and figures named `quiet` are those of a core on which a million of its rounds
take 80 milliseconds (bench/calibration.py); those of an import leave out PostgreSQL's own
processes. Vectors are random ones near those of their field, since the encoder would take twenty
minutes for 100,000 options. PostgreSQL runs with its own settings, but for fsync, which is off.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bench.generated_catalogue import generate
from bench.generated_files import WRITERS
from opastin.settings import ROOT
from tests.postgresql import running_server

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
DATABASES = ("sqlite", "postgresql")
# The command takes no larger files at once.
OPTIONS_A_FILE = 100_000
STEP_SECONDS = 2 * 3600
# What the project promises at 100,000 options.
LEAST = {"import_quiet_a_second": 2000}
MOST = {
    "import_memory_mb": 1000,
    "text_filters_quiet_p95_ms": 25,
    "text_filters_vector_quiet_p95_ms": 25,
    "text_filters_over_bare_any_p95": 4,
    "text_filters_vector_over_bare_any_p95": 4,
}
JUDGED_SIZE = 100_000


def main() -> None:
    """Measure and print."""
    arguments = _parse_arguments()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    figures: dict[str, Any] = {"load": round(os.getloadavg()[0], 2), "format": arguments.format}
    sizes = arguments.options or [*SIZES, *([MILLION] if arguments.million else [])]
    for size in sizes:
        figures[str(size)] = {}
        with closing(measure(size, arguments)) as measuring:
            for database, measured in measuring:
                figures[str(size)][database] = measured
                # After each: the next may take half an hour.
                if arguments.json is not None:
                    arguments.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")
        print(as_table(size, figures[str(size)]), end="\n\n", flush=True)


def _leave(number: int, _frame: object) -> None:
    """End in order: the server is stopped and the files are removed on the way out."""
    # A second signal must not break that off.
    for known in (signal.SIGTERM, signal.SIGINT):
        signal.signal(known, signal.SIG_IGN)
    sys.exit(128 + number)


def measure(
    size: int, arguments: argparse.Namespace
) -> Generator[tuple[str, dict[str, Any]], None, None]:
    """Yield the figures of one size by database."""
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as name:
        folder = Path(name)
        files = write_files(folder, size, format_=arguments.format, seed=arguments.seed)
        for database in arguments.database or DATABASES:
            with ExitStack() as stack:
                if database == "sqlite":
                    url = f"sqlite:///{folder / 'catalog.db'}"
                else:
                    try:
                        url = stack.enter_context(running_server())
                    except (pytest.skip.Exception, pytest.fail.Exception) as error:
                        print(f"PostgreSQL is left out: {error}", file=sys.stderr)
                        continue
                common = ["--options", size, "--seed", arguments.seed]
                yield (
                    database,
                    {
                        **_step(
                            folder, "import", url, *files, "--format", arguments.format, *common
                        ),
                        **_step(folder, "search", url, "--seconds", arguments.seconds, *common),
                    },
                )


def write_files(folder: Path, size: int, *, format_: str, seed: int) -> Sequence[Path]:
    """Write a generated catalogue as files of at most OPTIONS_A_FILE options."""
    options = generate(size, seed=seed)
    files = []
    for start in range(0, size, OPTIONS_A_FILE):
        count = min(OPTIONS_A_FILE, size - start)
        files.append(folder / f"{start}.{format_}")
        with files[-1].open("w", encoding="utf-8", newline="") as file:
            WRITERS[format_](islice(options, count), file)
    return files


def _step(folder: Path, step: str, url: str, *arguments: object) -> dict[str, Any]:
    result = folder / "result.json"
    print(f"{time.strftime('%H:%M:%S')} {step} on {url.split(':')[0]} ...", file=sys.stderr)
    command = [sys.executable, "-m", "bench.search_worker", step, url, str(result)]
    done = subprocess.run(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"OPASTIN_HOME": str(folder / "home")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=STEP_SECONDS,
    )
    if done.returncode != 0:
        sys.exit(f"The step {step} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return found


def as_table(size: int, figures: dict[str, dict[str, Any]]) -> str:
    """Return the figures of one size in a line each, the databases side by side."""
    lines = [f"{size:>10,} options" + " " * 18 + "".join(f"{name:>14}" for name in figures)]
    for name in next(iter(figures.values()), {}):
        values = [found.get(name) for found in figures.values()]
        cells = "".join(f"{value!s:>14}" for value in values)
        lines.append(f"  {name:34}{cells}  {_verdict(size, name, values)}".rstrip())
    return "\n".join(lines)


def _verdict(size: int, name: str, values: Sequence[Any]) -> str:
    if size != JUDGED_SIZE:
        return ""
    if name in LEAST:
        held = all(value >= LEAST[name] for value in values)
        return f"at least {LEAST[name]}: {'yes' if held else 'NO'}"
    if name in MOST:
        held = all(value <= MOST[name] for value in values)
        return f"at most {MOST[name]}: {'yes' if held else 'NO'}"
    return ""


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--options", type=int, action="append", help="only so many; again for more")
    parser.add_argument("--million", action="store_true", help="1,000,000 options, too")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    parser.add_argument("--format", choices=sorted(WRITERS), default="csv", help="of the import")
    parser.add_argument("--seconds", type=float, default=60, help="at most, for a kind of search")
    parser.add_argument("--seed", type=int, default=1, help="of the catalogue")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
