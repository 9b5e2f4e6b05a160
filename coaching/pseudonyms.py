"""Name a conversation without giving its id away: for the list of the erased and for logs."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

KEY_FILE = "pseudonyms.key"
LOG_NAME_LENGTH = 12


class Pseudonyms:
    """Keyed hashes of conversations' ids, the same for as long as the key is kept."""

    def __init__(self, key: bytes, home: Path | None = None) -> None:
        """Keep the secret `key`, of at least 16 bytes, and the installation's folder."""
        self._key = key
        self.home = home

    def of_erased(self, conversation_id: str) -> str:
        """Return the hash that stays when the conversation is erased."""
        return self._hash("erased", conversation_id)

    def in_audit(self, conversation_id: str) -> str:
        """Return the hash that the audit calls the conversation by."""
        return self._hash("audit", conversation_id)

    def of_login(self, subject: str) -> str:
        """Return the hash under which failures of a kind to log in are counted."""
        return self._hash("login", subject)

    def of_account(self, name: str) -> str:
        """Return the hash under which strangers' failures to log in to an account are counted."""
        return self.of_login(f"account:{name}")

    def of_browser(self, subject: str) -> str:
        """Return what proves that a browser was given `subject` by this installation."""
        return self._hash("browser", subject)

    def in_logs(self, conversation_id: str) -> str:
        """Return the short name that logs call the conversation by."""
        return self._hash("log", conversation_id)[:LOG_NAME_LENGTH]

    def _hash(self, purpose: str, conversation_id: str) -> str:
        words = f"{purpose}:{conversation_id}".encode("utf-8", "replace")
        return hmac.digest(self._key, words, "sha256").hex()


def load_pseudonyms(home: Path) -> Pseudonyms:
    """Return the pseudonyms of an installation; its key is made at the first call."""
    path = home / KEY_FILE
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        # The key is written whole before it gets its name: another process may be reading.
        draft = home / f".{KEY_FILE}.{os.getpid()}.{secrets.token_hex(4)}"
        if not path.exists():
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
                to.write(secrets.token_bytes(32))
            os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    return Pseudonyms(path.read_bytes(), home)
