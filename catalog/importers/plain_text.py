"""Turn what providers write, HTML or not, into clean plain text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html.parser import HTMLParser

import nh3

PARAGRAPHS = frozenset({"p", "div", "ul", "ol", "table", "blockquote"}) | {
    f"h{level}" for level in range(1, 7)
}
LINES = frozenset({"li", "tr"})
KEPT = PARAGRAPHS | LINES | {"a", "br", "td", "th"}

# Soft hyphens, zero-width characters and byte order marks: unseen, yet they split words in two;
# and what turns the direction of writing, notes between lines and tags, which hide words or order.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# A paragraph right after its bullet belongs on the bullet's line.
_EMPTY_BULLET = re.compile(r"\n- *\n+")
# The commonest HTML of all, in which there is nothing to clean.
_ONE_PARAGRAPH = re.compile(r"<p>([^<>&]*)</p>")
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_line(text: str) -> str:
    """Return `text` as one line, with single spaces and none at its ends."""
    if not (text.isascii() and text.isprintable()):
        text = _clean_characters(text)
    return " ".join(text.split())


def clean_paragraphs(text: str) -> str:
    """Return plain text with its lines; paragraphs are apart by one blank line."""
    # What is all printable has no line breaks, and a catalogue's texts are read by the million.
    if text.isprintable():
        return clean_line(text)
    lines = [" ".join(line.split()) for line in _clean_characters(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def from_html(html: str) -> str:
    """Return the text of HTML with its paragraphs, lists and the addresses of its links."""
    # Most texts of most documents are empty or plain, and parsing is what takes long.
    if "<" not in html and "&" not in html:
        return clean_paragraphs(_SPACES.sub(" ", _CONTROLS.sub("", html)))
    paragraph = _ONE_PARAGRAPH.fullmatch(html)
    if paragraph and html.isprintable():
        return clean_line(paragraph[1])
    # nh3 drops scripts and styles with their content and mends what is not well-formed.
    parser = _TextParser()
    parser.feed(_cleaner().clean(_CONTROLS.sub("", html)))
    parser.close()
    return clean_paragraphs(_EMPTY_BULLET.sub("\n- ", parser.text()))


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(KEPT), attributes={"a": {"href"}}, link_rel=None)


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._address: str | None = None
        self._link_start = 0

    def text(self) -> str:
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._address = dict(attrs).get("href")
            self._link_start = len(self._parts)
        elif tag == "li":
            self._parts.append("\n- ")
        elif tag in ("td", "th"):
            self._parts.append(" ")
        else:
            self._parts.append("\n\n" if tag in PARAGRAPHS else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag in PARAGRAPHS:
            self._parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        # Line breaks inside HTML text are spaces.
        self._parts.append(_SPACES.sub(" ", data))

    def _end_link(self) -> None:
        address, self._address = self._address, None
        shown = "".join(self._parts[self._link_start :])
        if address and address.removeprefix("mailto:") not in shown:
            self._parts.append(f" ({address})" if shown.strip() else address)


def _clean_characters(text: str) -> str:
    if text.isprintable():
        # No control, line break or unseen character is printable.
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    unified = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", _UNSEEN.sub("", unified))
