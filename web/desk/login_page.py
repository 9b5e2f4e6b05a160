"""The login of the desk as a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from aiohttp import web

from opastin.texts import LANGUAGES
from web.desk.page import MAIN, send_page, words
from web.desk.parts import NAMES, field, problem, status_line
from web.desk.session import DESK, FIELD
from web.labels import Labels
from web.markup import build
from web.requests import preferred_language


@dataclass(frozen=True)
class Form:
    """What the form holds and what is told above it; `news` and `problem` name texts."""

    next: str
    name: str = ""
    news: str | None = None
    problem: str | None = None
    minutes: int = 0
    proof: str = ""


def show(request: web.Request, form: Form, *, status: int) -> web.Response:
    """Return the page in the language that the browser asks for, or that was chosen on it."""
    language = request.query.get("language", "")
    if language not in LANGUAGES:
        language = preferred_language(request.headers.get("Accept-Language", ""))
    labels = words(language)
    title = labels.text("login.title")
    main = build(
        "main",
        build("p", "Opastin", class_="brand"),
        build("h1", title),
        status_line(labels.text(f"login.{form.news}")) if form.news else None,
        problem(labels, labels.count(f"login.{form.problem}", form.minutes))
        if form.problem == "wait"
        else problem(labels, labels.text(f"login.{form.problem}"))
        if form.problem
        else None,
        _form(labels, form),
        build("p", labels.text("login.forgotten"), class_="small"),
        _languages(labels, form),
        id=MAIN,
        tabindex="-1",
        class_="narrow",
    )
    return send_page(labels, title, main, status=status)


def _form(labels: Labels, form: Form) -> Element:
    return build(
        "form",
        build("input", type="hidden", name=FIELD, value=form.proof),
        build("input", type="hidden", name="next", value=form.next),
        field(
            labels.text("login.name"),
            "name",
            value=form.name,
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
            required=True,
        ),
        field(
            labels.text("login.password"),
            "password",
            type="password",
            autocomplete="current-password",
            required=True,
        ),
        build("button", labels.text("login.enter"), type="submit", class_="main"),
        method="post",
        action=f"{DESK}/login?{urlencode({'language': labels.language})}",
        class_="form",
    )


def _languages(labels: Labels, form: Form) -> Element:
    links = [
        build(
            "a",
            NAMES[language],
            href=f"{DESK}/login?{urlencode({'language': language, 'next': form.next})}",
            lang=language,
            aria_current="true" if language == labels.language else None,
        )
        for language in LANGUAGES
    ]
    return build(
        "nav",
        build("ul", *(build("li", link) for link in links)),
        aria_label=labels.text("login.languages"),
        class_="languages",
    )
