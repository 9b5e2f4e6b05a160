"""Connect to servers of the open internet only, and cut off what takes too long.

A name is looked up once, every address that it has is checked, and one of these very addresses
is connected to: what the name means a moment later does not matter.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import time
from threading import Timer
from types import TracebackType
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from opastin.errors import UserError

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
MOST_ADDRESSES = 4
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
# Set aside since Python's own list was made: for documentation, segment routing and old relays.
_SET_ASIDE = tuple(map(ipaddress.ip_network, ("3fff::/20", "5f00::/16", "192.88.99.0/24")))


def is_public(text: str) -> bool:
    """Say whether an IP address is one of the open internet, also by the IPv4 address inside."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if any(address in network for network in _SET_ASIDE):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED or address in _COMPATIBLE:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo or address.is_site_local:
            return False
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not (address.is_multicast or address.is_reserved)


class Guard:
    """Opens the sockets to one server, and can shut the open one whatever is waiting for it."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._deadline = time.monotonic()
        self._open: socket.socket | None = None

    def connect(self, host: str, port: int) -> socket.socket:
        """Return a socket that is connected to a checked address, or raise UserError."""
        found = _look_up(host, port)
        for _, _, _, _, address in found:
            if not self._allow_private and not is_public(str(address[0])):
                raise UserError(
                    f"{host} is at {address[0]}, which is not of the open internet; only an "
                    "address that you type may be, with --allow-private."
                )
        problem: OSError | None = None
        for family, kind, protocol, _, address in found[:MOST_ADDRESSES]:
            connected = socket.socket(family, kind, protocol)
            connected.settimeout(self._connect_seconds())
            try:
                connected.connect(address)
            except OSError as error:
                connected.close()
                problem = error
            else:
                self._watch(connected)
                connected.settimeout(READ_SECONDS)
                return connected
        raise UserError(f"{host} cannot be connected to: {_reason(problem)}.")

    def expect_end_by(self, deadline: float) -> None:
        """Set the moment, by the monotonic clock, when new connections are not made any more."""
        self._deadline = deadline

    def cut(self) -> None:
        """Shut the open connection: whoever reads or writes it goes on at once, in vain."""
        opened = self._open
        if opened is not None:
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the open connection."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _watch(self, connected: socket.socket) -> None:
        # TLS takes the socket itself over; a second handle of it can still be shut.
        self.close()
        self._open = connected.dup()
        if time.monotonic() >= self._deadline:
            # Who would cut it has come by already.
            self.cut()

    def _connect_seconds(self) -> float:
        return max(0.01, min(CONNECT_SECONDS, self._deadline - time.monotonic()))


def _look_up(host: str, port: int) -> list[Any]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UserError(f"{host} is not known to the name service; see how it is spelt.") from error


def _reason(problem: OSError | None) -> str:
    if isinstance(problem, TimeoutError):
        return f"it did not answer in {CONNECT_SECONDS:g} seconds"
    return (problem and problem.strerror) or "it has no address"


class _Guarded(HTTPConnection):
    def __init__(self, *arguments: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self.host, self.port or self.default_port)


class _GuardedTls(HTTPSConnection):
    def __init__(self, *arguments: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self.host, self.port or self.default_port)


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Guarded


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _GuardedTls


class Line:
    """A connection to one server at a time, kept open from request to request."""

    def __init__(self, scheme: str, host: str, port: int | None, *, allow_private: bool) -> None:
        self.guard = Guard(allow_private=allow_private)
        self.pool: urllib3.HTTPConnectionPool
        if scheme == "https":
            context = ssl.create_default_context()
            self.pool = _TlsPool(host, port, ssl_context=context, maxsize=1, guard=self.guard)
        else:
            self.pool = _Pool(host, port, maxsize=1, guard=self.guard)

    def close(self) -> None:
        """Close the connection."""
        self.pool.close()
        self.guard.close()


class TimeLimit:
    """Within it, a line is cut when so many seconds have passed; `is_over` says whether it was."""

    def __init__(self, line: Line, seconds: float) -> None:
        self.is_over = False
        self._line = line
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        line.guard.expect_end_by(time.monotonic() + seconds)

    def __enter__(self) -> TimeLimit:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        # First, so that a body that ends here is not taken for a whole one.
        self.is_over = True
        self._line.guard.cut()
