"""All settings of Opastin: the only reader of the environment."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from environs import Env, EnvValidationError
from marshmallow import ValidationError
from marshmallow.validate import OneOf, Range

from opastin.errors import UserError

ROOT = Path(__file__).resolve().parents[1]
TIME_ZONE = ZoneInfo("Europe/Helsinki")
PREFIX = "OPASTIN_"
# What becomes of a conversation when its visit to a kiosk ends.
KIOSK_KEEPS = ("none", "retention")
LOG_FORMATS = ("text", "json")
LOG_PLACES = ("file", "stderr")
LOG_LEVELS = ("warning", "info")
ANY_ORIGIN = "*"


@dataclass(frozen=True)
class Settings:
    """What an operator may choose; docs/reference/settings.md has the table."""

    home: Path
    catalog_url: str
    conversations_url: str
    redis_url: str | None = None
    public_url: str | None = None
    allowed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    retention_days: int = 90
    messages_per_minute: int = 30
    conversations_per_minute: int = 20
    message_max_characters: int = 2000
    token_days: int = 30
    bot_timeout_seconds: float = 10.0
    kiosk_keep: str = "none"
    kiosk_idle_seconds: int = 90
    kiosk_warning_seconds: int = 20
    take_home_days: int = 14
    desk_idle_minutes: int = 60
    desk_session_hours: int = 12
    audit_days: int = 730
    import_max_mb: int = 2000
    import_seconds: int = 600
    log_format: str = "text"
    log_to: str = "file"
    log_level: str = "warning"
    bot_urls: tuple[str, ...] = ()
    rasa_port: int | None = None
    actions_port: int | None = None
    # Not shown when settings are printed: it opens the inner ports.
    inner_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    # Made up here, it is known to nobody else.
    has_inner_secret: bool = field(default=False, compare=False)
    fixed_now: datetime | None = None
    fixed_today: date | None = None

    def now(self) -> datetime:
        """Return the moment to act at, in Finland's time zone."""
        if self.fixed_now is not None:
            return self.fixed_now
        moment = datetime.now(TIME_ZONE)
        if self.fixed_today is not None:
            return datetime.combine(self.fixed_today, moment.timetz())
        return moment

    def today(self) -> date:
        """Return the day to act on, in Finland's time zone."""
        return self.now().date()

    def environment(self) -> dict[str, str]:
        """Return these settings as environment variables for a child process."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values["now"] = values.pop("fixed_now")
        values["today"] = values.pop("fixed_today")
        del values["has_inner_secret"]
        return {
            PREFIX + name.upper(): _as_text(value)
            for name, value in values.items()
            if value is not None and value != ()
        }


def load_settings() -> Settings:
    """Read the settings from the environment and `.env`, or name all bad ones at once."""
    env = Env(eager=False)
    env.read_env(str(Path.cwd() / ".env"), recurse=False)
    with env.prefixed(PREFIX):
        home = Path(env.str("HOME", None) or "var").absolute()
        values: dict[str, Any] = {
            "home": home,
            "catalog_url": env.str("CATALOG_URL", None, validate=_check_database)
            or _sqlite(home / "catalog.db"),
            "conversations_url": env.str("CONVERSATIONS_URL", None, validate=_check_database)
            or _sqlite(home / "conversations.db"),
            "redis_url": env.str("REDIS_URL", None, validate=_check_redis) or None,
            "public_url": env.str("PUBLIC_URL", None, validate=_check_public) or None,
            "allowed_origins": tuple(
                origin.strip()
                for origin in env.list("ALLOWED_ORIGINS", [], validate=_check_origins)
                if origin.strip()
            ),
            "trusted_proxies": tuple(
                network.strip()
                for network in env.list("TRUSTED_PROXIES", [], validate=_check_networks)
                if network.strip()
            ),
            "retention_days": _positive(env, "RETENTION_DAYS", 90),
            "messages_per_minute": _positive(env, "MESSAGES_PER_MINUTE", 30),
            "conversations_per_minute": _positive(env, "CONVERSATIONS_PER_MINUTE", 20),
            "message_max_characters": _positive(env, "MESSAGE_MAX_CHARACTERS", 2000),
            "token_days": _positive(env, "TOKEN_DAYS", 30),
            "bot_timeout_seconds": env.float(
                "BOT_TIMEOUT_SECONDS", 10.0, validate=Range(min=0, min_inclusive=False)
            ),
            "kiosk_keep": env.str("KIOSK_KEEP", "none", validate=OneOf(KIOSK_KEEPS)),
            "kiosk_idle_seconds": _positive(env, "KIOSK_IDLE_SECONDS", 90),
            "kiosk_warning_seconds": _positive(env, "KIOSK_WARNING_SECONDS", 20),
            "take_home_days": _positive(env, "TAKE_HOME_DAYS", 14),
            "desk_idle_minutes": _positive(env, "DESK_IDLE_MINUTES", 60),
            "desk_session_hours": _positive(env, "DESK_SESSION_HOURS", 12),
            "audit_days": env.int("AUDIT_DAYS", 730, validate=Range(min=366)),
            "import_max_mb": _positive(env, "IMPORT_MAX_MB", 2000),
            "import_seconds": _positive(env, "IMPORT_SECONDS", 600),
            "log_format": env.str("LOG_FORMAT", "text", validate=OneOf(LOG_FORMATS)),
            "log_to": env.str("LOG_TO", "file", validate=OneOf(LOG_PLACES)),
            "log_level": env.str("LOG_LEVEL", "warning", validate=OneOf(LOG_LEVELS)),
            "bot_urls": tuple(
                url.strip() for url in env.list("BOT_URLS", [], validate=_check_urls) if url.strip()
            ),
            "rasa_port": env.int("RASA_PORT", None, validate=_PORT),
            "actions_port": env.int("ACTIONS_PORT", None, validate=_PORT),
            "fixed_now": env.datetime("NOW", None),
            "fixed_today": env.date("TODAY", None),
        }
        secret = env.str("INNER_SECRET", None)
    try:
        env.seal()  # type: ignore[no-untyped-call]
    except EnvValidationError as error:
        raise UserError(_explain(error)) from error
    if values["fixed_now"] is not None:
        values["fixed_now"] = _in_finland(values["fixed_now"])
    if secret:
        values |= {"inner_secret": secret, "has_inner_secret": True}
    return Settings(**values)


def misspelt_settings() -> list[str]:
    """Return the names in the environment that look like settings of ours and are none."""
    known = {PREFIX + item.name.upper().removeprefix("FIXED_") for item in fields(Settings)}
    known.remove(f"{PREFIX}HAS_INNER_SECRET")
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)


def _sqlite(path: Path) -> str:
    return f"sqlite:///{path}"


_PORT = Range(min=1, max=65535)


def _positive(env: Env, name: str, default: int) -> Any:
    return env.int(name, default, validate=Range(min=1))


def _check_networks(names: list[str]) -> None:
    for name in names:
        try:
            ip_network(name.strip() or "::", strict=False)
        except ValueError as error:
            raise ValidationError(f"{name} is no address or network.") from error


def _check_urls(urls: list[str]) -> None:
    for url in filter(None, map(str.strip, urls)):
        if not _is_web(url):
            raise ValidationError(f"{url} is no address like http://127.0.0.1:5005.")


def _check_public(url: str) -> None:
    if url and not _is_web(url):
        raise ValidationError("This is no address like https://opastin.example.")


def _check_origins(origins: list[str]) -> None:
    for origin in filter(None, map(str.strip, origins)):
        if origin == ANY_ORIGIN:
            continue
        # A browser tells nothing beyond the host and the port.
        if not _is_web(origin) or re.search(r"[^:/][/?#].", origin):
            raise ValidationError(f"{origin} is no origin like https://library.example.")


# What follows quotes nothing: an address may hold a password.


def _check_database(url: str) -> None:
    if url and not url.startswith(("sqlite:", "postgresql:", "postgresql+")):
        raise ValidationError(
            "This is no address like sqlite:////srv/catalog.db or postgresql://user@host/catalog."
        )


def _check_redis(url: str) -> None:
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise ValidationError("This is no address like redis://127.0.0.1:6379.")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        # Of a port that is none.
        return False


def _in_finland(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=TIME_ZONE)
    return moment.astimezone(TIME_ZONE)


def _explain(error: EnvValidationError) -> str:
    messages = error.error_messages
    named = messages if isinstance(messages, Mapping) else {"": messages}
    wrong = "; ".join(f"{name}: {' '.join(map(str, named[name]))}" for name in sorted(named))
    return f"Mend these settings in the environment or in .env: {wrong}"


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value)
