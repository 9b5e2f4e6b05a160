"""Fetch a search of Opintopolku page by page, and the documents that its hits name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from catalog.importers.address import Fetcher, NotThere
from catalog.importers.documents import OptionDocument
from catalog.importers.json_stream import JsonStream, read_json
from catalog.importers.opintopolku import HITS, not_of_opintopolku, read_hit
from catalog.importers.opintopolku_whole import NOT_THERE, Whole
from catalog.importers.unpacking import spooled
from opastin.errors import UserError

DOCUMENTS = "/external/"
SEARCH = "/external/search/"
PAGE_SIZE = 100
MOST_HITS = 500_000
MOST_PAGES = 10_000

Tell = Callable[[str], None]


def is_search(address: str) -> bool:
    """Say whether an address is that of a search, which answers page by page."""
    return SEARCH in urlsplit(address).path


def fetch_search(
    fetcher: Fetcher, address: str, *, name: str, today: date, most_bytes: int, tell: Tell
) -> BinaryIO:
    """Return all hits of a search, with the documents that those of ours name, as a file.

    `read_wholes` reads it. Raises UserError where not all of the search could be read.
    """
    # All pages first: in the long time that documents take, the list would change.
    hits = _fetch_hits(fetcher, address, name=name, most_bytes=most_bytes, tell=tell)
    with hits:
        count = sum(1 for _ in hits)
        hits.seek(0)
        wholes = _wholes(fetcher, address, hits, count=count, today=today, tell=tell)
        lines = (whole.as_line() for whole in wholes)
        return spooled(lines, name, most_bytes=most_bytes)


def _fetch_hits(
    fetcher: Fetcher, address: str, *, name: str, most_bytes: int, tell: Tell
) -> BinaryIO:
    """Return the hits of all pages as a file, a line each."""
    pages = _Pages(fetcher, address, name, tell)
    return spooled(pages.lines(), name, most_bytes=most_bytes)


class _Pages:
    def __init__(self, fetcher: Fetcher, address: str, name: str, tell: Tell) -> None:
        self._fetcher = fetcher
        self._address = address
        self._name = name
        self._tell = tell
        self._total: int | None = None
        self._seen: set[str] = set()

    def lines(self) -> Iterator[bytes]:
        """Yield each hit once; raise UserError unless they are as many as the search says."""
        for page in range(1, MOST_PAGES + 1):
            before, on_page = len(self._seen), 0
            with self._fetcher.fetch(_page(self._address, page)) as answer:
                stream = JsonStream(answer, f"{self._name} (page {page})", key=HITS)
                for hit in stream:
                    if stream.shape != "key":
                        raise not_of_opintopolku(self._name)
                    on_page += 1
                    yield from self._take(hit)
            self._check_total(stream, page)
            self._tell(f"{len(self._seen):,} of {self._total:,} hits")
            if len(self._seen) >= (self._total or 0):
                break
            if on_page and len(self._seen) == before:
                raise UserError(
                    f"{self._name} gives on page {page} what it has given before; import it again."
                )
            if not on_page:
                break
        if len(self._seen) != self._total:
            raise UserError(
                f"{self._name} gave {len(self._seen):,} different hits where it says "
                f"{self._total:,}: the list changed while it was read; import it again."
            )

    def _take(self, hit: Any) -> Iterator[bytes]:
        line = json.dumps(hit).encode() + b"\n"
        oid = hit.get("oid") if isinstance(hit, dict) else None
        # What has no oid will be refused, but it is one of the hits.
        key = oid if isinstance(oid, str) else f"hit {len(self._seen)}"
        if key not in self._seen:
            self._seen.add(key)
            yield line

    def _check_total(self, stream: JsonStream, page: int) -> None:
        total = stream.others.get("total")
        if stream.shape != "key" or isinstance(total, bool) or not isinstance(total, int):
            raise UserError(f"{self._name} is no search of Opintopolku: it has no `total`.")
        if not 0 <= total <= MOST_HITS:
            raise UserError(f"{self._name} has {total} hits; narrow the search to {MOST_HITS:,}.")
        if self._total is not None and total != self._total:
            raise UserError(
                f"{self._name} had {self._total:,} hits and has {total:,} on page {page}: "
                "the list changed while it was read; import it again."
            )
        self._total = total


def _page(address: str, number: int) -> str:
    """Return the address of a page: whatever page was asked for, all are read from the first."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    # By name, since hits that score alike change places between pages.
    query = {"sort": "name", "order": "asc", "size": PAGE_SIZE, **asked, "page": number}
    return urlunsplit(parts._replace(query=urlencode(query, safe=","), fragment=""))


def _wholes(
    fetcher: Fetcher, address: str, hits: BinaryIO, *, count: int, today: date, tell: Tell
) -> Iterator[Whole]:
    parts = urlsplit(address)
    base = parts.path[: parts.path.index(SEARCH)] + DOCUMENTS
    for number, line in enumerate(hits, start=1):
        whole = Whole(json.loads(line))
        option = read_hit(whole.hit, f"hit {number}", today)
        # Most hits of a broad search are degrees, which are nothing for the catalogue.
        if isinstance(option, OptionDocument):
            for kind, oid in (("koulutus", option.id), *_toteutukset(whole.hit)):
                path = f"{base}{kind}/{oid}"
                found = _document(
                    fetcher,
                    urlunsplit(parts._replace(path=path, query="", fragment="")),
                    oid,
                    whole,
                )
                if kind == "koulutus":
                    whole.koulutus = found
                elif found is not None:
                    whole.toteutukset.append(found)
        tell(f"documents of {number:,} of {count:,} hits")
        yield whole


def _toteutukset(hit: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the toteutus oids of a hit that has been read: all are sound."""
    oids = (found["toteutusOid"].strip() for found in hit.get("toteutukset") or [])
    yield from (("toteutus", oid) for oid in dict.fromkeys(oids))


def _document(fetcher: Fetcher, address: str, oid: str, whole: Whole) -> dict[str, Any] | None:
    """Return a document, or note in the whole why there is none."""
    try:
        answer = fetcher.fetch(address)
    except NotThere:
        whole.wrong[oid] = NOT_THERE
        return None
    with answer:
        try:
            found = read_json(answer, oid)
        except UserError as error:
            whole.wrong[oid] = str(error)
            return None
    if not isinstance(found, dict):
        whole.wrong[oid] = "is not an object"
        return None
    return found
