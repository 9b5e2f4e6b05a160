"""A real web server on loopback whose answers a test writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by path, query included; a path that is not there is 404."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.headers.append(dict(self.headers))
        answers = self.server.answers
        answer = answers.get(self.path) or answers.get(self.path.partition("?")[0])
        if answer is None:
            self.reply(b"", status=404)
        else:
            answer(self)

    def reply(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def is_wanted(self) -> bool:
        return not self.server.is_over.is_set()

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.is_over = threading.Event()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, *_: object) -> None:
        # A client that hangs up is what many tests are about.
        pass


@contextmanager
def serving() -> Iterator[Server]:
    """Give a running server."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.shutdown()
            thread.join()


def body(content: bytes, **headers: str) -> Answer:
    return lambda handler: handler.reply(content, **headers)


def status(code: int, **headers: str) -> Answer:
    return lambda handler: handler.reply(b"", status=code, **headers)


def redirect(target: str, code: int = 302) -> Answer:
    return status(code, Location=target)
