"""Make ids for what other systems name by addresses or not at all, the same at each import."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from catalog.importers.documents import is_safe_id

LONGEST_STEM = 48
HASH_DIGITS = 12


def id_of(identity: str, *, stem: str = "") -> str:
    """Return an id for an address, a code or words; one that is safe already stays.

    What cannot stand in an id is told apart by a hash: `kurssi-12-3f0a9c…`.
    """
    if not stem and is_safe_id(identity):
        return identity
    readable = stem or re.sub(r"^[a-z]+:/*", "", identity, flags=re.IGNORECASE)
    letters = unicodedata.normalize("NFKD", readable.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters)[-LONGEST_STEM:].strip("-") or "option"
    digest = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:HASH_DIGITS]
    return f"{slug}-{digest}"
