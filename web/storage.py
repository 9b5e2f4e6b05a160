"""The conversations' database for the event loop: blocking work in a few threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from coaching.db import open_engine, session_factory, upgrade_engine

THREADS = 4

Result = TypeVar("Result")


class Storage:
    """Runs functions on the database, each in a transaction of its own."""

    def __init__(self, url: str) -> None:
        """Open the database at `url`; `prepare` must run before anything else."""
        self._engine = open_engine(url)
        self._writing = session_factory(self._engine)
        self._reading = session_factory(self._engine.execution_options(reads_only=True))
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storage")
        # SQLite has one writer at a time, and one that finds another sleeps for milliseconds
        # before it looks again; here the next begins at once.
        writers = 1 if self._engine.dialect.name == "sqlite" else THREADS
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="storage-writer")

    async def prepare(self) -> None:
        """Bring the tables up to date."""
        await self.run(upgrade_engine)

    async def write(self, work: Callable[[Session], Result]) -> Result:
        """Return what `work` gives on a session; commit, or roll back when it raises."""

        def transaction() -> Result:
            with self._writing.begin() as session:
                return work(session)

        return await self._in_thread(transaction, self._writers)

    async def read(self, work: Callable[[Session], Result]) -> Result:
        """Return what `work` gives on a session that only reads."""

        def transaction() -> Result:
            with self._reading() as session:
                return work(session)

        return await self._in_thread(transaction, self._threads)

    async def run(self, work: Callable[[Engine], Result]) -> Result:
        """Return what `work` gives on the engine; it commits by itself."""
        return await self._in_thread(lambda: work(self._engine), self._threads)

    def close(self) -> None:
        """Wait for what is under way and close the connections."""
        self._writers.shutdown(wait=True)
        self._threads.shutdown(wait=True)
        self._engine.dispose()

    async def _in_thread(self, work: Callable[[], Result], threads: Executor) -> Result:
        return await asyncio.get_running_loop().run_in_executor(threads, work)
