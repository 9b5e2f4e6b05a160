"""Errors whose message is meant for the person at the keyboard."""

from __future__ import annotations


class UserError(Exception):
    """A user's mistake; the message is one sentence that says what to mend."""
