"""What an import reads: files, and addresses, which are fetched before anything is stored."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from os import fstat
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from catalog.importers.address import Fetcher
from catalog.importers.identities import HASH_DIGITS
from catalog.importers.opintopolku_search import fetch_search, is_search
from catalog.importers.unpacking import chunks_of, spooled, too_large, unpacked
from catalog.importers.urls import is_address, read_address, shown
from catalog.models import ID_LENGTH
from opastin.errors import UserError

# The one format of which an address may be a search of many pages.
SEARCHED = "opintopolku"


@dataclass(frozen=True)
class Limits:
    """How much is read, how long one answer may take, and whether own networks are allowed."""

    most_bytes: int
    seconds: float
    allow_private: bool


@dataclass(frozen=True)
class Input:
    """Something to import, under the name that messages have for it.

    `fetched` is what an address has answered; `is_search` says that these are wholes, as
    `read_wholes` reads them.
    """

    name: str
    path: Path
    most_bytes: int
    fetched: BinaryIO | None = None
    is_search: bool = False

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Give the file, unpacked; raise UserError where it cannot be read or is too large."""
        if self.fetched is not None:
            self.fetched.seek(0)
            yield self.fetched
            return
        with _open(self.path, self.name, most_bytes=self.most_bytes) as file:
            yield file


@contextmanager
def gathered(
    names: Iterable[str],
    *,
    format_: str,
    today: date,
    limits: Limits,
    tell: Callable[[str], None],
) -> Iterator[list[Input]]:
    """Give what is to be imported, with the addresses among it fetched."""
    fetcher = Fetcher(
        most_bytes=limits.most_bytes, seconds=limits.seconds, allow_private=limits.allow_private
    )
    with ExitStack() as stack:
        stack.callback(fetcher.close)
        inputs = []
        for text in names:
            if not is_address(text):
                inputs.append(Input(Path(text).name, Path(text), limits.most_bytes))
                continue
            name = name_of(text)
            has_pages = format_ == SEARCHED and is_search(text)
            tell(f"{name}: fetching")
            if has_pages:
                fetched = fetch_search(
                    fetcher,
                    text,
                    name=name,
                    today=today,
                    most_bytes=limits.most_bytes,
                    tell=partial(_tell_of, tell, name),
                )
            else:
                fetched = fetcher.fetch(text)
            stack.enter_context(fetched)
            inputs.append(Input(name, Path(name), limits.most_bytes, fetched, has_pages))
        yield inputs


def _tell_of(tell: Callable[[str], None], name: str, text: str) -> None:
    tell(f"{name}: {text}")


def name_of(address: str) -> str:
    """Return a short name of an address: its host, port, path and query."""
    url = read_address(address)
    place = f"{url.netloc}{unquote(url.path or '')}".rstrip("/")
    name = shown(f"{place}?{url.query}" if url.query else place)
    if len(name) <= ID_LENGTH:
        return name
    # What tells two addresses apart may be at their ends.
    digest = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:HASH_DIGITS]
    return f"{name[: ID_LENGTH - HASH_DIGITS - 1]}…{digest}"


def _open(path: Path, name: str, *, most_bytes: int) -> BinaryIO:
    try:
        file: BinaryIO = path.open("rb")
        status = fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            with file:
                file = spooled(chunks_of(file), name, most_bytes=most_bytes)
        elif status.st_size > most_bytes:
            file.close()
            raise too_large(name, most_bytes)
        return unpacked(file, name, most_bytes=most_bytes)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
