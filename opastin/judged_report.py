"""The figures of `opastin evaluate suggestions --judged` as a table for people and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from opastin.judged_scores import Score, mean_score
from opastin.judged_trials import Served
from opastin.tables import aligned

DIGITS = 4
ALL = "all"


def as_table(served: Sequence[Served]) -> str:
    """Return each search's figures, by language and by kind of wish."""
    blocks = [
        _rows("language", served, lambda one: one.case.language),
        _rows("kind", served, lambda one: one.case.kind),
    ]
    return "\n\n".join("\n".join(aligned(rows)) for rows in blocks)


def as_json(served: Sequence[Served]) -> dict[str, Any]:
    """Return every figure, and what was shown for each case, ready for JSON."""
    return {
        "all": _by_search(served),
        "languages": _groups_as_json(served, lambda one: one.case.language),
        "kinds": _groups_as_json(served, lambda one: one.case.kind),
        "cases": _groups_as_json(served, lambda one: one.case.id, shown=True),
    }


def _rows(kind: str, served: Sequence[Served], group: Callable[[Served], str]) -> list[list[str]]:
    rows = [[kind, "search", "people", "nDCG@5", "hit@3", "against limits"]]
    for name, items in _grouped(served, group).items():
        rows += [[name, *row] for row in _search_rows(items)]
    return [*rows, *([ALL, *row] for row in _search_rows(served))]


def _search_rows(served: Sequence[Served]) -> Iterator[list[str]]:
    for search, score in _scores(served).items():
        yield [
            search,
            str(score.people),
            f"{score.ndcg:.3f}",
            f"{score.hit:.3f}",
            str(score.violations),
        ]


def _grouped(served: Sequence[Served], group: Callable[[Served], str]) -> dict[str, list[Served]]:
    groups: dict[str, list[Served]] = {}
    for one in served:
        groups.setdefault(group(one), []).append(one)
    return {name: groups[name] for name in sorted(groups)}


def _scores(served: Sequence[Served]) -> dict[str, Score]:
    searches = dict.fromkeys(one.search for one in served)
    return {
        name: mean_score(one.score for one in served if one.search == name) for name in searches
    }


def _by_search(served: Sequence[Served]) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "people": score.people,
            "ndcg_at_5": round(score.ndcg, DIGITS),
            "hit_at_3": round(score.hit, DIGITS),
            "violations": score.violations,
        }
        for name, score in _scores(served).items()
    }


def _groups_as_json(
    served: Sequence[Served], group: Callable[[Served], str], *, shown: bool = False
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, items in _grouped(served, group).items():
        found[name] = _by_search(items)
        if shown:
            for one in items:
                found[name][one.search]["shown"] = list(one.shown)
    return found
