"""The pages on which a phone takes a conversation over."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from coaching.conversations import Started
from web.labels import Labels
from web.markup import build, page

FILES = ("pages",)
STYLES = ("/widget/tokens.css", "/pages/pages.css")
SCRIPT = "/pages/continue.js"
PLAIN_CHAT = "/chat"
# The chat loads its words and talks with the service.
TALK_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)


def ask(language: str) -> Element:
    """Return the page with the one button; its address stays out of the form."""
    words = Labels(language, files=FILES)
    return _page(
        words,
        "title",
        build("p", words.text("continue.lead"), class_="lead"),
        build(
            "form",
            build("button", words.text("continue.button"), type="submit", class_="button"),
            method="post",
        ),
        build("p", words.text("continue.note"), class_="small"),
    )


def hand_over(started: Started, language: str) -> Element:
    """Return the page whose script puts the token away and goes to the chat."""
    words = Labels(language, files=FILES)
    return _page(
        words,
        "opening",
        build(
            "p",
            words.text("continue.wait"),
            id="hand-over",
            class_="lead",
            data_conversation=started.id,
            data_token=started.token,
            data_language=language,
        ),
        build("p", build("a", words.text("continue.no_script"), href=PLAIN_CHAT)),
        script=SCRIPT,
    )


def talk(language: str) -> Element:
    """Return the page that has the chat on it, open."""
    words = Labels(language, files=FILES)
    root = _page(words, "talk_title", build("p", words.text("continue.talk"), class_="lead"))
    script = build(
        "script",
        src="/widget.js",
        data_language=language,
        data_open="true",
        data_remember="true",
        defer=True,
    )
    root[1].append(script)
    return root


def gone(language: str) -> Element:
    """Return the page for an address that works no longer: it says what to do."""
    words = Labels(language, files=FILES)
    return _page(
        words,
        "gone_title",
        build("p", words.text("continue.gone"), class_="lead"),
        build("p", build("a", words.text("start"), href="/", class_="button")),
    )


def _page(words: Labels, title: str, *content: Element, script: str | None = None) -> Element:
    heading = words.text(f"continue.{title}")
    return page(
        f"{heading} – Opastin",
        build("main", build("p", "Opastin", class_="name"), build("h1", heading), *content),
        language=words.language,
        styles=STYLES,
        scripts=() if script is None else (script,),
    )
