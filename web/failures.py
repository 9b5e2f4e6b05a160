"""Describe failures for the log without the words that they may quote."""

from __future__ import annotations

import traceback


def describe(error: BaseException) -> str:
    """Return where an exception came from and its kind; its own text can be a person's."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{frames}"
