"""Passwords for the event loop: the slow work in threads of its own, two at a time."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from coaching import passwords
from coaching.passwords import Verified

# Each piece of work takes 64 MB, and the storage's threads have other things to do.
THREADS = 2


class PasswordWork:
    """Makes and compares hashes without holding up anything else."""

    def __init__(self) -> None:
        """Begin without work."""
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")

    async def hash(self, password: str) -> str:
        """Return what to keep of a password."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, passwords.hash_password, password
        )

    async def verify(self, kept: str | None, password: str) -> Verified:
        """Compare a password with what is kept; with None it takes as long and is wrong."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, passwords.verify, kept, password
        )

    def close(self) -> None:
        """Wait for what is under way."""
        self._threads.shutdown(wait=True)
