"""The lines of a conversation as coaches read them: who said what and when, with its cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from coaching.transcript import COACH, PERSON
from coaching.transcript_parts import Told
from opastin.terminal import load_card
from opastin.texts import LANGUAGES
from web.desk.parts import moment
from web.markup import build
from web.plain_page import Words
from web.plain_parts import parts_of

if TYPE_CHECKING:
    from web.desk.talk_page import Seen


def show(seen: Seen) -> Element:
    """Return the lines, kept up to date by live.js, with a way to earlier ones."""
    labels, talk = seen.labels, seen.talk
    earlier = (
        build(
            "p",
            build("a", labels.text("talk.earlier"), href=f"{seen.address}?before={talk.earlier}"),
        )
        if talk.earlier
        else None
    )
    hidden = (
        build("p", labels.text("talk.not_allowed"), class_="warning")
        if talk.conversation.consented_at is None
        else None
    )
    return build(
        "section",
        build("h2", labels.text("talk.lines"), id="lines-title"),
        hidden,
        earlier,
        build("ol", *(_line(told, seen) for told in talk.lines), class_="lines")
        if talk.lines
        else build("p", labels.text("talk.lines_none"), class_="empty"),
        id="lines",
        data_live=True,
        aria_labelledby="lines-title",
        tabindex="0",
    )


def _line(told: Told, seen: Seen) -> Element:
    line, labels = told.line, seen.labels
    name = labels.text(f"talk.speakers.{line.speaker}")
    if line.speaker == COACH and line.name:
        name = line.name
    spoken = Words(line.language if line.language in LANGUAGES else "fi")
    card = load_card(spoken.language)
    return build(
        "li",
        build("p", build("strong", name), " ", moment(told.at, labels.language), class_="small"),
        build(
            "div",
            build("p", line.text, class_="text") if line.text else None,
            *(parts_of(_shown(line.custom or {}), spoken, card, _titles)),
            _titles([(button["title"], "", "") for button in line.buttons])
            if line.buttons
            else None,
            lang=line.language,
        ),
        class_=f"line {line.speaker}",
        data_person=line.speaker == PERSON,
    )


def _shown(custom: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what a person was shown of the packet: it stands beside, once it is allowed."""
    return {name: value for name, value in custom.items() if name != "preview"}


def _titles(choices: Sequence[tuple[str, str, str]]) -> Element:
    """Show the buttons that the person has as words: a coach does not press them."""
    return build("p", " · ".join(title for title, _, _ in choices), class_="small choices")
