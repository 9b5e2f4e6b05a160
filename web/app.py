"""The gateway's application: every address, and what lives as long as it runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial

from aiohttp import web

from catalog.db import session_factory
from coaching.privacy import Pseudonyms, load_pseudonyms, purge
from opastin.settings import Settings
from opastin.texts import Texts, load_texts
from web import (
    chat_socket,
    conversations_api,
    messages_api,
    operations,
    options_api,
    pages,
    plan_api,
)
from web.bodies import MAX_BODY_BYTES
from web.failures import describe
from web.hub import Hub
from web.keys import BOT, CATALOG, HUB, LIMITS, METRICS, SETTINGS, STORAGE, TEXTS, TURNS
from web.metrics import Metrics
from web.middlewares import add_headers, check_origin, errors_as_json
from web.rasa_client import BotClient
from web.rate_limits import RateLimits
from web.storage import Storage
from web.turns import Turns

PURGE_SECONDS = 6 * 60 * 60

logger = logging.getLogger(__name__)


def create_app(
    settings: Settings, bot: BotClient, *, texts: Texts | None = None
) -> web.Application:
    """Return the gateway in front of `bot`; its databases are opened when it starts."""
    app = web.Application(
        middlewares=[errors_as_json, check_origin], client_max_size=MAX_BODY_BYTES
    )
    app[SETTINGS] = settings
    app[BOT] = bot
    app[TEXTS] = texts or load_texts()
    app[HUB] = Hub()
    app[METRICS] = Metrics()
    app[LIMITS] = RateLimits(
        messages_per_minute=settings.messages_per_minute,
        conversations_per_minute=settings.conversations_per_minute,
    )
    # aiohttp 3.9 declares its signals for an older aiosignal.
    app.on_response_prepare.append(add_headers)  # type: ignore[arg-type]
    app.on_shutdown.append(_close_sockets)  # type: ignore[arg-type]
    app.cleanup_ctx.append(_open_databases)
    _add_routes(app)
    return app


def _add_routes(app: web.Application) -> None:
    app.add_routes(
        [
            web.post("/api/conversations", conversations_api.start),
            web.patch("/api/conversations/{conversation}", conversations_api.change),
            web.delete("/api/conversations/{conversation}", conversations_api.erase),
            web.get("/api/conversations/{conversation}/plan.ics", plan_api.calendar),
            web.post("/api/messages", messages_api.post),
            web.get("/api/messages", messages_api.read),
            web.get("/api/chat", chat_socket.chat),
            web.get("/api/options/{option}", options_api.read_option),
            web.post("/api/suggest", options_api.rank),
            web.get("/api/openapi.json", operations.openapi),
            web.get("/healthz", operations.healthz),
            web.get("/readyz", operations.readyz),
            web.get("/metrics", operations.metrics),
            web.get("/", pages.demo),
            web.get("/widget.js", pages.widget),
            web.get("/widget/strings/{language}.json", pages.widget_strings),
            web.static("/widget", pages.WIDGET),
            web.static("/demo", pages.DEMO),
        ]
    )


async def _open_databases(app: web.Application) -> AsyncIterator[None]:
    settings = app[SETTINGS]
    pseudonyms = load_pseudonyms(settings.home)
    storage = app[STORAGE] = Storage(settings.conversations_url)
    catalog = app[CATALOG] = session_factory(settings.catalog_url)
    app[TURNS] = Turns(
        settings,
        bot=app[BOT],
        storage=storage,
        pseudonyms=pseudonyms,
        hub=app[HUB],
        metrics=app[METRICS],
    )
    try:
        await storage.prepare()
        purging = asyncio.create_task(_purge_now_and_then(settings, storage, pseudonyms))
        yield
        purging.cancel()
        with suppress(asyncio.CancelledError):
            await purging
    finally:
        storage.close()
        catalog.kw["bind"].dispose()


async def _purge_now_and_then(settings: Settings, storage: Storage, pseudonyms: Pseudonyms) -> None:
    while True:
        work = partial(
            purge,
            retention_days=settings.retention_days,
            pseudonyms=pseudonyms,
            now=settings.now(),
        )
        try:
            report = await storage.run(work)
            erased = report.expired + report.erased_before
            logger.info("Retention: %d conversations were erased.", erased)
        except Exception as error:
            # Whatever it was, the service goes on, and the next round may do better.
            logger.error("Retention could not be kept: %s", describe(error))
        await asyncio.sleep(PURGE_SECONDS)


async def _close_sockets(app: web.Application) -> None:
    app[HUB].close_all()
