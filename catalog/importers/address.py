"""Fetch addresses into temporary files: politely, and bounded in time, size and reach."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http import HTTPStatus
from typing import BinaryIO

import urllib3
from urllib3.exceptions import (
    HTTPError,
    IncompleteRead,
    LocationValueError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Retry, Timeout, Url

from catalog.importers.connections import CONNECT_SECONDS, READ_SECONDS, Line, TimeLimit
from catalog.importers.unpacking import CHUNK_BYTES, spooled, unpacked
from catalog.importers.urls import follow, read_address, shown
from opastin.errors import UserError

USER_AGENT = "Opastin/0.1 (import of study options)"
MOST_REDIRECTS = 5
MOST_TRIES = 4
LONGEST_WAIT_SECONDS = 60.0
PAUSE_SECONDS = 0.2
# For all that one fetcher fetches: a search has thousands of documents.
LONGEST_IN_ALL_SECONDS = 6 * 3600.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})


class NotThere(UserError):
    """The server knows nothing under this address."""


class Fetcher:
    """Fetches addresses, one at a time; close it in the end.

    With `allow_private` the address that is asked for may be of an own network; one that a
    redirect leads to may not.
    """

    def __init__(
        self,
        *,
        most_bytes: int,
        seconds: float,
        allow_private: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._allow_private = allow_private
        self._sleep = sleep
        self._line: Line | None = None
        self._line_key: tuple[object, ...] = ()
        self._began = time.monotonic()
        self._asked_at = float("-inf")

    def fetch(self, address: str) -> BinaryIO:
        """Return what the address answers, unpacked, as a file that goes when it is closed."""
        url = read_address(address)
        name = shown(address)
        if time.monotonic() - self._began > LONGEST_IN_ALL_SECONDS:
            hours = f"{LONGEST_IN_ALL_SECONDS / 3600:g} hours"
            raise UserError(f"{name} was not reached in {hours} of fetching; import less at once.")
        for _ in range(MOST_REDIRECTS + 1):
            is_typed = url == read_address(address)
            answer = self._ask_until_ready(url, name, is_typed=is_typed)
            if isinstance(answer, str):
                url = follow(url, answer, name)
            else:
                return unpacked(answer, name, most_bytes=self._most_bytes)
        raise UserError(f"{name} redirects more than {MOST_REDIRECTS} times.")

    def close(self) -> None:
        """Close the connection that is open."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask_until_ready(self, url: Url, name: str, *, is_typed: bool) -> BinaryIO | str:
        """Return a file, or where a redirect leads; wait while the server is busy."""
        for number in range(1, MOST_TRIES + 1):
            answer = self._ask(url, name, is_typed=is_typed)
            if not isinstance(answer, float):
                return answer
            wait = answer if answer >= 0 else 2.0**number
            if wait > LONGEST_WAIT_SECONDS:
                raise UserError(f"{name} is busy and asks to come back in {wait:.0f} seconds.")
            if number < MOST_TRIES:
                self._sleep(wait)
        raise UserError(f"{name} was busy {MOST_TRIES} times in a row; import it later.")

    def _ask(self, url: Url, name: str, *, is_typed: bool) -> BinaryIO | str | float:
        """Ask once; a number is the seconds to wait, negative where the server names none."""
        self._keep_pause()
        line = self._line_to(url, is_typed=is_typed)
        with TimeLimit(line, self._seconds) as limit:
            try:
                response = line.pool.urlopen(
                    "GET",
                    url.request_uri,
                    headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
                    timeout=Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
                    retries=False,
                    redirect=False,
                    preload_content=False,
                    decode_content=False,
                )
                # Nothing is closed by it when the answer has been read to its end.
                with closing(response):
                    answer = self._answer(response, name, limit)
            except (HTTPError, OSError) as error:
                self.close()
                raise UserError(self._explain(error, name, limit)) from error
            except BaseException:
                self.close()
                raise
        if not isinstance(answer, str | float):
            return answer
        # What is left of such an answer is of no use and may be long.
        self.close()
        return answer

    def _answer(
        self, response: urllib3.BaseHTTPResponse, name: str, limit: TimeLimit
    ) -> BinaryIO | str | float:
        location = response.headers.get("Location")
        if response.status in REDIRECTS and location:
            return location
        if response.status in BUSY:
            return _seconds_to_wait(response)
        if response.status != HTTPStatus.OK:
            raise _refused(response.status, name)
        encoding = response.headers.get("Content-Encoding", "identity").strip().casefold()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise UserError(f"{name} answers in the encoding {shown(encoding)}, which is not read.")
        return spooled(self._body(response, name, limit), name, most_bytes=self._most_bytes)

    def _body(
        self, response: urllib3.BaseHTTPResponse, name: str, limit: TimeLimit
    ) -> Iterator[bytes]:
        yield from response.stream(CHUNK_BYTES // 16, decode_content=False)
        # An answer that was cut off here looks like one that has ended.
        if limit.is_over:
            raise UserError(self._too_long(name))

    def _line_to(self, url: Url, *, is_typed: bool) -> Line:
        # A connection that a typed address may have is not lent to a redirect.
        key = (url.scheme, url.host, url.port, is_typed)
        if self._line is None or key != self._line_key:
            self.close()
            host = (url.host or "").strip("[]")
            allow_private = self._allow_private and is_typed
            try:
                self._line = Line(url.scheme or "", host, url.port, allow_private=allow_private)
            except LocationValueError as error:
                raise UserError(f"{shown(url.url)} has a host that cannot be read.") from error
            self._line_key = key
        return self._line

    def _keep_pause(self) -> None:
        passed = time.monotonic() - self._asked_at
        if passed < PAUSE_SECONDS:
            self._sleep(PAUSE_SECONDS - passed)
        self._asked_at = time.monotonic()

    def _explain(self, error: Exception, name: str, limit: TimeLimit) -> str:
        if limit.is_over:
            return self._too_long(name)
        if isinstance(error, SSLError):
            return f"{name} has a certificate that is not trusted, or none."
        if isinstance(error, ReadTimeoutError | TimeoutError):
            return f"{name} has been silent for {READ_SECONDS:g} seconds; import it later."
        if isinstance(error, IncompleteRead) or "IncompleteRead" in str(error):
            return f"{name} broke off before its end; import it again."
        return f"{name} cannot be read: the connection broke off."

    def _too_long(self, name: str) -> str:
        return f"{name} took longer than {self._seconds:g} seconds; see OPASTIN_IMPORT_SECONDS."


def _seconds_to_wait(response: urllib3.BaseHTTPResponse) -> float:
    text = response.headers.get("Retry-After")
    try:
        return float(Retry().parse_retry_after(text)) if text else -1.0
    except (HTTPError, ValueError, OverflowError):
        return -1.0


def _refused(status: int, name: str) -> UserError:
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "unknown"
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return NotThere(f"{name} answers {status} ({phrase}); see how the address is written.")
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return UserError(f"{name} answers {status} ({phrase}): it is not open to everybody.")
    return UserError(f"{name} answers {status} ({phrase}); import it later.")
