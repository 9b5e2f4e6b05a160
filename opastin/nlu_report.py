"""The figures of `opastin evaluate nlu` as a table for people, as JSON, and the errors as YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from opastin.nlu_scores import Figures, Outcome, Share
from opastin.nlu_slots import Tally
from opastin.tables import aligned

SHOWN_PAIRS = 15
DIGITS = 3
_Cell = Callable[[Figures], str]
_SHARES = (
    "intent",
    "out_of_scope_noticed",
    "out_of_scope_noticed_by_intent",
    "out_of_scope_false_alarms",
    "out_of_scope_false_alarms_by_intent",
    "in_doubt",
    "crisis_noticed",
    "crisis_false_alarms",
    "place",
    "frames",
    "language",
)


def as_table(figures: Mapping[str, Figures]) -> str:
    """Return the figures of each group, slots one by one, and the intents most confused."""
    return "\n\n".join(
        "\n".join(aligned(rows))
        for rows in (_figure_rows(figures), _slot_rows(figures), _pair_rows(figures["all"]))
        if len(rows) > 1
    )


def as_json(figures: Figures) -> dict[str, Any]:
    """Return every figure, ready for JSON."""
    confusion: dict[str, dict[str, int]] = {}
    for (meant, taken), count in sorted(figures.confusion.items()):
        confusion.setdefault(meant, {})[taken] = count
    return {
        "messages": figures.messages,
        **{name: _share_as_json(getattr(figures, name)) for name in _SHARES},
        "macro_f1": _rounded(figures.macro_f1),
        "calibration_error": _rounded(figures.calibration_error),
        "all_slots": _tally_as_json(figures.all_slots),
        "slots": {name: _tally_as_json(tally) for name, tally in figures.slots.items()},
        "intents": {name: _tally_as_json(tally) for name, tally in figures.intents.items()},
        "confused": [list(pair) for pair in figures.confused],
        "confusion": confusion,
    }


def misunderstood(outcomes: Sequence[Outcome]) -> str:
    """Return the messages that were not wholly understood, as YAML, with what was understood."""
    items = [_error(one, wrong) for one in outcomes if (wrong := list(_wrong_parts(one)))]
    return yaml.safe_dump(
        items, allow_unicode=True, default_flow_style=None, sort_keys=False, width=10_000
    )


def _figure_rows(figures: Mapping[str, Figures]) -> list[list[str]]:
    rows: list[tuple[str, _Cell]] = [
        ("messages", lambda one: str(one.messages)),
        ("intent right", lambda one: _shown(one.intent)),
        ("  95 % interval", lambda one: _interval(one.intent)),
        ("macro F1", lambda one: _number(one.macro_f1)),
        ("out of scope noticed", lambda one: _shown(one.out_of_scope_noticed)),
        ("  by intent alone", lambda one: _shown(one.out_of_scope_noticed_by_intent)),
        ("out of scope false alarms", lambda one: _shown(one.out_of_scope_false_alarms)),
        ("  by intent alone", lambda one: _shown(one.out_of_scope_false_alarms_by_intent)),
        ("in doubt", lambda one: _shown(one.in_doubt)),
        ("crisis noticed", lambda one: _shown(one.crisis_noticed)),
        ("crisis false alarms", lambda one: _shown(one.crisis_false_alarms)),
        ("slots precision", lambda one: _number(one.all_slots.precision)),
        ("slots recall", lambda one: _number(one.all_slots.recall)),
        ("slots F1", lambda one: _number(one.all_slots.f1)),
        ("places right", lambda one: _shown(one.place)),
        ("frames right", lambda one: _shown(one.frames)),
        ("language right", lambda one: _shown(one.language)),
        ("calibration error", lambda one: _number(one.calibration_error)),
    ]
    return [["", *figures], *([name, *map(cell, figures.values())] for name, cell in rows)]


def _slot_rows(figures: Mapping[str, Figures]) -> list[list[str]]:
    groups = [name for name in figures if name != "all"]
    head = ["slot", "said", "found", "precision", "recall", "F1", *(f"F1 {it}" for it in groups)]
    rows = [
        [
            name,
            str(tally.support),
            str(tally.right + tally.wrong),
            *map(_number, (tally.precision, tally.recall, tally.f1)),
            *(_number(figures[group].slots.get(name, Tally()).f1) for group in groups),
        ]
        for name, tally in figures["all"].slots.items()
    ]
    return [head, *rows]


def _pair_rows(figures: Figures) -> list[list[str]]:
    pairs = figures.confused[:SHOWN_PAIRS]
    return [
        ["meant", "taken for", "messages"],
        *([meant, taken, str(count)] for meant, taken, count in pairs),
    ]


def _shown(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.3f} ({share.count}/{share.of})"


def _interval(share: Share) -> str:
    return "-" if share.interval is None else "{:.3f}-{:.3f}".format(*share.interval)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.{DIGITS}f}"


def _share_as_json(share: Share) -> dict[str, Any]:
    low, high = share.interval or (None, None)
    return {
        "share": _rounded(share.value),
        "count": share.count,
        "of": share.of,
        "low": _rounded(low),
        "high": _rounded(high),
    }


def _tally_as_json(tally: Tally) -> dict[str, Any]:
    return {
        "precision": _rounded(tally.precision),
        "recall": _rounded(tally.recall),
        "f1": _rounded(tally.f1),
        "support": tally.support,
        "right": tally.right,
        "wrong": tally.wrong,
        "missed": tally.missed,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS + 1)


def _wrong_parts(outcome: Outcome) -> Iterator[str]:
    if not outcome.is_intent_right:
        yield "intent"
    if not outcome.are_slots_right:
        yield "slots"
    if not outcome.is_language_right:
        yield "language"


def _error(outcome: Outcome, wrong: list[str]) -> dict[str, Any]:
    case, understood = outcome.case, outcome.understood
    asked = {} if case.asked is None else {"asked": case.asked}
    return {
        "text": case.text,
        **asked,
        "wrong": wrong,
        "slots_wrong": [name for name, tally in outcome.slots.items() if not tally.is_perfect],
        "meant": {"intent": case.intent, "language": case.language, "slots": dict(case.slots)},
        "understood": {
            "intent": outcome.intent,
            "confidence": understood.confidence,
            "in_doubt": understood.is_in_doubt,
            "language": understood.language,
            "slots": dict(understood.slots),
        },
        "source": case.source,
    }
