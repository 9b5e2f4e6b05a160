"""What holds for every request: errors as JSON, headers, origins, counts."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from coaching.conversations import language_of_token
from coaching.errors import ConversationError
from web.addresses import is_secure
from web.error_page import error_page
from web.errors import ApiError
from web.failures import INTERNAL, describe
from web.keys import CONNECTIONS, METRICS, SETTINGS, STORAGE
from web.markup import answer
from web.origins import is_allowed
from web.requests import find_token, knows_language, language_of, speak

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

API = "/api/"
# Customers' pages load these from another origin.
PUBLIC = ("/widget.js", "/widget/")

# No nonces: every script and style is a file of our own.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HTTPS_ONLY = "max-age=31536000"
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# There is no conversation whose language could be asked, or no time for it.
_OF_NO_CONVERSATION = frozenset({401, 410, 500})
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}

logger = logging.getLogger(__name__)


@web.middleware
async def errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer with JSON in the sender's language when a request cannot be served."""
    request.app[CONNECTIONS].hear(request)
    try:
        return await handler(request)
    except ApiError as error:
        return await _refuse(request, error)
    except ConversationError as error:
        return await _refuse(request, ApiError.of_conversation(error))
    except web.RequestPayloadError:
        # A body that is not encoded as its header says.
        return await _refuse(request, ApiError("malformed"))
    except web.HTTPError as error:
        response = await _refuse(request, ApiError.of_status(error.status))
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response
    except Exception as error:
        # The route's pattern, not its address: that may hold an id.
        request.app[METRICS].failures_by_kind[INTERNAL] += 1
        logger.error("%s %s failed: %s", request.method, _pattern(request), describe(error))
        return refuse(request, ApiError("internal"))


@web.middleware
async def check_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let only allowed web pages use the interface, and answer their preflight requests."""
    if not request.path.startswith(API):
        return await handler(request)
    if not is_allowed(request, request.app[SETTINGS]):
        raise ApiError("origin")
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        return web.Response(status=204, headers=_PREFLIGHT)
    return await handler(request)


async def _refuse(request: web.Request, error: ApiError) -> web.Response:
    """Return an error in the language of the conversation that the request's token opens."""
    token = None if knows_language(request) else find_token(request)
    if token is not None and error.status not in _OF_NO_CONVERSATION:
        with suppress(SQLAlchemyError):
            find = partial(language_of_token, token=token)
            speak(request, await request.app[STORAGE].read(find))
    return refuse(request, error)


def refuse(request: web.Request, error: ApiError) -> web.Response:
    """Return an error as a response: a page for a person, JSON for a program."""
    language = language_of(request)
    content = error.as_json(language)
    if _is_for_person(request):
        response = answer(error_page(content["error"]["message"], language), status=error.status)
    else:
        response = web.json_response(content, status=error.status)
    if error.retry_after_seconds is not None:
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Give every response, errors included, the headers that keep browsers strict."""
    headers = response.headers
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if is_secure(request):
        # Once seen over https, the service is never asked for without it.
        headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
    headers.pop("Server", None)
    if response.status != 304:
        # A browser gives the stored page the headers of "not modified", which has no type to tell
        # a page by: the policy for data would block the page's own scripts.
        is_page = response.content_type == "text/html"
        headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else DATA_POLICY)
    if request.path.startswith(PUBLIC):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        headers.setdefault("Cache-Control", "no-cache")
    elif request.path.startswith(API):
        headers.setdefault("Cache-Control", "no-store")
        headers["Vary"] = "Origin"
        origin = request.headers.get("Origin")
        if origin is not None and is_allowed(request, request.app[SETTINGS]):
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = "Retry-After"
    else:
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Cache-Control", "no-cache")
    request.app[METRICS].responses[response.status] += 1


def _is_for_person(request: web.Request) -> bool:
    accepted = request.headers.get("Accept", "")
    return "text/html" in accepted and not request.path.startswith(API)


def _pattern(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return "(no route)" if resource is None else resource.canonical
