"""The picture of `bench.turns`: what a turn takes as a conversation grows, and turns a second."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.turns_talk import SIDES

WIDTH_INCHES, HEIGHT_INCHES = 7.6, 3.2
COLOURS = {"ours": "#1f5f9e", "stock": "#b3300f"}
LINES = {"sqlite": "-", "postgresql": "--"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "ours": "Opastin", "stock": "stock Rasa"}
# Same figures, same file: matplotlib would put a random seed and the hour into an SVG.
_STYLE = {"svg.hashsalt": "opastin", "svg.fonttype": "path", "font.size": 8}


def draw(figures: Mapping[str, Any], target: Path) -> None:
    """Draw the figures; the suffix tells the format."""
    with warnings.catch_warnings():
        # matplotlib 3.5 uses what newer versions of its own dependencies call old.
        warnings.simplefilter("ignore", DeprecationWarning)
        import matplotlib  # type: ignore[import-untyped]

        metadata = {"Date": None} if target.suffix == ".svg" else {"Software": None}
        with matplotlib.rc_context(_STYLE):
            _draw(figures["databases"]).savefig(
                target, dpi=110, bbox_inches="tight", pad_inches=0.1, metadata=metadata
            )


def _draw(databases: Mapping[str, Any]) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # type: ignore[import-untyped]
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES))
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    for database, measured in databases.items():
        for side in SIDES:
            style = {"color": COLOURS[side], "linestyle": LINES[database], "linewidth": 1.4}
            label = f"{NAMES[side]}, {NAMES[database]}"
            turns, times = zip(*measured["curve"][side], strict=True)
            left.plot(turns, times, label=label, **style)
            crowds = {
                int(name.removeprefix("users_")): found[side]["turns_a_second"]
                for name, found in measured.items()
                if name.startswith("users_") and found[side]
            }
            right.plot(list(crowds), list(crowds.values()), marker="o", markersize=3, **style)
    left.set_title("Milliseconds a turn, by its place in the conversation", loc="left", fontsize=8)
    right.set_title("Turns a second, by people who do not think", loc="left", fontsize=8)
    right.set_xscale("log", base=2)
    right.set_xticks([1, 8, 32])
    right.set_xticklabels(["1", "8", "32"])
    left.legend(frameon=False, fontsize=7)
    for axes in (left, right):
        axes.set_ylim(bottom=0)
        axes.tick_params(length=0)
        axes.grid(axis="y", color="#e6e6e6", linewidth=0.6)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    return figure
