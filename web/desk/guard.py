"""What holds for every request to the desk: a session, proof of the form, errors as pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from aiohttp import web

from coaching.coach_words import PersonalData
from coaching.errors import ConversationError
from web.bodies import receive
from web.desk.page import desk_page, go, words
from web.desk.session import DESK, LoginRequired, account_of, has_form_token
from web.errors import ApiError
from web.keys import SETTINGS
from web.markup import build
from web.origins import is_own

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOGIN, API, OWN = f"{DESK}/login", f"{DESK}/api/", f"{DESK}/account"
ASSETS = f"{DESK}/assets/"
# What can be had with a password that somebody else made.
_BEFORE_NEW_PASSWORD = (OWN, f"{DESK}/logout")
_READING = ("GET", "HEAD")
_NUL = "\x00"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody past the login of the desk but a coach, in a session of one's own."""
    path = request.path
    if not _is_of_desk(request):
        return await handler(request)
    _check_origin(request)
    await _check_readable(request)
    # The login's form has a proof of its own.
    if path == LOGIN or path.startswith(ASSETS):
        return await handler(request)
    try:
        coach = await account_of(request)
        if request.method not in _READING and not await has_form_token(request):
            raise ApiError("forbidden", words="desk_form")
        if coach.one_time_until is not None and path not in _BEFORE_NEW_PASSWORD:
            if path.startswith(API):
                raise ApiError("forbidden", words="desk_forbidden")
            return go(OWN)
        return await handler(request)
    except LoginRequired as error:
        if path.startswith(API):
            raise ApiError("token", words="desk_login") from error
        return go(login_address(request))
    except (ApiError, ConversationError, PersonalData, web.HTTPError) as error:
        if path.startswith(API):
            raise
        return await _refuse(request, error)


def login_address(request: web.Request) -> str:
    """Return the address of the login that leads back to what was asked for."""
    if request.method not in _READING:
        return f"{LOGIN}?ended=1"
    if request.path == DESK:
        return LOGIN
    return f"{LOGIN}?{urlencode({'next': request.path_qs})}"


def _is_of_desk(request: web.Request) -> bool:
    """Say whether the desk serves a request, by its address or by the route that it has found."""
    resource = request.match_info.route.resource
    found = request.path if resource is None else resource.canonical
    return any(f"{path}/".startswith(f"{DESK}/") for path in (request.path, found))


def _check_origin(request: web.Request) -> None:
    is_writing = request.method not in _READING
    # A WebSocket of another site's page would bring the cookie along, and needs no permission.
    is_socket = "Upgrade" in request.headers
    if (is_writing or is_socket) and not is_own(request, request.app[SETTINGS]):
        raise ApiError("origin")


async def _check_readable(request: web.Request) -> None:
    """Refuse what no page of ours sends: forms that are not as their header says, and NUL."""
    if request.method not in _READING:
        # aiohttp reads a part of such a form into memory whole, however long it is.
        if request.content_type.startswith("multipart/"):
            raise ApiError("malformed")
        await receive(request)
    try:
        sent = await request.post() if request.method not in _READING else {}
    except (LookupError, ValueError) as error:
        raise ApiError("malformed") from error
    # PostgreSQL can neither keep it nor look for it.
    if any(_NUL in str(text) for text in (request.path, *request.query.values(), *sent.values())):
        raise ApiError("malformed")


async def _refuse(
    request: web.Request, error: ApiError | ConversationError | PersonalData | web.HTTPError
) -> web.Response:
    coach = await account_of(request)
    if isinstance(error, ConversationError):
        error = ApiError.of_conversation(error)
    elif isinstance(error, PersonalData):
        error = ApiError("wrong_value", words="desk_personal")
    elif isinstance(error, web.HTTPError):
        error = ApiError.of_status(error.status)
    labels = words(coach.language)
    message = error.as_json(coach.language)["error"]["message"]
    return desk_page(
        request,
        coach,
        labels.text("shell.refused"),
        build("p", message, class_="lead"),
        build("p", build("a", labels.text("shell.back"), href=DESK, class_="button")),
        current="",
        status=error.status,
    )
