"""Figures and the table of `bench.understanding`, from what the pipelines found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median, quantiles
from typing import Any

from bench.understanding_work import LANGUAGES, Message
from opastin.nlu_scores import Share

# Errors of ours over those of stock, and what one message may cost.
MOST_ERRORS = {"own": 0.5, "massive": 0.7}
TARGETS = {
    "training_cached_seconds": 20,
    "over_encoder": 1.6,
    "again_ms": 8,
    "memory_mb": 750,
}
ALL, UNASKED = "all", "with no question"
COLUMN = 24


def accuracies(
    messages: Sequence[Message], intents: Sequence[str | None]
) -> dict[str, dict[str, Any]]:
    """Return how many intents are right: in all, per language, and where nothing was asked."""
    pairs = list(zip(messages, intents, strict=True))
    groups = {ALL: pairs}
    for language in LANGUAGES:
        groups[language] = [pair for pair in pairs if pair[0].language == language]
    if any(message.asked for message in messages):
        groups[UNASKED] = [pair for pair in pairs if not pair[0].asked]
    return {name: _accuracy(group) for name, group in groups.items() if group}


def _accuracy(pairs: Sequence[tuple[Message, str | None]]) -> dict[str, Any]:
    right = Share(sum(message.intent == intent for message, intent in pairs), len(pairs))
    return {
        "messages": right.of,
        "errors": right.of - right.count,
        "accuracy": round(right.count / right.of, 4),
        "interval": [round(bound, 4) for bound in right.interval or ()],
    }


def errors_ratio(ours: Mapping[str, Any], stock: Mapping[str, Any]) -> dict[str, float | None]:
    """Return the errors of ours over those of stock in each group; None where stock has none."""
    return {
        name: round(ours[name]["errors"] / stock[name]["errors"], 3)
        if stock[name]["errors"]
        else None
        for name in ours
    }


def speed(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return milliseconds a message, new and seen before, and next to the encoder alone."""
    figures = {
        f"{name}_{part}": value
        for name in ("new_ms", "again_ms")
        for part, value in zip(("median", "p95"), _middle_and_end(found[name]), strict=True)
    }
    if found["alone_ms"]:
        encoding = [encoder for _, encoder in found["alone_ms"]]
        figures["encoder_ms_median"], figures["encoder_ms_p95"] = _middle_and_end(encoding)
        ratios = [reading / encoder for reading, encoder in found["alone_ms"]]
        figures["over_encoder_median"], figures["over_encoder_p95"] = _middle_and_end(ratios, 2)
    return figures


def _middle_and_end(values: Sequence[float], digits: int = 1) -> tuple[float, float]:
    return round(median(values), digits), round(quantiles(values, n=20)[-1], digits)


def as_table(task: str, figures: Mapping[str, Any]) -> str:
    """Return the figures of a task in a line each, the pipelines side by side."""
    present = [name for name in ("ours", "stock") if name in figures]
    lines = [f"{task:28}" + "".join(f"{name:>{COLUMN}}" for name in present)]
    for label, values, verdict in _rows(task, [figures[name] for name in present], figures):
        cells = "".join(f"{value!s:>{COLUMN}}" for value in values)
        lines.append(f"  {label:26}{cells}  {verdict}".rstrip())
    return "\n".join(lines)


def _rows(
    task: str, sides: Sequence[Mapping[str, Any]], figures: Mapping[str, Any]
) -> Iterator[tuple[str, list[str], str]]:
    most = MOST_ERRORS.get(task.split("-")[0])
    for group in sides[0]["accuracy"]:
        cells = [_share(side["accuracy"][group]) for side in sides]
        ratio = figures.get("errors_ratio", {}).get(group)
        verdict = "" if ratio is None else f"errors {ratio:.2f} of stock's{_held(ratio, most)}"
        yield f"accuracy {group}", cells, verdict
    for label, name, target in (
        ("training, s", "training_seconds", None),
        ("of it without starting, s", "fit_seconds", None),
        ("processor's, s", "processor_seconds", None),
        ("training, vectors cached, s", "training_cached_seconds", "training_cached_seconds"),
        ("new message, ms", "new_ms", None),
        ("seen before, ms", "again_ms", "again_ms"),
        ("encoder alone, ms", "encoder_ms", None),
        ("message / encoder", "over_encoder", "over_encoder"),
        ("memory, MB", "memory_mb", "memory_mb"),
    ):
        cells = [_number(side, name) for side in sides]
        if any(cells):
            ours = sides[0].get(name, sides[0].get(f"{name}_median"))
            is_judged = "ours" in figures and ours is not None and target is not None
            yield label, cells, _held(ours, TARGETS[target]).lstrip(", ") if is_judged else ""


def _share(figures: Mapping[str, Any]) -> str:
    low, high = figures["interval"]
    return f"{figures['accuracy']:.3f} ({low:.3f}-{high:.3f})"


def _number(figures: Mapping[str, Any], name: str) -> str:
    if name in figures:
        return str(figures[name])
    if f"{name}_median" in figures:
        return f"{figures[f'{name}_median']} (p95 {figures[f'{name}_p95']})"
    return ""


def _held(value: float, most: float | None) -> str:
    return "" if most is None else f", at most {most}: {'yes' if value <= most else 'NO'}"
