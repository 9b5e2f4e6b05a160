"""What every handler asks of a request: its token and the language of whoever sent it."""

from __future__ import annotations

import re

from aiohttp import web

from opastin.texts import LANGUAGES
from web.errors import ApiError

_LANGUAGE = "language"
_BEARER = re.compile(r"Bearer ([\x21-\x7e]{1,200})", re.IGNORECASE)
_QUALITY = re.compile(r"([A-Za-z]{2})(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.[0-9]{1,3})?))?")
# Whoever names no language is a program, and its author reads English.
_LANGUAGE_OF_PROGRAMS = "en"


def read_token(request: web.Request) -> str:
    """Return the bearer token of a request, or raise ApiError."""
    token = find_token(request)
    if token is None:
        raise ApiError("token")
    return token


def find_token(request: web.Request) -> str | None:
    """Return the bearer token of a request, None where it has none."""
    match = _BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    return None if match is None else match.group(1)


def speak(request: web.Request, language: str | None) -> None:
    """Say errors of this request in `language`, whatever its header asks for, unless it is None."""
    request[_LANGUAGE] = language


def knows_language(request: web.Request) -> bool:
    """Say whether the language to say errors in has been set."""
    return _LANGUAGE in request


def language_of(request: web.Request) -> str:
    """Return the language to say errors in."""
    known: str | None = request.get(_LANGUAGE)
    return known or preferred_language(request.headers.get("Accept-Language", ""))


def preferred_language(header: str) -> str:
    """Return the first of our languages that an Accept-Language header asks for.

    >>> preferred_language("de, sv-FI;q=0.8, en;q=0.5")
    'sv'
    """
    wishes = [_QUALITY.fullmatch(part.strip()) for part in header[:200].split(",")]
    found = [
        (-float(match.group(2) or 1), position, match.group(1).lower())
        for position, match in enumerate(wishes)
        if match is not None and match.group(1).lower() in LANGUAGES
    ]
    return min(found)[2] if found else _LANGUAGE_OF_PROGRAMS
