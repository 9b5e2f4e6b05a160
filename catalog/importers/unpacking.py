"""Copy what may be packed into a temporary file: unpacked, and of bounded size."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from opastin.errors import UserError

CHUNK_BYTES = 1_000_000
_GZIP = b"\x1f\x8b\x08"
_ARCHIVES = {b"PK\x03\x04": "zip", b"7z\xbc\xaf": "7z", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_LONGEST_MARK = max(map(len, [_GZIP, *_ARCHIVES]))


def spooled(chunks: Iterable[bytes], name: str, *, most_bytes: int) -> BinaryIO:
    """Return the chunks as a file that goes when it is closed; raise UserError at too many."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        written = 0
        for chunk in chunks:
            written += len(chunk)
            if written > most_bytes:
                raise too_large(name, most_bytes)
            file.write(chunk)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def too_large(name: str, most_bytes: int) -> UserError:
    """Return the error for what is larger than may be read."""
    size = f"{most_bytes / 1_000_000:g} MB"
    return UserError(f"{name} is larger than {size}; split it, or see OPASTIN_IMPORT_MAX_MB.")


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file piece by piece."""
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def unpacked(file: BinaryIO, name: str, *, most_bytes: int) -> BinaryIO:
    """Return the file, or in its place what gzip has packed in it; raise UserError for archives."""
    mark = file.read(_LONGEST_MARK)
    file.seek(0)
    for start, kind in _ARCHIVES.items():
        if mark.startswith(start):
            file.close()
            raise UserError(f"{name} is packed ({kind}); unpack it and import the files in it.")
    if not mark.startswith(_GZIP):
        return file
    try:
        with file, gzip.GzipFile(fileobj=file) as opened:
            return spooled(iter(lambda: opened.read(CHUNK_BYTES), b""), name, most_bytes=most_bytes)
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(f"{name} is not whole: what is packed in it breaks off.") from error
