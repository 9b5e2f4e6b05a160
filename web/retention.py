"""Retention while the gateway runs: what is too old goes, four times a day."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from coaching.desk_retention import limits_by, purge_desk
from coaching.privacy import Pseudonyms, PurgeReport, purge, rewrite_if_small
from opastin.settings import Settings
from web.failures import RETENTION, describe
from web.metrics import Metrics
from web.storage import Storage
from web.turns import Turns

PURGE_SECONDS = 6 * 60 * 60
# A clock is set right by seconds; one that is a day ahead of the time that has passed is wrong.
MOST_AHEAD = timedelta(days=1)

logger = logging.getLogger(__name__)


class ClockJumped(Exception):
    """The clock says that far more time has passed than has."""


class PassedTime:
    """Tells a clock that was set forward from time that has passed."""

    def __init__(self, now: datetime) -> None:
        """Begin at `now`, which is taken to be right."""
        self._began = now
        self._uptime = _uptime_seconds()

    def check(self, now: datetime) -> None:
        """Raise ClockJumped where `now` is too late to be true."""
        passed = timedelta(seconds=_uptime_seconds() - self._uptime)
        if now - self._began > passed + MOST_AHEAD:
            raise ClockJumped


async def purge_now_and_then(
    settings: Settings, storage: Storage, pseudonyms: Pseudonyms, turns: Turns, metrics: Metrics
) -> None:
    """Purge at once and then every few hours, whatever happens.

    While the clock is wrong nothing is erased: what is gone does not come back with the time.
    """
    passed_time = PassedTime(settings.now())

    def work(engine: Engine) -> PurgeReport:
        now = settings.now()
        passed_time.check(now)
        purge_desk(engine, limits=limits_by(settings), audit_days=settings.audit_days, now=now)
        return purge(
            engine,
            retention_days=settings.retention_days,
            pseudonyms=pseudonyms,
            now=now,
            wipe=rewrite_if_small,
        )

    while True:
        try:
            report = await storage.run(work)
            if not report.is_thorough:
                turns.rewriting.note(is_thorough=False)
            erased = report.expired + report.erased_before
            metrics.purged_at = time.time()
            logger.info("Retention: %d conversations were erased.", erased)
        except ClockJumped:
            metrics.failures_by_kind[RETENTION] += 1
            logger.error(
                "The clock was set forward by days, so nothing is erased until it is set "
                "back; if it is right now, restart the service."
            )
        except Exception as error:
            # Whatever it was, the service goes on, and the next round may do better.
            metrics.failures_by_kind[RETENTION] += 1
            logger.error("Retention could not be kept: %s", describe(error))
        await asyncio.sleep(PURGE_SECONDS)


def _uptime_seconds() -> float:
    # Linux has a clock that goes on while the machine sleeps, and that nobody sets.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
