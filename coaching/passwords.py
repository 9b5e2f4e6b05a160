"""Passwords of the desk: the rules, the slow hash, and passwords for one use."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH, MAX_LENGTH = 12, 200
COMMON = Path(__file__).parent / "data" / "common_passwords.txt"
# Without letters and digits that look alike on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 5
_MIN_DIFFERENT = 5
# What people put around a word so that it passes as a password.
_AROUND = "0123456789!?#*.,_-+ "
_REPEATED = re.compile(r"(.{3,40}?)[ _.-]?\1+")


class WeakPassword(Exception):
    """The password breaks a rule; `rule` is `short`, `long`, `name`, `same` or `common`."""

    def __init__(self, rule: str) -> None:
        """Keep the rule's name, which the edge turns into words."""
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True)
class Verified:
    """Whether a password was right, and what to keep instead where the cost has been raised."""

    is_right: bool
    better_hash: str | None = None


def check_password(password: str, name: str) -> None:
    """Raise WeakPassword unless the password may be used for the account `name`."""
    folded = _fold(password)
    if len(password) < MIN_LENGTH:
        raise WeakPassword("short")
    if len(password) > MAX_LENGTH:
        raise WeakPassword("long")
    if _fold(name) in folded:
        raise WeakPassword("name")
    if len(set(folded)) < _MIN_DIFFERENT:
        raise WeakPassword("same")
    if _is_common(folded):
        raise WeakPassword("common")


def hash_password(password: str) -> str:
    """Return what to keep of a password; takes about 0.1 s and 64 MB, so never in a transaction."""
    return _hasher().hash(_bytes(password))


def verify(kept: str | None, password: str) -> Verified:
    """Compare a password with what is kept; without anything kept it works as long, in vain."""
    try:
        _hasher().verify(kept or _decoy(), _bytes(password[: MAX_LENGTH + 1]))
    except (VerificationError, InvalidHashError):
        return Verified(False)
    if kept is None:
        return Verified(False)
    is_old = _hasher().check_needs_rehash(kept)
    return Verified(True, hash_password(password) if is_old else None)


def draw_password() -> str:
    """Return a random password that is easy to read aloud: about 99 bits in four groups."""
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS)
    )


def _is_common(folded: str) -> bool:
    """Say whether a password is on the list, also with a year after it or said twice."""
    core = folded.strip(_AROUND)
    repeated = _REPEATED.fullmatch(core)
    return any(word in _common() for word in (folded, core, repeated[1] if repeated else core))


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    # The library's defaults are RFC 9106's second choice, and follow it when it changes.
    return PasswordHasher()


@lru_cache(maxsize=1)
def _decoy() -> str:
    return _hasher().hash(secrets.token_bytes(16))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bytes(password: str) -> bytes:
    # Keyboards differ in how they compose letters with dots and rings.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")
