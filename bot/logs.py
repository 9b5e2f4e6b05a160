"""Logs of the bot's processes: what happened and where, never what a person wrote."""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
FRAMES_SHOWN = 4
# Rasa 3.6.21 and its libraries are of their time, and the operator cannot mend them.
OLD_NEWS = ("DeprecationWarning", "MovedIn20Warning", "Slot auto-fill has been removed")


class WordlessFormatter(logging.Formatter):
    """Formats an exception as its types and places.

    Messages of exceptions are left out: the action server answers an error with the whole
    conversation, which Rasa puts into the exception that it logs.
    """

    def formatException(  # noqa: N802 - the name is the base class's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return "\n".join(_describe(ei[1]))


def configure_logging() -> None:
    """Send warnings and worse to standard error; call it before Rasa is imported."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter(FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addFilter(_is_news)
    # Until it is configured, structlog prints every line of Rasa's, users' words included.
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, _without_words, _as_line],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _is_news(record: logging.LogRecord) -> bool:
    return not any(old in record.getMessage() for old in OLD_NEWS)


def _describe(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES_SHOWN:]
        lines.append(f"  {type(error).__module__}.{type(error).__name__}")
        lines.extend(f"    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        error = error.__cause__ or error.__context__
    return lines


def _without_words(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    # Rasa's values are texts, slots and events of people; its event names are its own.
    return {"level": event.get("level"), "event": event.get("event")}


def _as_line(_logger: Any, _method: str, event: dict[str, Any]) -> str:
    return f"{event['level']} {event['event']}"
