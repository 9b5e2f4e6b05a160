"""Unmet demand that the bot tells of beside its words: taken out before anybody reads them."""

from __future__ import annotations

from dataclasses import replace

from coaching.demand import Unmet, read_unmet
from coaching.transcript import Answer, Draft

KEY = "demand"


def take_out(answer: Answer) -> tuple[Answer, tuple[Unmet, ...]]:
    """Return the answer as the person gets it, and the searches that are to be counted."""
    told = ((draft.custom or {}).get(KEY) for draft in answer.drafts)
    unmet = tuple(filter(None, map(read_unmet, told)))
    return replace(answer, drafts=tuple(map(_without, answer.drafts))), unmet


def _without(draft: Draft) -> Draft:
    if KEY not in (draft.custom or {}):
        return draft
    rest = {name: value for name, value in (draft.custom or {}).items() if name != KEY}
    return replace(draft, custom=rest or None)
