"""Describe failures for logs and counts without the words that they may quote."""

from __future__ import annotations

import traceback

# Why the bot gave no answer, by what its client says; and what went wrong in the gateway itself.
_OF_BOT = {
    "ClientConnectorError": "bot_unreachable",
    "It took too long.": "bot_slow",
    "NoServer": "bot_unreachable",
    "NotLoaded": "bot_not_ready",
    "The answer is empty.": "bot_silent",
    "TimeoutError": "bot_slow",
}
_OTHER, INTERNAL, ERASURE, RETENTION = "bot_broken", "internal", "erasure", "retention"
KINDS = (*sorted({*_OF_BOT.values(), _OTHER}), INTERNAL, ERASURE, RETENTION)


def describe(error: BaseException) -> str:
    """Return where an exception came from and its kind; its own text can be a person's."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{frames}"


def kind_of(error: Exception) -> str:
    """Return what kind of failure it is that the bot gave no answer."""
    return _OF_BOT.get(str(error), _OTHER)
