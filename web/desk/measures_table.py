"""The measures as rows of one table: for spreadsheets and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from coaching.measure_report import Report
from coaching.measures import Figures, Table
from web.desk.measure_names import Names

HEADS = (
    "table",
    "code",
    "name",
    "conversations",
    "success_percent",
    "to_coach_percent",
    "not_understood_percent",
    "messages_median",
    "wait_minutes_median",
    "rating_mean",
    "at_least",
    "at_most",
)
_COUNTED_ONLY = 6


def rows(report: Report, names: Names) -> Iterator[tuple[object, ...]]:
    """Yield the heads and then every figure; None is hidden, or there was nothing to measure."""
    yield HEADS
    scope = report.scope
    yield ("all", f"{scope.names[0]}/{scope.names[-1]}", "", *_cells(report.weeks.total))
    yield from _table("week", report.weeks, str)
    yield from _table("channel", report.channels, names.among("channels"))
    yield from _table("language", report.languages, names.among("languages"))
    yield from _table("place", report.places, names.place)
    yield from _table("team", report.teams, names.team)
    yield from _counts("step", report.steps, names.among("steps"))
    yield from _counts("rating", report.ratings, str)
    yield from _counts("question", report.questions, names.among("intents"))
    yield from _demand(report, names)


def _table(kind: str, table: Table, name: Callable[[str], str]) -> Iterator[tuple[object, ...]]:
    for code, figures in table.groups.items():
        yield (kind, code, name(code), *_cells(figures))


def _counts(
    kind: str, counts: Mapping[str, int | None], name: Callable[[str], str]
) -> Iterator[tuple[object, ...]]:
    for code, number in counts.items():
        yield (kind, code, name(code), number, *[None] * (_COUNTED_ONLY + 2))


def _demand(report: Report, names: Names) -> Iterator[tuple[object, ...]]:
    nothing = [None] * (_COUNTED_ONLY + 1)
    for one in report.demand:
        bands = {"": one.total, **{f"/{field}": band for field, band in one.fields.items()}}
        for field, band in bands.items():
            name = names.unmet_place(one.place)
            if field:
                name = f"{name}: {names.field(field[1:])}"
            yield ("unmet", f"{one.place}{field}", name, *nothing, band.at_least, band.at_most)


def _cells(figures: Figures) -> tuple[object, ...]:
    return (
        figures.conversations,
        figures.success,
        figures.handed_over,
        figures.not_understood,
        figures.messages,
        None if figures.wait is None else round(figures.wait),
        figures.rating,
        None,
        None,
    )
