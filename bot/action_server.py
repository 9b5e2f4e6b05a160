"""The actions' process: `python -m bot.action_server --port N`, on loopback only.

The SDK's own command listens on every address unless told otherwise, lets any web page call it,
and logs exceptions with people's words.
"""

from __future__ import annotations

import argparse

from bot.process import prepare_process

HOST = "127.0.0.1"


def main() -> None:
    """Serve the actions until the process is told to end."""
    parser = argparse.ArgumentParser(prog="python -m bot.action_server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    prepare_process()

    from rasa_sdk.endpoint import create_app

    app = create_app("bot.actions", cors_origins="")
    app.run(HOST, arguments.port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
