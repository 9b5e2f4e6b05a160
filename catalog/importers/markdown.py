"""Turn the little Markdown that course systems allow into plain text."""

from __future__ import annotations

import re
from html import escape

from catalog.importers.plain_text import clean_paragraphs, from_html

_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\s]{1,500})\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,500})(?<=\S)\1(?!\w)")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[*+-][ \t]+", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|&(?:[A-Za-z]{2,20}|#\d{1,6});")


def from_markdown(text: str) -> str:
    """Return the text without the signs of Markdown; HTML in it is cleaned as well."""
    plain = _EMPHASIS.sub(r"\2", _BULLET.sub("- ", _HEADING.sub("", text)))
    plain = _LINK.sub(lambda link: f"{link[1]} ({link[2]})" if link[1].strip() else "", plain)
    return from_maybe_html(plain)


def from_maybe_html(text: str) -> str:
    """Return plain text of what may be HTML or not; lines of what is not are kept."""
    return from_html(text) if is_html(text) else clean_paragraphs(text)


def to_maybe_html(text: str) -> str:
    """Return what `from_maybe_html` makes this text of: itself, unless it would pass for HTML."""
    if not is_html(text):
        return text
    return "<p>" + escape(text).replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>"


def is_html(text: str) -> bool:
    """Say whether there is a tag or an entity of HTML in `text`."""
    return _TAG.search(text) is not None
