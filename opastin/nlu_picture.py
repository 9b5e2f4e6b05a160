"""A picture of which intents are taken for which."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from opastin.nlu_scores import Figures

# In the order of the picture, so that neighbours in meaning are neighbours on paper.
FAMILIES = {
    "small talk": (
        "greet",
        "goodbye",
        "thank",
        "chitchat",
        "bot_challenge",
        "complain",
        "abuse",
        "crisis",
        "out_of_scope",
    ),
    "answers": ("affirm", "deny", "unsure", "inform", "correct", "map_competence"),
    "steering": (
        "start_guidance",
        "go_back",
        "start_over",
        "stop",
        "repeat",
        "ask_help",
        "change_language",
        "use_plain_language",
    ),
    "people and privacy": ("ask_human", "request_callback", "ask_privacy", "delete_my_data"),
    "options": (
        "show_options",
        "show_more",
        "refine_options",
        "ask_details",
        "compare_options",
        "explain_choice",
        "save_option",
        "make_plan",
        "take_home",
    ),
    "kinds of studies": (
        "faq/open_university_path",
        "faq/path_studies",
        "faq/micro_credential",
        "faq/study_package",
        "faq/skill_badge",
        "faq/credits",
        "faq/certificate",
    ),
    "money": (
        "faq/cost",
        "faq/study_grant",
        "faq/unemployment_benefit",
        "faq/adult_education_allowance",
        "faq/jotpa",
        "faq/employment_effect",
    ),
    "applying": (
        "faq/eligibility",
        "faq/recognition_of_prior_learning",
        "faq/foreign_qualification",
        "faq/how_to_apply",
        "faq/application_period",
        "faq/entrance_exam",
        "faq/language_requirement",
    ),
    "studying": (
        "faq/workload",
        "faq/online_study",
        "faq/digital_help",
        "faq/study_support",
        "faq/guidance_services",
    ),
}
INCHES_A_ROW = 0.21
# Same picture, same file: matplotlib would put a random seed and the hour into an SVG.
_STYLE = {"svg.hashsalt": "opastin", "svg.fonttype": "path"}


def draw_confusion(figures: Figures, target: Path) -> None:
    """Draw meant intents as rows and understood ones as columns; the suffix tells the format."""
    with warnings.catch_warnings():
        # matplotlib 3.5 uses what newer versions of its own dependencies call old.
        warnings.simplefilter("ignore", DeprecationWarning)
        import matplotlib  # type: ignore[import-untyped]

        metadata = {"Date": None} if target.suffix == ".svg" else {"Software": None}
        with matplotlib.rc_context(_STYLE):
            _draw(figures).savefig(
                target, dpi=110, bbox_inches="tight", pad_inches=0.2, metadata=metadata
            )


def order_intents(names: set[str]) -> list[str]:
    """Return `names` by family; those of none come last."""
    known = [name for family in FAMILIES.values() for name in family]
    return [name for name in known if name in names] + sorted(names.difference(known))


def _draw(figures: Figures) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # type: ignore[import-untyped]
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    names = order_intents({name for pair in figures.confusion for name in pair})
    size = INCHES_A_ROW * len(names)
    figure = Figure(figsize=(size, size))
    FigureCanvasAgg(figure)
    # Names lie around the axes; the file is cut to what is drawn.
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    _fill(axes, figures, names)
    _label(axes, names)
    right = figures.intent
    axes.set_title(
        f"{right.count} of {right.of} messages have the intent that was meant; "
        "rows: meant, columns: understood",
        loc="left",
        pad=12,
    )
    return figure


def _fill(axes: Any, figures: Figures, names: list[str]) -> None:
    from matplotlib.colors import LinearSegmentedColormap  # type: ignore[import-untyped]

    place = {name: index for index, name in enumerate(names)}
    maps = {
        True: LinearSegmentedColormap.from_list("right", ["#eef4fb", "#1f5f9e"]),
        False: LinearSegmentedColormap.from_list("wrong", ["#fdeee6", "#b3300f"]),
    }
    for (meant, taken), count in figures.confusion.items():
        share = count / max(1, figures.intents[meant].support)
        row, column, is_right = place[meant], place[taken], meant == taken
        colour = maps[is_right](share)
        axes.add_patch(_square(column, row, colour))
        ink = "white" if share > 0.55 else "black"
        axes.text(column, row, count, ha="center", va="center", fontsize=6.5, color=ink)


def _square(column: int, row: int, colour: Any) -> Any:
    from matplotlib.patches import Rectangle  # type: ignore[import-untyped]

    return Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, linewidth=0)


def _label(axes: Any, names: list[str]) -> None:
    ticks = range(len(names))
    axes.set_xticks(ticks)
    axes.set_xticklabels(names, rotation=90, fontsize=7.5)
    axes.set_yticks(ticks)
    axes.set_yticklabels(names, fontsize=7.5)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_aspect("equal")
    axes.tick_params(length=0)
    for line in range(len(names) + 1):
        axes.axhline(line - 0.5, color="#e6e6e6", linewidth=0.4, zorder=0)
        axes.axvline(line - 0.5, color="#e6e6e6", linewidth=0.4, zorder=0)
    _label_families(axes, names)


def _label_families(axes: Any, names: list[str]) -> None:
    first = 0
    for family, members in FAMILIES.items():
        size = len(set(members) & set(names))
        if not size:
            continue
        for draw in (axes.axhline, axes.axvline):
            draw(first - 0.5, color="#808080", linewidth=0.8)
        axes.text(
            len(names), first + (size - 1) / 2, family, va="center", fontsize=9, color="#404040"
        )
        first += size
