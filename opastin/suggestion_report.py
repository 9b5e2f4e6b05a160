"""The figures of `opastin evaluate suggestions` as a table for people and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from catalog.geography import load_geography
from guidance.evaluation import VARIETY, Spread, Standing, gini
from opastin.nlu_scores import Share
from opastin.suggestion_trials import NO_PLACE, Served, Trials
from opastin.tables import aligned

SHOWN_PROVIDERS = 8
# A group that is eligible less often than this gets a ratio that is chance.
RARE = 0.005
DIGITS = 4
SAMPLE_NOTE = (
    "{sample} of {options} options are sample data: what is measured is the method, "
    "not the supply of studies."
)


def as_table(trials: Trials) -> str:
    """Return the figures, types, the most and least favoured providers, regions and languages."""
    tables = [
        _figure_rows(trials),
        _standing_rows("type", trials.types.standings()),
        _standing_rows("provider", _extremes(trials.providers.standings())),
        _served_rows("region", trials.regions, trials.moved, region_name),
        _served_rows("language", trials.languages, trials.speaking, str),
    ]
    blocks = ["\n".join(aligned(rows)) for rows in tables if len(rows) > 1]
    if trials.sample_options:
        note = SAMPLE_NOTE.format(sample=trials.sample_options, options=trials.options)
        blocks.insert(0, note)
    return "\n\n".join(blocks)


def as_json(trials: Trials) -> dict[str, Any]:
    """Return every figure, ready for JSON."""
    return {
        "options": trials.options,
        "sample_options": trials.sample_options,
        "people": _served_as_json(trials.all),
        "evenness": {
            name: {key: round(value, DIGITS) for key, value in evenness(spread).items()}
            for name, spread in (("providers", trials.providers), ("types", trials.types))
        },
        "providers": [_standing_as_json(one) for one in trials.providers.standings()],
        "types": [_standing_as_json(one) for one in trials.types.standings()],
        "regions": _groups_as_json(trials.regions),
        "regions_same_people": _groups_as_json(trials.moved),
        "languages": _groups_as_json(trials.languages),
        "languages_same_people": _groups_as_json(trials.speaking),
    }


def evenness(spread: Spread) -> dict[str, float]:
    """Return the Gini of what groups got, of what they would get by lot, and what was moved."""
    standings = spread.standings()
    return {
        "gini_by_lot": gini(one.eligible for one in standings),
        "gini_suggested": gini(one.suggested for one in standings),
        "moved": sum(abs(one.suggested - one.eligible) for one in standings) / 2,
    }


def region_name(code: str) -> str:
    """Return a region's name in English."""
    place = load_geography().get(code)
    return place.name("en") if place else NO_PLACE


def _figure_rows(trials: Trials) -> list[list[str]]:
    served = trials.all
    rows = [
        ["people", str(served.people)],
        ["without any option", _share(served.without, served.people)],
        ["with fewer than three", _share(served.few, served.people)],
        ["something in the region or at home", _share(served.reachable, served.people)],
        ["an equal option left out by its id", _share(served.tied, served.people)],
    ]
    for name, spread in (("providers", trials.providers), ("types", trials.types)):
        figures = evenness(spread)
        rows += [
            [f"Gini of {name}, by lot", f"{figures['gini_by_lot']:.3f}"],
            [f"Gini of {name}, suggested", f"{figures['gini_suggested']:.3f}"],
            [f"attention moved between {name}", f"{figures['moved']:.3f}"],
        ]
    return rows


def _standing_rows(kind: str, standings: Sequence[Standing]) -> list[list[str]]:
    head = [kind, "options", "by lot", "suggested", "ratio", "chief reason"]
    return [head, *(_standing_row(one) for one in standings)]


def _standing_row(one: Standing) -> list[str]:
    name, points = one.reason
    return [
        one.name,
        str(one.options),
        f"{one.eligible:.3f}",
        f"{one.suggested:.3f}",
        f"{one.ratio:.2f}",
        name if name == VARIETY else f"{name} {points:+.1f}",
    ]


def _extremes(standings: Sequence[Standing]) -> list[Standing]:
    telling = [one for one in standings if one.eligible >= RARE]
    return telling[:SHOWN_PROVIDERS] + telling[SHOWN_PROVIDERS:][-SHOWN_PROVIDERS:]


def _served_rows(
    kind: str,
    drawn: Mapping[str, Served],
    same: Mapping[str, Served],
    name: Callable[[str], str],
) -> list[list[str]]:
    head = [kind, "people", "without", "same people", "without", "few", "region or home"]
    return [head, *_served_lines(drawn, same, name)]


def _served_lines(
    drawn: Mapping[str, Served], same: Mapping[str, Served], name: Callable[[str], str]
) -> Iterator[list[str]]:
    for code in sorted({*drawn, *same}):
        own, moved = drawn.get(code, Served()), same.get(code, Served())
        yield [
            name(code),
            str(own.people),
            _value(own.without, own.people),
            str(moved.people),
            _value(moved.without, moved.people),
            _value(moved.few, moved.people),
            _value(moved.reachable, moved.people),
        ]


def _share(count: int, of: int) -> str:
    share = Share(count, of)
    low, high = share.interval or (0.0, 1.0)
    return f"{_value(count, of)} ({low:.3f}-{high:.3f})"


def _value(count: int, of: int) -> str:
    value = Share(count, of).value
    return "-" if value is None else f"{value:.3f}"


def _standing_as_json(one: Standing) -> dict[str, Any]:
    reason, points = one.reason
    return {
        "name": one.name,
        "options": one.options,
        "eligible": round(one.eligible, DIGITS),
        "suggested": round(one.suggested, DIGITS),
        "ratio": round(one.ratio, DIGITS),
        "reason": {"code": reason, "points": round(points, DIGITS)},
        "points": {name: round(value, DIGITS) for name, value in one.leads},
    }


def _groups_as_json(groups: Mapping[str, Served]) -> dict[str, Any]:
    return {code: _served_as_json(groups[code]) for code in sorted(groups)}


def _served_as_json(served: Served) -> dict[str, Any]:
    low, high = Share(served.without, served.people).interval or (None, None)
    return {
        "people": served.people,
        "without": served.without,
        "without_low": None if low is None else round(low, DIGITS),
        "without_high": None if high is None else round(high, DIGITS),
        "few": served.few,
        "reachable": served.reachable,
        "tied": served.tied,
    }
