"""What a process that serves does with its memory once everything is loaded."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress


def settle_memory() -> None:
    """Call once when all is loaded: what loading alone needed goes back to the system."""
    gc.collect()
    # What is left stays for good: looking through it again and again made somebody wait for
    # a tenth of a second each time.
    gc.freeze()
    # Other C libraries than GNU's have no such function, and less need of it.
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
