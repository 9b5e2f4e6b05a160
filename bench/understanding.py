"""How well our pipeline understands next to Rasa's default one, on the same work.

`python -m bench.understanding` trains both on the project's data and on MASSIVE, lets both read
messages that they have not seen, and prints a table; `--json` keeps the figures. Each training
and each reading is a process of its own, on the same cores for both; reading is on one core.
Nothing else should run meanwhile; `load` in the figures tells whether it did.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.understanding_figures import accuracies, as_table, errors_ratio, speed
from bench.understanding_work import (
    EPOCHS,
    PIPELINES,
    Task,
    massive_tasks,
    own_task,
    write_config,
    write_messages,
)
from opastin.errors import UserError
from opastin.nlu_cases import SAID_ON
from opastin.settings import ROOT

# Stock trains half an hour for each 3,000 examples on two busy cores.
STEP_SECONDS = 4 * 3600


def main() -> None:
    """Measure and print."""
    arguments = _parse_arguments()
    figures: dict[str, Any] = {
        "load": round(os.getloadavg()[0], 2),
        "cores": arguments.cores,
        "seed": arguments.seed,
        "epochs": arguments.epochs,
        "tasks": {},
    }
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as folder:
        bench = Bench(
            Path(folder), cores=arguments.cores, seed=arguments.seed, epochs=arguments.epochs
        )
        for task in _tasks(arguments, Path(folder)):
            for measured in measure(bench, task, arguments.pipeline):
                figures["tasks"][task.name] = measured
                # After each pipeline: the next one may take half an hour.
                if arguments.json is not None:
                    arguments.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")
            print(as_table(task.name, measured), end="\n\n", flush=True)


def measure(bench: Bench, task: Task, pipelines: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the figures of `task` as they grow by each pipeline; last, their errors compared."""
    figures: dict[str, Any] = {}
    for name in pipelines:
        figures[name] = bench.run(task, name)
        if len(figures) == len(PIPELINES):
            ours, stock = (figures[pipeline]["accuracy"] for pipeline in PIPELINES)
            figures["errors_ratio"] = errors_ratio(ours, stock)
        yield figures


@dataclass(frozen=True)
class Bench:
    """Runs the steps of a measurement in processes of their own, with files under `folder`."""

    folder: Path
    cores: int
    seed: int
    epochs: int

    def run(self, task: Task, pipeline: str) -> dict[str, Any]:
        """Train `pipeline` on the data of `task`, let it read the messages; return the figures."""
        name = f"{task.name}-{pipeline}"
        config, messages = self.folder / f"{name}-config.yml", self.folder / f"{name}.json"
        model = self.folder / f"{name}.tar.gz"
        write_config(
            pipeline, config, config=ROOT / "config.yml", seed=self.seed, epochs=self.epochs
        )
        write_messages(task.messages, messages)
        training = ("train", config, task.training, model)
        is_ours = pipeline == "ours"
        # A home without cached vectors; the second training finds those of the first.
        anew = ("--without-shipped-vectors",) if is_ours else ()
        trained, seconds = self._step(f"{name} training", *training, *anew, home=name)
        figures = {
            "training_seconds": round(seconds, 1),
            **{key: round(value, 1) for key, value in trained.items()},
        }
        if is_ours:
            _, seconds = self._step(f"{name} training again", *training, *anew, home=name)
            figures["training_cached_seconds"] = round(seconds, 1)
        encoder = ("--with-encoder",) if is_ours else ()
        found, _ = self._step(
            f"{name} reading", "read", model, messages, *encoder, home=name, cores=1
        )
        return {
            "accuracy": accuracies(task.messages, found["intents"]),
            **figures,
            **speed(found),
            "load_seconds": round(found["load_seconds"], 1),
            "loaded_mb": round(found["loaded_mb"]),
            "memory_mb": round(found["memory_mb"]),
            "load": round(os.getloadavg()[0], 2),
        }

    def _step(
        self, label: str, *arguments: object, home: str, cores: int | None = None
    ) -> tuple[dict[str, Any], float]:
        """Return what a step found and the seconds of its process from start to end."""
        print(f"{time.strftime('%H:%M:%S')} {label} ...", file=sys.stderr, flush=True)
        result, log = self.folder / "result.json", self.folder / "log.txt"
        result.unlink(missing_ok=True)
        command = [sys.executable, "-m", "bench.understanding_worker", *map(str, arguments)]
        began = time.perf_counter()
        try:
            with log.open("wb") as output:
                done = subprocess.run(
                    [*command, str(result)],
                    cwd=ROOT,
                    env=self._environment(home),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    preexec_fn=lambda: _stay_on(cores or self.cores),
                    timeout=STEP_SECONDS,
                )
        except subprocess.TimeoutExpired:
            sys.exit(f"{label} took more than {STEP_SECONDS} seconds.")
        seconds = time.perf_counter() - began
        if done.returncode != 0 or not result.exists():
            tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
            sys.exit(f"{label} failed:\n{tail}")
        print(f"{time.strftime('%H:%M:%S')} {label}: {seconds:.0f} s", file=sys.stderr)
        return json.loads(result.read_text(encoding="utf-8")), seconds

    def _environment(self, home: str) -> dict[str, str]:
        # Rasa's cache would make the second training of a pipeline none at all.
        cache = tempfile.mkdtemp(prefix="cache-", dir=self.folder)
        return os.environ | {
            "OPASTIN_HOME": str(self.folder / f"home-{home}"),
            "OPASTIN_NOW": f"{SAID_ON.isoformat()}T12:00:00",
            "RASA_CACHE_DIRECTORY": cache,
        }


def _stay_on(cores: int) -> None:
    # Threads of every library are held to the same cores; macOS cannot do it.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def _tasks(arguments: argparse.Namespace, folder: Path) -> list[Task]:
    tasks = []
    if arguments.only != "massive":
        try:
            tasks.append(own_task(ROOT / "bot" / "data" / "nlu", arguments.held_out))
        except UserError as error:
            print(f"The project's data is left out: {error}", file=sys.stderr)
    if arguments.only != "own":
        if (arguments.samples / "massive").is_dir():
            samples = arguments.samples / "massive"
            tasks += massive_tasks(samples, folder, apart=False)
            tasks += massive_tasks(samples, folder, apart=True) if arguments.apart else []
        else:
            print(f"No MASSIVE in {arguments.samples}: left out.", file=sys.stderr)
    return tasks


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("own", "massive"))
    parser.add_argument("--apart", action="store_true", help="MASSIVE one language at a time, too")
    parser.add_argument("--pipeline", choices=PIPELINES, action="append", help="only this one")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--held-out", type=Path, default=ROOT / "tests" / "nlu")
    parser.add_argument("--samples", type=Path, default=ROOT.parent / "shared" / "samples")
    parser.add_argument("--cores", type=int, default=min(2, os.cpu_count() or 1), help="to train")
    parser.add_argument(
        "--epochs", type=int, default=EPOCHS, help="of stock; fewer take less time, and learn less"
    )
    parser.add_argument("--seed", type=int, default=0, help="of what training draws at random")
    arguments = parser.parse_args()
    arguments.pipeline = arguments.pipeline or list(PIPELINES)
    return arguments


if __name__ == "__main__":
    main()
