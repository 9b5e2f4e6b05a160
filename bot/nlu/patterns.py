"""Patterns of bot/data/lookups: the phrases that alternatives in brackets stand for."""

from __future__ import annotations

import re

_GROUP = re.compile(r"\(([^()]*)\)")


def spelled_out(pattern: str) -> list[str]:
    """Return every phrase that a pattern with alternatives stands for.

    >>> spelled_out("(olen |)työtön")
    ['olen työtön', 'työtön']
    """
    group = _GROUP.search(pattern)
    if group is None:
        phrase = " ".join(word for word in pattern.split() if word != "*")
        return [phrase] if phrase else []
    head, tail = pattern[: group.start()], pattern[group.end() :]
    return [
        phrase
        for choice in group.group(1).split("|")
        for phrase in spelled_out(f"{head}{choice}{tail}")
    ]
