"""Logs of every process: what happened and where, never what a person wrote."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from datetime import datetime, timezone
from logging.handlers import RotatingFileHandler
from types import TracebackType
from typing import Any

import click

from opastin.progress import Progress, say
from opastin.settings import Settings

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
FRAMES_SHOWN = 4
LOG_BYTES = 10_000_000
# What a line tells beside its message, so that programs need not read that.
FACTS = ("conversation", "milliseconds", "kind")
# Libraries tell nothing below a warning: nobody has looked at what they would quote.
OURS = ("bot", "catalog", "coaching", "guidance", "opastin", "web")


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


class JsonFormatter(WordlessFormatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info:
            facts["error"] = self.formatException(record.exc_info)
        return as_json(
            record.levelname, record.name, record.getMessage(), moment=record.created, **facts
        )


def as_json(level: str, logger: str, message: str, *, moment: float, **facts: Any) -> str:
    """Return a line that a collector of logs reads."""
    line = {
        "time": datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="milliseconds"),
        "level": level.lower(),
        "logger": logger,
        "message": message,
        **facts,
    }
    return json.dumps(line, ensure_ascii=False, default=str)


def formatter_for(settings: Settings) -> logging.Formatter:
    """Return what makes lines of the kind that the settings ask for."""
    return JsonFormatter() if settings.log_format == "json" else WordlessFormatter(FORMAT)


def keep_logs(settings: Settings, file: str) -> None:
    """Send this process's lines to a file in the home's logs, or to standard error."""
    if settings.log_to == "stderr":
        handler: logging.Handler = logging.StreamHandler(sys.stderr)
    else:
        path = settings.home / "logs" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    begin_logging(settings, handler)


def begin_logging(settings: Settings, handler: logging.Handler) -> None:
    """Give lines to `handler` alone: warnings of everybody, and of ours what the settings say."""
    handler.setFormatter(formatter_for(settings))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(settings.log_level.upper())


def teller(settings: Settings) -> Progress:
    """Return what tells of starts and stops, in a line of the same kind as the logs."""
    if settings.log_format != "json":
        return say

    def tell(line: str) -> None:
        say(as_json("info", "opastin.supervisor", line, moment=time.time()))

    return tell


def announce(settings: Settings, line: str) -> None:
    """Print a line on standard output, of the same kind as the logs."""
    if settings.log_format == "json":
        line = as_json("info", "opastin.supervisor", line, moment=time.time())
    click.echo(line)


def _describe(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES_SHOWN:]
        lines.append(f"  {type(error).__module__}.{type(error).__name__}")
        lines.extend(f"    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        error = error.__cause__ or error.__context__
    return lines
