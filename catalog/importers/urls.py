"""Read addresses as people type them and as redirects name them; show them in messages."""

from __future__ import annotations

from urllib.parse import urljoin

from urllib3.exceptions import LocationValueError
from urllib3.util import Url, parse_url

from opastin.errors import UserError

LONGEST_SHOWN = 200
SCHEMES = ("http", "https")


def is_address(text: str) -> bool:
    """Say whether what was typed is an address, of whatever kind, and not a file."""
    return "://" in text


def read_address(address: str) -> Url:
    """Return the parts of an address that begins with https:// or http://."""
    try:
        url = parse_url(address)
    except LocationValueError as error:
        raise UserError(f"{shown(address)} is no address that can be read.") from error
    if url.scheme not in SCHEMES or not url.host:
        raise UserError(f"{shown(address)} is not an address that begins with https://.")
    if "%" in url.host:
        raise UserError(f"{shown(address)} names a network interface, which is not read.")
    if url.auth:
        raise UserError(f"The address of {url.host} names a user; leave that out.")
    return url._replace(fragment=None)


def follow(url: Url, location: str, name: str) -> Url:
    """Return where a redirect leads; raise UserError where it must not."""
    try:
        target = read_address(urljoin(url.url, location))
    except (UserError, ValueError) as error:
        raise UserError(
            f"{name} redirects to {shown(location)}, which is no address to follow."
        ) from error
    if url.scheme == "https" and target.scheme == "http":
        raise UserError(f"{name} redirects from https to http, which is not followed.")
    return target


def shown(address: str) -> str:
    """Return an address as it may stand in a message: in one line, not too long."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in address)
    return clean if len(clean) <= LONGEST_SHOWN else f"{clean[:LONGEST_SHOWN]}…"
