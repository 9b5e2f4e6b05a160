"""What a coach needs to know of a person before the first word, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from coaching.packet import Packet, Suggested
from web.desk.facts_part import facts
from web.labels import Labels
from web.markup import build
from web.plain_page import Words
from web.plain_parts import tasks_of

if TYPE_CHECKING:
    from web.desk.talk_page import Seen


def show(seen: Seen) -> Element:
    """Return the packet, kept up to date by live.js."""
    labels, packet = seen.labels, seen.talk.packet
    content = (
        list(_content(packet, labels))
        if packet.has_consent
        else [build("p", labels.text("packet.not_allowed"), class_="warning")]
    )
    return build(
        "section",
        build("h2", labels.text("packet.title"), id="packet-title"),
        *(content or [build("p", labels.text("packet.nothing"), class_="empty")]),
        id="packet",
        data_live=True,
        aria_labelledby="packet-title",
    )


def _content(packet: Packet, labels: Labels) -> Iterator[Element]:
    if packet.goal_words:
        words = build("p", packet.goal_words, class_="words", lang=packet.language)
        yield from _part(labels, "goal", words)
    # A slot of an older or newer bot is no reason to keep a coach out.
    known = {slot: packet.profile[slot] for slot in packet.profile if labels.find(f"slots.{slot}")}
    told = facts(known, labels)
    if told is not None:
        yield from _part(labels, "profile", told)
    yield from _list(labels, "competence", [str(one.get("words", "")) for one in packet.competence])
    for name, options in (
        ("saved", packet.saved),
        ("turned_down", packet.turned_down),
        ("shown", packet.shown),
    ):
        yield from _options(labels, name, options)
    yield from _list(labels, "questions", packet.open_questions)
    if packet.plan:
        steps = tasks_of(packet.plan.get("steps") or (), Words(packet.language))
        yield from _list(labels, "plan", steps)


def _options(labels: Labels, name: str, options: Sequence[Suggested]) -> Iterator[Element]:
    if not options:
        return
    rows = [
        build(
            "li",
            build("strong", one.title),
            f", {one.provider}" if one.provider else None,
            build("p", one.reason, class_="small") if one.reason else None,
        )
        for one in options
    ]
    yield from _part(labels, name, build("ul", *rows))


def _list(labels: Labels, name: str, texts: Sequence[str]) -> Iterator[Element]:
    if texts:
        yield from _part(labels, name, build("ul", *(build("li", text) for text in texts)))


def _part(labels: Labels, name: str, content: Element) -> Iterator[Element]:
    yield build("h3", labels.text(f"packet.{name}"))
    yield content
