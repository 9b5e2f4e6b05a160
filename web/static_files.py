"""Files that browsers fetch: read once, kept in memory as they are sent, packed where accepted."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from aiohttp import hdrs, web

from web.errors import ApiError

# Where a browser would otherwise have to trust what this machine's list says.
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_TEXTS = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt"})
# Whole lines only: what looks like a comment within a line may be part of an address.
_COMMENTS = {
    ".js": re.compile(r"(?m)^ *//.*\n"),
    ".css": re.compile(r"/\*[^*]*\*/\n?"),
}
_INDENTS = re.compile(r"(?m)^ +|\n(?=\n)")
_GZIP = re.compile(
    r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=([0-9]+(?:\.[0-9]*)?)\s*)?(?=,|$)", re.IGNORECASE
)


@dataclass(frozen=True)
class SentFile:
    """A file as it goes to browsers; `packed` is None where packing gains nothing."""

    body: bytes
    packed: bytes | None
    content_type: str
    etag: str

    def answer(self, request: web.Request) -> web.Response:
        """Return the file, packed where the browser takes it so; 304 where it has it."""
        is_packed = self.packed is not None and accepts_gzip(request)
        etag = f'"{self.etag}-gzip"' if is_packed else f'"{self.etag}"'
        headers: dict[str, str] = {hdrs.ETAG: etag}
        if self.packed is not None:
            headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
        if is_known(request, etag):
            return web.Response(status=304, headers=headers)
        headers[hdrs.CONTENT_TYPE] = self.content_type
        if is_packed:
            headers[hdrs.CONTENT_ENCODING] = "gzip"
        return web.Response(body=self.packed if is_packed else self.body, headers=headers)


def routes(prefix: str, folder: Path, *, lean: bool = False) -> web.RouteDef:
    """Return the route that hands out the files of a folder and its folders.

    With `lean`, comments and indents of our own scripts and styles stay at home; what others
    wrote must be sent whole, because its licence often stands in a comment.
    """
    files = load_folder(folder, lean=lean)

    async def send(request: web.Request) -> web.Response:
        file = files.get(request.match_info["filename"])
        if file is None:
            raise ApiError("not_found")
        return file.answer(request)

    return web.get(f"{prefix}/{{filename:.+}}", send)


@lru_cache(maxsize=32)
def load_folder(folder: Path, *, lean: bool = False) -> dict[str, SentFile]:
    """Return the files of a folder by their paths in it, read once in a process."""
    return {
        path.relative_to(folder).as_posix(): load_file(path, lean=lean)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@lru_cache(maxsize=32)
def load_file(path: Path, *, lean: bool = False) -> SentFile:
    """Return one file as it is sent."""
    body = path.read_bytes()
    if lean and path.suffix in _COMMENTS:
        text = _COMMENTS[path.suffix].sub("", body.decode())
        body = _INDENTS.sub("", text).strip().encode()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return _prepare(body, kind or "application/octet-stream", is_text=path.suffix in _TEXTS)


def json_file(content: Any) -> SentFile:
    """Return a value as a file of JSON."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return _prepare(text.encode(), "application/json", is_text=True)


def accepts_gzip(request: web.Request) -> bool:
    """Say whether a browser takes a packed answer.

    >>> [bool(_GZIP.search(header)) for header in ("br, gzip;q=0.5", "deflate", "xgzip")]
    [True, False, False]
    """
    found = _GZIP.search(request.headers.get(hdrs.ACCEPT_ENCODING, ""))
    return found is not None and float(found.group(1) or "1") > 0


def is_known(request: web.Request, etag: str) -> bool:
    """Say whether a browser has the very version of a file that `etag` names."""
    named = request.headers.get(hdrs.IF_NONE_MATCH, "").split(",")
    return any(item.strip().removeprefix("W/") in (etag, "*") for item in named)


def _prepare(body: bytes, kind: str, *, is_text: bool) -> SentFile:
    # Without the time of packing, so that every start gives the same bytes.
    packed = gzip.compress(body, 9, mtime=0) if is_text else None
    if packed is not None and len(packed) >= len(body):
        packed = None
    is_named_text = kind.startswith("text/")
    return SentFile(
        body=body,
        packed=packed,
        content_type=f"{kind}; charset=utf-8" if is_named_text else kind,
        etag=hashlib.sha256(body).hexdigest()[:24],
    )
