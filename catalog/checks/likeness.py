"""By what two options of different sources are recognised as one and the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from catalog.checks.records import Record

_CREDITS = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:op|osp|sp|cr|ects)\b")
_NO_WORD = re.compile(r"[\W_]+")


def likenesses(record: Record) -> Iterator[tuple[str, str]]:
    """Yield a field and what stands in it, folded: options with the same are likely the same.

    Titles count with the provider's name; addresses only where they lead to more than a site's
    front page.
    """
    provider = _folded(record.provider_name or "")
    titles = {_folded(text.title) for text in record.texts.values() if text.title}
    for title in sorted(titles):
        if title and provider:
            yield "title", f"{provider}\n{title}"
    addresses = {_address(row.url) for row in record.offerings if row.url}
    for address in sorted(filter(None, addresses)):
        yield "url", address


def _folded(text: str) -> str:
    return _NO_WORD.sub(" ", _CREDITS.sub(" ", text.casefold())).strip()


def _address(url: str) -> str:
    """Return the address without what does not matter; empty for a site's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return ""
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{path}?{parts.query}"
