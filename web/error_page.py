"""What a person sees at an address that has nothing for them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from web.labels import Labels
from web.markup import build, page
from web.wording import say

STYLES = ("/widget/tokens.css", "/pages/pages.css")


def error_page(message: str, language: str) -> Element:
    """Return a page that says what is wrong and where to go on."""
    title = say("error_title", language)
    return page(
        f"{title} – Opastin",
        build(
            "main",
            build("p", "Opastin", class_="name"),
            build("h1", title),
            build("p", message, class_="lead"),
            build("p", build("a", Labels(language, files=["pages"]).text("start"), href="/")),
        ),
        language=language,
        styles=STYLES,
    )
