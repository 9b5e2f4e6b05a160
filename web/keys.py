"""What the application keeps for its handlers, under typed keys."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.orm import sessionmaker

from coaching.pseudonyms import Pseudonyms
from opastin.settings import Settings
from opastin.texts import Texts
from web.connections import Connections
from web.handoffs import Handoffs
from web.hub import Hub
from web.kept_reports import KeptReports
from web.kept_words import KeptWords
from web.likeness import Likeness
from web.metrics import Metrics
from web.passwords import PasswordWork
from web.rankings import Rankings
from web.rasa_client import BotClient
from web.rate_limits import RateLimits
from web.storage import Storage
from web.turns import Turns
from web.visits import Visits

SETTINGS = web.AppKey("SETTINGS", Settings)
BOT = web.AppKey("BOT", BotClient)
CONNECTIONS = web.AppKey("CONNECTIONS", Connections)
PSEUDONYMS = web.AppKey("PSEUDONYMS", Pseudonyms)
PASSWORDS = web.AppKey("PASSWORDS", PasswordWork)
STORAGE = web.AppKey("STORAGE", Storage)
TURNS = web.AppKey("TURNS", Turns)
HANDOFFS = web.AppKey("HANDOFFS", Handoffs)
VISITS = web.AppKey("VISITS", Visits)
HUB = web.AppKey("HUB", Hub)
LIMITS = web.AppKey("LIMITS", RateLimits)
METRICS = web.AppKey("METRICS", Metrics)
TEXTS = web.AppKey("TEXTS", Texts)
KEPT_WORDS = web.AppKey("KEPT_WORDS", KeptWords)
RANKINGS = web.AppKey("RANKINGS", Rankings)
LIKENESS = web.AppKey("LIKENESS", Likeness)
CATALOG = web.AppKey("CATALOG", sessionmaker)
KEPT_REPORTS = web.AppKey("KEPT_REPORTS", KeptReports)
