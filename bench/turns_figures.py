"""What `bench.turns` makes of its times: figures by side, their ratios, the targets, a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles
from typing import Any

from bench.turns_people import AROUND, MARKS, Crowd, Timed
from bench.turns_talk import SIDES

# Points of the curve in the picture.
TURNS_A_POINT = 10
# Which of the crowds has a target.
BUSY_USERS = 32


@dataclass(frozen=True)
class Target:
    """What a figure is held to; `least` says that more is better."""

    name: str
    value: float
    least: bool = False

    def is_met(self, found: float) -> bool:
        """Return whether the figure found is good enough."""
        return found >= self.value if self.least else found <= self.value


# Ratios of ours to stock, but for the ones that say something else.
TARGETS = (
    Target("turn_5", 0.5),
    Target("turn_200", 0.1),
    Target("ours_200_over_5", 1.2),
    Target("turns_a_second_32", 2.0, least=True),
    Target("start", 0.4),
    Target("training", 0.3),
    Target("memory_uss", 0.65),
    Target("memory_rss", 0.65),
    Target("two_workers_over_one", 1.6, least=True),
)


def turn_figures(timed: Sequence[Timed], marks: Sequence[int] = MARKS) -> dict[str, Any]:
    """Return the times near each mark by side, and the ratios that targets name."""
    figures: dict[str, Any] = {"curve": {side: curve(timed, side) for side in SIDES}}
    for mark in marks:
        near = [turn for turn in timed if abs(turn.turn - mark) <= AROUND]
        sides = {side: _times(turn for turn in near if turn.side == side) for side in SIDES}
        same = {
            side: _times(turn for turn in near if turn.side == side and turn.is_same)
            for side in SIDES
        }
        options = [turn.has_options for turn in near if turn.side == "ours"]
        figures[f"turn_{mark}"] = {
            **sides,
            "ratio": _ratio(sides, "median_ms"),
            "processor_ratio": _ratio(sides, "processor_ms"),
            "same_answer": {**same, "ratio": _ratio(same, "median_ms")},
            "ours_with_options": round(sum(options) / len(options), 2) if options else None,
        }
    first, last = (figures[f"turn_{mark}"]["ours"] for mark in (marks[0], marks[-1]))
    if first and last:
        figures["ours_last_over_first"] = round(last["median_ms"] / first["median_ms"], 2)
    return figures


def curve(timed: Iterable[Timed], side: str) -> list[tuple[int, float]]:
    """Return the median time of every ten turns, with the first of them."""
    points: dict[int, list[float]] = {}
    for turn in timed:
        if turn.side == side:
            points.setdefault(turn.turn // TURNS_A_POINT, []).append(turn.milliseconds)
    return [
        (point * TURNS_A_POINT, round(median(times), 1)) for point, times in sorted(points.items())
    ]


def crowd_figures(crowds: Sequence[Crowd]) -> dict[str, Any]:
    """Return what all stretches with the same number of users make together, by side."""
    figures: dict[str, Any] = {}
    for users in sorted({crowd.users for crowd in crowds}):
        sides = {
            side: _crowd([one for one in crowds if (one.side, one.users) == (side, users)])
            for side in SIDES
        }
        figures[f"users_{users}"] = {**sides, "ratio": _ratio(sides, "turns_a_second")}
    return figures


def _crowd(crowds: Sequence[Crowd]) -> dict[str, Any]:
    turns = sum(crowd.turns for crowd in crowds)
    if turns < 2:
        return {}
    times = [milliseconds for crowd in crowds for milliseconds in crowd.milliseconds]
    processors = {
        f"{name}_processor_ms_a_turn": round(
            sum(crowd.processor_seconds[name] for crowd in crowds) * 1000 / turns, 1
        )
        for name in crowds[0].processor_seconds
    }
    own = sum(crowd.own_processor_seconds for crowd in crowds)
    return {
        "turns_a_second": round(turns / sum(crowd.seconds for crowd in crowds), 1),
        **percentiles(times),
        "unanswered": sum(crowd.unanswered for crowd in crowds),
        **processors,
        "generator_processor_ms_a_turn": round(own * 1000 / turns, 2),
    }


def start_figures(starts: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, Any]:
    """Return the middle of all starts by side, in seconds and in those of the processor."""
    sides = {
        side: {
            kind: round(median(start[side][kind] for start in starts), 1)
            for kind in ("seconds", "processor_seconds")
        }
        for side in SIDES
    }
    return {
        **sides,
        "ratio": _ratio(sides, "seconds"),
        "processor_ratio": _ratio(sides, "processor_seconds"),
        "count": len(starts),
    }


def percentiles(times: Sequence[float]) -> dict[str, Any]:
    """Return how many times there are, their median and their slow end."""
    if len(times) < 2:
        return {}
    return {
        "count": len(times),
        "median_ms": round(median(times), 1),
        "p95_ms": round(quantiles(times, n=20, method="inclusive")[-1], 1),
    }


def judged(figures: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the ratios that have a target by database, each with its target and the verdict."""
    found: dict[str, dict[str, float]] = {"": dict(_general(figures))}
    for database, measured in figures.get("databases", {}).items():
        found[database] = dict(_of_database(measured))
    return {
        f"{target.name} {database}".strip(): {
            "found": ratios[target.name],
            "target": target.value,
            "met": target.is_met(ratios[target.name]),
        }
        for target in TARGETS
        for database, ratios in found.items()
        if target.name in ratios
    }


def _general(figures: Mapping[str, Any]) -> Iterable[tuple[str, float]]:
    if "start" in figures:
        yield "start", figures["start"]["ratio"]
    if "training" in figures:
        yield "training", figures["training"]["ratio"]
    if "workers" in figures:
        yield "two_workers_over_one", figures["workers"]["two_over_one"]


def _of_database(measured: Mapping[str, Any]) -> Iterable[tuple[str, float]]:
    for mark in (MARKS[0], MARKS[-1]):
        if f"turn_{mark}" in measured:
            yield f"turn_{mark}", measured[f"turn_{mark}"]["ratio"]
    if "ours_last_over_first" in measured:
        yield "ours_200_over_5", measured["ours_last_over_first"]
    busy = measured.get(f"users_{BUSY_USERS}")
    if busy:
        yield f"turns_a_second_{BUSY_USERS}", busy["ratio"]
    for kind, ratio in measured.get("memory", {}).get("ratio", {}).items():
        yield f"memory_{kind}", ratio


def _times(turns: Iterable[Timed]) -> dict[str, Any]:
    taken = list(turns)
    found = percentiles([turn.milliseconds for turn in taken])
    # The system counts it in hundredths of a second, so only many together tell something.
    return found | ({"processor_ms": _mean(turn.processor_ms for turn in taken)} if found else {})


def _mean(values: Iterable[float]) -> float:
    return round(fmean(values), 1)


def _ratio(sides: Mapping[str, Mapping[str, Any]], key: str) -> float | None:
    if not all(sides.get(side) for side in SIDES):
        return None
    return round(float(sides["ours"][key]) / float(sides["stock"][key]), 3)


def as_table(figures: Mapping[str, Any]) -> str:
    """Return the ratios with their targets, a line each."""
    lines = [f"{'ours / stock':34}{'found':>8}{'target':>14}"]
    for name, verdict in judged(figures).items():
        least = any(target.least for target in TARGETS if name.startswith(target.name))
        wanted = f"{'at least' if least else 'at most'} {verdict['target']}"
        lines.append(
            f"{name:34}{verdict['found']:>8}{wanted:>14}  {'yes' if verdict['met'] else 'NO'}"
        )
    return "\n".join(lines)
