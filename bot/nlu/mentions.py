"""What a message says of one slot, and at which of its tokens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A value of a slot, said from token `first` up to, not including, token `last`."""

    slot: str
    value: object
    first: int
    last: int

    def overlaps(self, first: int, last: int) -> bool:
        """Tell whether it shares a token with the tokens from `first` to before `last`."""
        return self.first < last and first < self.last
