"""Logs of the bot's processes: Rasa's own lines are kept to what they are called."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any

import structlog

from opastin.logs import as_json, begin_logging
from opastin.settings import load_settings

# Rasa 3.6.21 and its libraries are of their time, and the operator cannot mend them.
OLD_NEWS = ("DeprecationWarning", "MovedIn20Warning", "Slot auto-fill has been removed")


def configure_logging() -> None:
    """Send lines to standard error; call it before Rasa is imported.

    The supervisor lets that lead to a file, or to its own.
    """
    settings = load_settings()
    begin_logging(settings, logging.StreamHandler(sys.stderr))
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addFilter(_is_news)
    # Until it is configured, structlog prints every line of Rasa's, users' words included.
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            _without_words,
            _as_json if settings.log_format == "json" else _as_line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _is_news(record: logging.LogRecord) -> bool:
    return not any(old in record.getMessage() for old in OLD_NEWS)


def _without_words(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    # Rasa's values are texts, slots and events of people; its event names are its own.
    return {"level": event.get("level"), "event": event.get("event")}


def _as_line(_logger: Any, _method: str, event: dict[str, Any]) -> str:
    return f"{event['level']} {event['event']}"


def _as_json(_logger: Any, _method: str, event: dict[str, Any]) -> str:
    return as_json(str(event["level"]), "rasa", str(event["event"]), moment=time.time())
