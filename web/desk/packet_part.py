"""What a coach needs to know of a person before the first word, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from coaching.packet import Packet, Suggested
from guidance.presentation import Words as Told
from opastin.texts import load_texts
from web.labels import Labels
from web.markup import build
from web.plain_page import Words
from web.plain_parts import tasks_of

if TYPE_CHECKING:
    from web.desk.talk_page import Seen

# Slots whose values are codes with words of the desk's own, and those that are told as another.
_BY_CODE = frozenset(
    {"age_group", "education", "goal", "schedule", "situation", "teaching_languages"}
)
_AS = {"places": "place"}


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
    facts = list(_facts(packet, labels))
    if facts:
        yield from _part(labels, "profile", build("dl", *facts, class_="facts"))
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


def _facts(packet: Packet, labels: Labels) -> Iterator[Element]:
    told = Told(load_texts(), labels.language, plain=False)
    for slot, value in packet.profile.items():
        if value in (None, [], ""):
            continue
        yield build("dt", labels.text(f"slots.{slot}"))
        yield build("dd", _value(slot, value, told, labels))


def _value(slot: str, value: Any, told: Told, labels: Labels) -> str:
    if isinstance(value, bool):
        return labels.text("packet.yes" if value else "packet.no")
    values = value if isinstance(value, list) else [value]
    if slot in _BY_CODE:
        return ", ".join(labels.text(f"values.{slot}.{one}") for one in values)
    return ", ".join(told.value(_AS.get(slot, slot), one) for one in values)


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
