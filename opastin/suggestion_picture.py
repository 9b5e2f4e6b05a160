"""A picture of what each type and each provider gets, against what it would get by lot."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guidance.evaluation import Standing
from opastin.suggestion_trials import Trials

WIDTH_INCHES = 7.6
INCHES_A_ROW = 0.19
HEAD_INCHES = 0.75
BY_LOT, MORE, LESS = "#8a8a8a", "#1f5f9e", "#b3300f"
# Same picture, same file: matplotlib would put a random seed and the hour into an SVG.
_STYLE = {"svg.hashsalt": "opastin", "svg.fonttype": "path"}


def draw_spread(trials: Trials, target: Path) -> None:
    """Draw the types and then the providers; the suffix tells the format."""
    with warnings.catch_warnings():
        # matplotlib 3.5 uses what newer versions of its own dependencies call old.
        warnings.simplefilter("ignore", DeprecationWarning)
        import matplotlib  # type: ignore[import-untyped]

        metadata = {"Date": None} if target.suffix == ".svg" else {"Software": None}
        with matplotlib.rc_context(_STYLE):
            _draw(trials).savefig(
                target, dpi=110, bbox_inches="tight", pad_inches=0.2, metadata=metadata
            )


def _draw(trials: Trials) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # type: ignore[import-untyped]
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    blocks = {"types": trials.types.standings(), "providers": trials.providers.standings()}
    heights = [HEAD_INCHES + INCHES_A_ROW * len(rows) for rows in blocks.values()]
    figure = Figure(figsize=(WIDTH_INCHES, sum(heights)))
    FigureCanvasAgg(figure)
    top = 1.0
    for (name, standings), height in zip(blocks.items(), heights, strict=True):
        share = height / sum(heights)
        # The lower part of the head is for the ticks of the block above.
        inner = share * (1 - HEAD_INCHES / height)
        axes = figure.add_axes((0.0, top - share + (share - inner) * 0.35, 1.0, inner))
        _fill(axes, standings, name)
        top -= share
    return figure


def _fill(axes: Any, standings: Sequence[Standing], name: str) -> None:
    for row, one in enumerate(standings):
        colour = MORE if one.ratio >= 1 else LESS
        axes.plot([one.eligible, one.suggested], [row, row], color=colour, linewidth=1.4, zorder=2)
        axes.plot(one.eligible, row, "o", color=BY_LOT, markersize=4.5, zorder=3)
        axes.plot(one.suggested, row, "o", color=colour, markersize=5.5, zorder=4)
    axes.set_yticks(range(len(standings)))
    axes.set_yticklabels([_label(one) for one in standings], fontsize=7.5)
    axes.set_ylim(len(standings) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.tick_params(length=0, labelsize=7.5)
    axes.grid(axis="x", color="#e6e6e6", linewidth=0.6, zorder=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_title(
        f"Share of people's first pages, {name}; grey: by lot, coloured: as suggested",
        loc="left",
        fontsize=9,
    )


def _label(one: Standing) -> str:
    return f"{one.name}  {one.ratio:.2f}"
