"""Study options over HTTP: one by its id, and ranked ones for a profile."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from guidance.presentation import option_as_json, suggestions_as_json
from guidance.profile import Profile, ProfileError
from guidance.request import SuggestRequest
from guidance.suggestions import describe, suggest
from opastin.texts import DEFAULT_LANGUAGE
from web.bodies import check_fields, parse_object, read_language, receive
from web.errors import ApiError
from web.keys import CATALOG, RANKINGS, SETTINGS, TEXTS
from web.requests import speak


async def read_option(request: web.Request) -> web.Response:
    """Answer with one study option in words of `language`."""
    check_fields(request.query, {"language"})
    language = read_language(request.query, DEFAULT_LANGUAGE)
    speak(request, language)
    option_id = request.match_info["option"]
    app = request.app
    profile = Profile.from_dict({"language": language})

    def work() -> dict[str, Any] | None:
        with app[CATALOG]() as session:
            found = describe(session, profile, option_id, today=app[SETTINGS].today())
            return None if found is None else option_as_json(found, language, app[TEXTS])

    option = await asyncio.to_thread(work) if option_id.isprintable() else None
    if option is None:
        raise ApiError("unknown_option")
    return web.json_response(option)


async def rank(request: web.Request) -> web.Response:
    """Answer with the options that suit a profile, best first."""
    body = parse_object(await receive(request), None)
    try:
        wish = SuggestRequest.from_json(body)
    except ProfileError as error:
        raise ApiError("profile", reason=str(error)) from error
    app = request.app

    def work() -> dict[str, Any]:
        with app[CATALOG]() as session:
            found = suggest(session, wish.profile, today=app[SETTINGS].today(), limit=wish.limit)
            return suggestions_as_json(found, wish.profile, app[TEXTS])

    return web.json_response(await app[RANKINGS].run(work))
