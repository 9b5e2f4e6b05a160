"""Hash the short codes that people type, slowly, so that a stolen table is slow to try out."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# OWASP's password storage cheat sheet names these for scrypt; about 16 MB and 50 ms a try.
_COST, _BLOCK, _PARALLEL = 2**14, 8, 5
_MAX_MEMORY = 64 * 1024 * 1024


def hash_pin(pin: str) -> str:
    """Return the salt and the hash to keep of a PIN."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_derive(pin, salt).hex()}"


def is_pin(pin: str, kept: str) -> bool:
    """Say whether a PIN is the one that `kept` was made of."""
    salt, _, derived = kept.partition("$")
    return hmac.compare_digest(_derive(pin, bytes.fromhex(salt)).hex(), derived)


def _derive(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        pin.encode("utf-8", "replace"),
        salt=salt,
        n=_COST,
        r=_BLOCK,
        p=_PARALLEL,
        maxmem=_MAX_MEMORY,
    )
