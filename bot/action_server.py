"""The actions' process: `python -m bot.action_server --port N`, on loopback only.

The SDK's own command listens on every address unless told otherwise, lets any web page call it,
and logs exceptions with people's words. Where there is an inner secret, it is asked for.
"""

from __future__ import annotations

import argparse
import hmac
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.process import prepare_process
from opastin.settings import load_settings

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

HOST = "127.0.0.1"
# It says that the process is there, and nothing else.
OPEN = "/health"


def main() -> None:
    """Serve the actions until the process is told to end."""
    parser = argparse.ArgumentParser(prog="python -m bot.action_server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    prepare_process()

    from rasa_sdk.endpoint import create_app

    from catalog.e5.model import load_e5

    # Otherwise the first person who wishes for something waits for it.
    load_e5()
    app = create_app("bot.actions", cors_origins="")
    settings = load_settings()
    if settings.has_inner_secret:
        app.register_middleware(asking_for(settings.inner_secret), "request")
    app.run(HOST, arguments.port, workers=1, access_log=False, motd=False)


def asking_for(secret: str) -> Callable[[Request], Awaitable[HTTPResponse | None]]:
    """Return what refuses every request without the secret."""
    expected = f"Bearer {secret}".encode()

    async def refuse(request: Request) -> HTTPResponse | None:
        from sanic import response

        given = request.headers.get("Authorization", "").encode()
        if request.path == OPEN or hmac.compare_digest(given, expected):
            return None
        return response.json({"error": "The secret is missing or wrong."}, status=401)

    return refuse


if __name__ == "__main__":
    main()
