"""How forms of the desk name messages: the conversation's id, a dot, the message's number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coaching.reviews import LISTED, Key

_NAMED = re.compile(r"([0-9a-f]{32})\.([0-9]{1,9})")


def named(key: Key) -> str:
    """Return the name of a message."""
    return f"{key[0]}.{key[1]}"


def keys_in(sent: Iterable[object]) -> list[Key]:
    """Return the messages that were named, each once; what is no name is left out.

    >>> keys_in(["0" * 32 + ".7", "nonsense"])
    [('00000000000000000000000000000000', 7)]
    """
    matches = (_NAMED.fullmatch(name) for name in sent if isinstance(name, str))
    keys = dict.fromkeys((match[1], int(match[2])) for match in matches if match is not None)
    return list(keys)[:LISTED]
