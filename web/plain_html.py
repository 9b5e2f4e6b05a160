"""The chat without scripts as a page: every button sends a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from xml.etree.ElementTree import Element

from web.markup import build, page
from web.plain_page import Page, Shown
from web.plain_parts import parts_of

ADDRESS = "/chat"
LATEST = "latest"
NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
STYLES = ("/widget/tokens.css", "/plain/plain.css")


def write(shown: Page) -> Element:
    """Return the page: a beginning, a question, or the conversation."""
    words = shown.words
    skips = False
    if not shown.proof:
        content = _beginning(shown)
    elif shown.is_asking_to_erase:
        content = _question(shown)
    else:
        content = _conversation(shown)
        skips = any(one.is_latest for one in shown.lines)
    return page(
        words.text("plain_title"),
        build("a", words.text("skip"), class_="skip", href=f"#{LATEST}") if skips else None,
        build("main", build("h1", words.text("plain_title")), *_news(shown), *content),
        language=shown.language,
        styles=STYLES,
    )


def _news(shown: Page) -> Iterator[Element]:
    words = shown.words
    if shown.problem:
        title = build("h2", words.text("problem_title")) if shown.is_unsent else None
        yield build("div", title, build("p", shown.problem), class_="problem", role="alert")
    for name in shown.news:
        yield build("p", words.text(name), class_="news", role="status")


def _beginning(shown: Page) -> Iterator[Element]:
    words = shown.words
    yield build("p", words.text("welcome"))
    yield build("p", words.text("kept"), class_="small")
    box = build("input", type="checkbox", name="plain", value="on")
    referral = build("input", type="hidden", name="referral", value=shown.referral)
    yield _form(
        shown,
        *([referral] if shown.referral else []),
        *_languages(shown),
        build("label", box, " ", words.text("plain"), class_="check"),
        _button(words.text("begin"), name="start", value="yes", class_="main"),
    )


def _question(shown: Page) -> Iterator[Element]:
    words = shown.words
    yield build("h2", words.text("delete_title"))
    yield build("p", words.text("delete_text"))
    yield _form(
        shown,
        build("a", words.text("cancel"), href=ADDRESS, class_="button"),
        _button(words.text("delete_confirm"), name="erase", value="yes", class_="erase"),
    )


def _conversation(shown: Page) -> Iterator[Element]:
    words = shown.words
    yield build("ol", *(_message(one, shown) for one in shown.lines), class_="messages")
    field = build(
        "textarea",
        shown.typed,
        id="text",
        name="text",
        rows="3",
        required=True,
        autocomplete="off",
    )
    label = build("label", words.text("composer"), for_="text")
    send = _button(words.text("send"), class_="main")
    yield _form(shown, label, field, send, kind="composer")
    yield build("p", build("a", words.text("reload"), href=f"{ADDRESS}#{LATEST}", class_="button"))
    yield build("h2", words.text("settings"))
    change = _button(words.text("set_language"), name="change", value="language")
    yield _form(shown, *_languages(shown), change)
    plain = ("plain_off", "off") if shown.plain_language else ("plain_on", "on")
    yield _form(
        shown,
        _button(words.text(plain[0]), name="plain", value=plain[1]),
        _button(words.text("feedback"), name="feedback", value="ask"),
        _button(words.text("delete"), name="erase", value="ask", class_="danger"),
    )
    yield build("p", words.text("kept"), class_="small")


def _message(one: Shown, shown: Page) -> Element:
    line = one.line
    words = shown.words
    parts = parts_of(line.custom or {}, words, words.card(line.language), partial(_choices, shown))
    body = build(
        "div",
        build("p", line.text, class_="text") if line.text else None,
        *parts,
        _answers(one, shown) if one.buttons else None,
        class_="body",
        lang=line.language,
    )
    return build(
        "li",
        build("p", one.speaker, class_="name"),
        body,
        class_=f"message {line.speaker}",
        id=LATEST if one.is_latest else None,
        tabindex="-1" if one.is_latest else None,
    )


def _answers(one: Shown, shown: Page) -> Element:
    chosen = build("span", f", {shown.words.text('chosen')}", class_="for-readers")
    buttons = [
        _button(button.title, name="payload", value=button.payload)
        if button.is_open
        else build("button", f"✓ {button.title}", chosen, disabled=True, class_="chosen")
        if button.is_chosen
        else build("button", button.title, disabled=True)
        for button in one.buttons
    ]
    return _form(shown, *buttons)


def _choices(shown: Page, choices: Sequence[tuple[str, str, str]]) -> Element:
    return _form(
        shown,
        *(
            build(
                "button",
                title,
                build("span", f": {about}", class_="for-readers"),
                name="payload",
                value=payload,
            )
            for title, payload, about in choices
        ),
    )


def _languages(shown: Page) -> Iterator[Element]:
    yield build("label", shown.words.text("language"), for_="language")
    yield build(
        "select",
        *(
            build("option", name, value=code, lang=code, selected=code == shown.language)
            for code, name in NAMES.items()
        ),
        id="language",
        name="language",
        autocomplete="off",
    )


def _button(title: str, **attributes: str) -> Element:
    return build("button", title, **attributes)


def _form(shown: Page, *content: Element, kind: str = "row") -> Element:
    hidden = {"proof": shown.proof, "client_id": shown.client_id} if shown.proof else {}
    return build(
        "form",
        *(build("input", type="hidden", name=name, value=hidden[name]) for name in hidden),
        *content,
        method="post",
        action=ADDRESS,
        class_=kind,
    )
