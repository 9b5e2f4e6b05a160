"""The shell of the desk: head, navigation, and the place where a part puts its content."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from aiohttp import web

from coaching.accounts import may
from coaching.desk_models import Coach, CoachSession
from web import markup
from web.desk.session import DESK, form_field, session_of
from web.labels import Labels
from web.markup import Content, build
from web.wording import STRINGS

ASSETS = Path(__file__).parents[1] / "static" / "coach"
STYLES = ("/widget/tokens.css", "/coach/assets/desk.css")
MAIN = "main"
POLICY = f"{markup.POLICY}; connect-src 'self'; media-src 'self'"
# Each place: its name in the words, its address, and the acts of which one is needed.
PLACES = (
    ("queue", DESK, ("guide",)),
    ("transcripts", f"{DESK}/transcripts", ("guide", "see_all")),
    ("reviews", f"{DESK}/reviews", ("review",)),
    ("measures", f"{DESK}/measures", ("measure",)),
    ("quality", f"{DESK}/quality", ("measure",)),
    ("accounts", f"{DESK}/accounts", ("manage",)),
    ("teams", f"{DESK}/teams", ("manage",)),
    ("audit", f"{DESK}/audit", ("audit",)),
)


def words(language: str) -> Labels:
    """Return the desk's words: web/strings/desk.<language>.yml and desk-<part>.<language>.yml."""
    return Labels(language, files=_files(language))


def desk_page(
    request: web.Request,
    coach: Coach,
    title: str,
    *body: Content,
    current: str = "queue",
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
    status: int = 200,
    has_heading: bool = False,
) -> web.Response:
    """Return a page of the desk; `current` names the place in PLACES, or is "".

    The title becomes the page's first heading, unless the content has one (`has_heading`).
    Scripts find the session's form token and the language in `document.body.dataset`.
    """
    labels = words(coach.language)
    heading = None if has_heading else build("h1", title)
    return send_page(
        labels,
        title,
        _header(labels, coach, session_of(request), current),
        build("main", heading, *body, id=MAIN, tabindex="-1"),
        scripts=scripts,
        styles=styles,
        status=status,
        form_token=session_of(request).form_token,
    )


def send_page(
    labels: Labels,
    title: str,
    *body: Content,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
    status: int = 200,
    form_token: str | None = None,
) -> web.Response:
    """Return a page with the desk's looks and headers, and nothing but `body` in it."""
    root = markup.page(
        labels.text("shell.page_title", title=title),
        build("a", labels.text("shell.skip"), class_="skip", href=f"#{MAIN}"),
        *body,
        language=labels.language,
        styles=(*STYLES, *styles),
        scripts=scripts,
    )
    content = root.find("body")
    if content is not None and form_token is not None:
        content.set("data-form-token", form_token)
    response = markup.answer(root, status=status, policy=POLICY)
    # With no referrer at all a browser would not say that a form came from here.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def go(address: str) -> web.Response:
    """Lead the browser on to another page, as after every form."""
    return web.Response(status=303, headers={**markup.PRIVATE, "Location": address})


def post_form(
    opened: CoachSession, action: str, *content: Content, class_: str = "form"
) -> Element:
    """Return a form of the desk with its hidden proof."""
    return build("form", form_field(opened), *content, method="post", action=action, class_=class_)


def _header(labels: Labels, coach: Coach, opened: CoachSession, current: str) -> Element:
    return build(
        "header",
        build("p", "Opastin", class_="brand"),
        build(
            "nav",
            build(
                "ul",
                *(
                    build("li", _place(labels, name, address, is_current=name == current))
                    for name, address, acts in PLACES
                    if any(may(coach.role, act) for act in acts)
                ),
            ),
            aria_label=labels.text("shell.navigation"),
        ),
        _own(labels, coach, opened, is_current=current == "own"),
        class_="top",
    )


def _place(labels: Labels, name: str, address: str, *, is_current: bool) -> Element:
    text = labels.text(f"shell.places.{name}")
    return build("a", text, href=address, aria_current="page" if is_current else None)


def _own(labels: Labels, coach: Coach, opened: CoachSession, *, is_current: bool) -> Element:
    wish = "off" if coach.is_available else "on"
    presence = None
    if may(coach.role, "guide"):
        presence = post_form(
            opened,
            f"{DESK}/available",
            build("button", labels.text(f"shell.turn_{wish}"), name="available", value=wish),
            class_="presence",
        )
    account = build(
        "a",
        labels.text("own.title"),
        href=f"{DESK}/account",
        aria_current="page" if is_current else None,
    )
    leave = post_form(
        opened, f"{DESK}/logout", build("button", labels.text("shell.logout")), class_="leave"
    )
    return build(
        "details",
        build("summary", _name(labels, coach)),
        build("div", presence, account, leave),
        class_="own",
    )


def _name(labels: Labels, coach: Coach) -> Element:
    """Return the coach's name with a mark and a word for whether conversations are taken."""
    if not may(coach.role, "guide"):
        return build("span", coach.display_name)
    state = build("span", f", {labels.text(f'shell.is_{_state(coach)}')}", class_="state")
    return build("span", coach.display_name, state, class_=_state(coach))


def _state(coach: Coach) -> str:
    return "available" if coach.is_available else "away"


@lru_cache(maxsize=8)
def _files(language: str) -> tuple[str, ...]:
    found = sorted(path.name for path in STRINGS.glob(f"desk*.{language}.yml"))
    return tuple(name.removesuffix(f".{language}.yml") for name in found)
