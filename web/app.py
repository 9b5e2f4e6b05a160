"""The gateway's application: every address, and what lives as long as it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from catalog.db import session_factory
from coaching.privacy import load_pseudonyms
from opastin.settings import Settings
from opastin.texts import Texts, load_texts
from web import (
    chat_socket,
    continuing,
    conversations_api,
    enrolment,
    kiosk_api,
    kiosk_pages,
    messages_api,
    operations,
    options_api,
    pages,
    plain_chat,
    plan_api,
    static_files,
    take_home_api,
)
from web.bodies import MAX_BODY_BYTES
from web.connections import OPTIONS, Connections
from web.desk import desk_routes
from web.desk.guard import guard
from web.figures import FigureKeeper
from web.handoffs import Handoffs
from web.hub import Hub
from web.kept_reports import KeptReports
from web.kept_words import KeptWords
from web.keys import (
    BOT,
    CATALOG,
    CONNECTIONS,
    HANDOFFS,
    HUB,
    KEPT_REPORTS,
    KEPT_WORDS,
    LIKENESS,
    LIMITS,
    METRICS,
    PASSWORDS,
    PSEUDONYMS,
    RANKINGS,
    SETTINGS,
    STORAGE,
    TEXTS,
    TURNS,
    VISITS,
)
from web.likeness import Likeness
from web.metrics import Metrics
from web.middlewares import add_headers, check_origin, errors_as_json
from web.passwords import PasswordWork
from web.queue_keeper import QueueKeeper
from web.rankings import Rankings
from web.rasa_client import BotClient
from web.rate_limits import RateLimits
from web.relay import Relay
from web.retention import purge_now_and_then
from web.storage import Storage
from web.turns import Turns
from web.visits import Visits

RELAY_SECONDS = 2.0


def create_app(
    settings: Settings, bot: BotClient, *, texts: Texts | None = None
) -> web.Application:
    """Return the gateway in front of `bot`; its databases are opened when it starts."""
    app = web.Application(
        middlewares=[errors_as_json, check_origin, guard], client_max_size=MAX_BODY_BYTES
    )
    app[SETTINGS] = settings
    app[BOT] = bot
    app[TEXTS] = texts or load_texts()
    app[CONNECTIONS] = Connections()
    app[HUB] = Hub()
    app[METRICS] = Metrics()
    app[KEPT_REPORTS] = KeptReports()
    app[KEPT_WORDS] = KeptWords()
    app[LIMITS] = RateLimits(
        messages_per_minute=settings.messages_per_minute,
        conversations_per_minute=settings.conversations_per_minute,
        redis_url=settings.redis_url,
    )
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_close_sockets)
    app.cleanup_ctx.append(_open_databases)
    _add_routes(app)
    return app


def create_runner(app: web.Application, *, shutdown_timeout: float) -> web.AppRunner:
    """Return what serves the gateway: it logs no addresses and unpacks no bodies."""
    return web.AppRunner(app, shutdown_timeout=shutdown_timeout, **OPTIONS)


def _add_routes(app: web.Application) -> None:
    app.add_routes(
        [
            web.post("/api/conversations", conversations_api.start),
            web.patch("/api/conversations/{conversation}", conversations_api.change),
            web.delete("/api/conversations/{conversation}", conversations_api.erase),
            web.get("/api/conversations/{conversation}/plan.ics", plan_api.calendar),
            web.post("/api/conversations/{conversation}/feedback", conversations_api.ask_feedback),
            web.post("/api/conversations/{conversation}/take-home", take_home_api.make),
            web.post("/api/conversations/{conversation}/continue", continuing.make),
            web.get("/api/kiosk/settings", kiosk_api.settings),
            web.post("/api/kiosk/end", kiosk_api.end),
            web.post("/api/kiosk/staff", kiosk_api.staff),
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
            web.get("/k/{key}", take_home_api.show),
            web.get("/k/{key}/calendar.ics", take_home_api.calendar),
            web.get("/continue", continuing.talk),
            web.get("/continue/{code}", continuing.ask),
            web.post("/continue/{code}", continuing.take),
            web.get("/kiosk/enrol/{code}", enrolment.ask),
            web.post("/kiosk/enrol/{code}", enrolment.enrol),
            web.get("/widget.js", pages.widget),
            web.get("/widget/strings/{language}.json", pages.widget_strings),
            static_files.routes("/widget", pages.WIDGET, lean=True),
            web.get("/chat", plain_chat.show),
            web.post("/chat", plain_chat.act),
            static_files.routes("/plain", pages.PLAIN, lean=True),
            static_files.routes("/pages", pages.PAGES, lean=True),
            static_files.routes("/demo", pages.DEMO, lean=True),
            web.get("/kiosk", kiosk_pages.kiosk),
            web.get("/kiosk/assets/strings.json", kiosk_pages.kiosk_strings),
            web.post("/api/kiosk/qr", kiosk_pages.option_code),
            static_files.routes("/kiosk/assets", kiosk_pages.ASSETS, lean=True),
            static_files.routes("/vendor", kiosk_pages.VENDOR),
            *desk_routes(),
        ]
    )


async def _open_databases(app: web.Application) -> AsyncIterator[None]:
    settings = app[SETTINGS]
    pseudonyms = app[PSEUDONYMS] = load_pseudonyms(settings.home)
    passwords = app[PASSWORDS] = PasswordWork()
    storage = app[STORAGE] = Storage(settings.conversations_url)
    catalog = app[CATALOG] = session_factory(settings.catalog_url)
    turns = app[TURNS] = Turns(
        settings,
        bot=app[BOT],
        storage=storage,
        pseudonyms=pseudonyms,
        hub=app[HUB],
        metrics=app[METRICS],
        texts=app[TEXTS],
    )
    handoffs = app[HANDOFFS] = Handoffs(
        settings, storage=storage, turns=turns, bot=app[BOT], hub=app[HUB], texts=app[TEXTS]
    )
    queue_keeper = QueueKeeper(settings, storage=storage, hub=app[HUB], texts=app[TEXTS])
    visits = app[VISITS] = Visits(settings, storage=storage, turns=turns, hub=app[HUB])
    likeness = app[LIKENESS] = Likeness()
    rankings = app[RANKINGS] = Rankings()
    figures = FigureKeeper(settings, storage=storage, hub=app[HUB])
    relay = _relay(app, storage)
    if relay is not None:
        app[METRICS].hears_others = relay.is_listening.is_set
    try:
        await storage.prepare()
        tasks = [
            asyncio.create_task(
                purge_now_and_then(settings, storage, pseudonyms, turns, app[METRICS])
            ),
            asyncio.create_task(visits.tidy_now_and_then()),
            asyncio.create_task(figures.keep()),
            asyncio.create_task(queue_keeper.keep()),
            *([asyncio.create_task(relay.keep())] if relay is not None else []),
        ]
        if relay is not None:
            # Without Redis the service answers all the same, so it is not waited for longer.
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(relay.is_listening.wait(), RELAY_SECONDS)
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await visits.close()
        await handoffs.finish()
        await turns.close()
        await app[LIMITS].close()
    finally:
        passwords.close()
        likeness.close()
        rankings.close()
        storage.close()
        catalog.kw["bind"].dispose()


def _relay(app: web.Application, storage: Storage) -> Relay | None:
    url = app[SETTINGS].redis_url
    return None if url is None else Relay(url, hub=app[HUB], storage=storage)


async def _close_sockets(app: web.Application) -> None:
    # Nobody comes in any more; whoever waits for an answer gets it first.
    await app[TURNS].settle(app[SETTINGS].bot_timeout_seconds)
    app[HUB].close_all()
