"""Pages built by functions: whatever a text holds, it stays text."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from aiohttp import web

# For pages that hold anything of somebody's own: no trace in caches, and none in search engines.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)

Content = Element | str | None


def build(tag: str, *content: Content, **attributes: str | bool | None) -> Element:
    """Return an element; `class_` is written `class`, None and False are left out.

    >>> as_text(build("p", "a < b", class_="note"))
    '<p class="note">a &lt; b</p>'
    """
    element = Element(tag)
    for name, value in attributes.items():
        if value is not None and value is not False:
            written = name.rstrip("_").replace("_", "-")
            element.set(written, written if value is True else str(value))
    for item in content:
        _append(element, item)
    return element


def as_text(element: Element) -> str:
    """Return an element as HTML."""
    return ElementTree.tostring(element, encoding="unicode", method="html")


def page(
    title: str, *body: Content, language: str, styles: Sequence[str], scripts: Sequence[str] = ()
) -> Element:
    """Return a whole page that search engines leave alone."""
    head = build(
        "head",
        build("meta", charset="utf-8"),
        build("meta", name="viewport", content="width=device-width, initial-scale=1"),
        build("meta", name="robots", content="noindex, nofollow"),
        build("title", title),
        build("link", rel="icon", href="data:,"),
        *(build("link", rel="stylesheet", href=href) for href in styles),
        *(build("script", src=src, type="module") for src in scripts),
    )
    return build("html", head, build("body", *body), lang=language)


def answer(root: Element, *, status: int = 200, policy: str = POLICY) -> web.Response:
    """Return a page as a response that nobody stores."""
    return web.Response(
        text="<!doctype html>" + as_text(root),
        status=status,
        content_type="text/html",
        headers={**PRIVATE, "Content-Security-Policy": policy},
    )


def _append(element: Element, item: Content) -> None:
    if item is None or item == "":
        return
    if not isinstance(item, str):
        element.append(item)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + item
    else:
        element.text = (element.text or "") + item
