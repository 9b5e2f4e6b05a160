"""Retention while the gateway runs: what is too old goes, four times a day."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.engine import Engine

from coaching.desk_retention import limits_by, purge_desk
from coaching.privacy import Pseudonyms, PurgeReport, purge, rewrite_if_small
from opastin.settings import Settings
from web.failures import describe
from web.storage import Storage
from web.turns import Turns

PURGE_SECONDS = 6 * 60 * 60

logger = logging.getLogger(__name__)


async def purge_now_and_then(
    settings: Settings, storage: Storage, pseudonyms: Pseudonyms, turns: Turns
) -> None:
    """Purge at once and then every few hours, whatever happens."""

    def work(engine: Engine) -> PurgeReport:
        now = settings.now()
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
            logger.info("Retention: %d conversations were erased.", erased)
        except Exception as error:
            # Whatever it was, the service goes on, and the next round may do better.
            logger.error("Retention could not be kept: %s", describe(error))
        await asyncio.sleep(PURGE_SECONDS)
