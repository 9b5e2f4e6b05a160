"""What operators ask of the service: is it alive, can it answer, how is it used."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from coaching import queue
from coaching.conversations import count_conversations
from web.keys import BOT, HUB, METRICS, SETTINGS, STORAGE
from web.metrics import Queue

# Prometheus waits ten seconds, and wants the other counts all the same.
DATABASE_SECONDS = 2.0
OPENAPI = Path(__file__).parent / "openapi.yml"


async def healthz(request: web.Request) -> web.Response:
    """Say that this process runs."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """Say whether the bot and the database can answer, with status 503 when one cannot."""
    workers = await request.app[BOT].ready()
    checks = {"bot": any(workers), "database": await _has_database(request)}
    is_ready = all(checks.values())
    return web.json_response(
        {"status": "ok" if is_ready else "unavailable", "checks": checks},
        status=200 if is_ready else 503,
    )


async def metrics(request: web.Request) -> web.Response:
    """Answer with the counts for Prometheus."""
    app = request.app
    waiting, workers = await asyncio.gather(_look_at_queue(request), app[BOT].ready())
    text = app[METRICS].as_text(sockets=app[HUB].count(), queue=waiting, workers=workers)
    return web.Response(text=text, headers={"Content-Type": "text/plain; version=0.0.4"})


async def openapi(request: web.Request) -> web.Response:
    """Answer with the description of this interface."""
    return web.json_response(load_openapi())


@lru_cache(maxsize=1)
def load_openapi() -> dict[str, Any]:
    """Return the hand-kept description of every address."""
    description: dict[str, Any] = yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))
    return description


async def _look_at_queue(request: web.Request) -> Queue | None:
    """Return who waits for a coach; None when the database does not say so soon."""
    now = request.app[SETTINGS].now()
    try:
        reading = request.app[STORAGE].read(queue.since_when)
        since = await asyncio.wait_for(reading, DATABASE_SECONDS)
    except (SQLAlchemyError, asyncio.TimeoutError):
        return None
    longest = max(((now - moment).total_seconds() for moment in since), default=0.0)
    return Queue(len(since), round(longest, 1))


async def _has_database(request: web.Request) -> bool:
    try:
        await request.app[STORAGE].read(count_conversations)
    except SQLAlchemyError:
        return False
    return True
