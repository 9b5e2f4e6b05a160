"""Who tries to log in: the account, the browser that logged in before, and the address."""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from coaching.accounts import fold_name
from coaching.login_limits import FREE, FREE_OF_ADDRESS
from web.desk.session import DESK, set_cookie
from web.keys import PSEUDONYMS

KNOWN = "opastin_coach_browser"
_KNOWN_SECONDS = 180 * 24 * 60 * 60
_KNOWN_VALUE = re.compile(r"([\w-]{16})\.([0-9a-f]{64})", re.ASCII)
# Who has one IPv6 address has all of its network.
_NETWORK_BITS = 64


@dataclass(frozen=True)
class Tries:
    """Under which hashes a try to log in is counted."""

    # The account as strangers try it, or one browser that has opened this account before:
    # whoever guesses passwords elsewhere does not shut the coach out here.
    account: str
    address: str

    @property
    def limits(self) -> Mapping[str, int]:
        """Return the mistakes that each of them costs nothing."""
        return {self.account: FREE, self.address: FREE_OF_ADDRESS}


def tries_of(request: web.Request, name: str) -> Tries:
    """Return under which hashes this request's try at an account is counted."""
    pseudonyms = request.app[PSEUDONYMS]
    hashed = pseudonyms.of_login
    folded = fold_name(name)
    browser = _browser(request, folded)
    address = f"address:{_network(request.remote or '')}"
    if browser is None:
        return Tries(pseudonyms.of_account(folded), hashed(address))
    # The others behind the same address must not shut it out either.
    return Tries(hashed(f"browser:{browser}:{folded}"), hashed(f"{address}:{browser}"))


def remember_browser(request: web.Request, response: web.StreamResponse, name: str) -> None:
    """Have the browser show from now on that an account was opened in it."""
    if _browser(request, name) is not None:
        return
    drawn = secrets.token_urlsafe(12)
    value = f"{drawn}.{_proof(request, drawn, name)}"
    set_cookie(request, response, KNOWN, value, path=f"{DESK}/login", max_age=_KNOWN_SECONDS)


def _browser(request: web.Request, name: str) -> str | None:
    match = _KNOWN_VALUE.fullmatch(request.cookies.get(KNOWN, ""))
    if match is None or not hmac.compare_digest(
        match.group(2), _proof(request, match.group(1), name)
    ):
        return None
    return match.group(1)


def _proof(request: web.Request, drawn: str, name: str) -> str:
    return request.app[PSEUDONYMS].of_browser(f"{drawn}:{name}")


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(ipaddress.ip_network((found, _NETWORK_BITS), strict=False))
