"""Go through JSON-LD node by node, wherever in it the nodes stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from catalog.importers.jsonld import Context, Index, Thing


def walk(
    roots: Iterable[Any], context: Context, *, index: Index, until: Collection[str] = ()
) -> Iterator[Thing]:
    """Yield all nodes, the outer ones first, and nothing of what lies inside the types `until`."""
    ends = frozenset(until)
    for root in roots:
        waiting = [(root, context)]
        while waiting:
            value, known = waiting.pop()
            if isinstance(value, list):
                waiting += [(item, known) for item in reversed(value)]
            # A value with its language or its type is none.
            elif isinstance(value, dict) and "@value" not in value:
                thing = Thing(value, known, index)
                yield thing
                if not thing.types & ends:
                    inner = [
                        (item, thing.context)
                        for key, item in value.items()
                        if isinstance(item, dict | list) and key != "@context"
                    ]
                    waiting += reversed(inner)


def index_node(thing: Thing, index: Index, *, apart_from: Collection[str]) -> None:
    """Remember a node that others may point to, unless it is of one of the types."""
    if thing.id and not thing.is_reference and not thing.types & frozenset(apart_from):
        index.setdefault(thing.id, (thing.raw, thing.context))
