"""What the application keeps for its handlers, under typed keys."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.orm import sessionmaker

from opastin.settings import Settings
from opastin.texts import Texts
from web.hub import Hub
from web.metrics import Metrics
from web.rasa_client import BotClient
from web.rate_limits import RateLimits
from web.storage import Storage
from web.turns import Turns
from web.visits import Visits

SETTINGS = web.AppKey("SETTINGS", Settings)
BOT = web.AppKey("BOT", BotClient)
STORAGE = web.AppKey("STORAGE", Storage)
TURNS = web.AppKey("TURNS", Turns)
VISITS = web.AppKey("VISITS", Visits)
HUB = web.AppKey("HUB", Hub)
LIMITS = web.AppKey("LIMITS", RateLimits)
METRICS = web.AppKey("METRICS", Metrics)
TEXTS = web.AppKey("TEXTS", Texts)
CATALOG = web.AppKey("CATALOG", sessionmaker)
