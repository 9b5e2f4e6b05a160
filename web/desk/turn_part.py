"""One line of a transcript: who said what, what was understood of it, and why these options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from coaching.figures import NOT_UNDERSTOOD
from coaching.transcript import PERSON
from coaching.transcript_parts import Told, Understanding
from opastin.terminal import load_card
from opastin.texts import LANGUAGES
from web.desk.facts_part import facts
from web.desk.parts import NAMES, moment
from web.labels import Labels
from web.markup import build
from web.plain_page import Words
from web.plain_parts import parts_of


def show(told: Told, labels: Labels, review: str | None) -> Element:
    """Return a line; `review` is the address where its understanding is put right, if anywhere."""
    line = told.line
    name = getattr(line, "name", None) or labels.text(f"talk.speakers.{line.speaker}")
    spoken = Words(line.language if line.language in LANGUAGES else "fi")
    return build(
        "li",
        build("p", build("strong", name), " ", moment(told.at, labels.language), class_="small"),
        build(
            "div",
            build("p", line.text, class_="text") if line.text else None,
            *parts_of(line.custom or {}, spoken, load_card(spoken.language), _titles),
            _titles([(button["title"], "", "") for button in line.buttons])
            if line.buttons
            else None,
            lang=line.language,
        ),
        _understood(told.understanding, labels, review) if told.understanding else None,
        _why(line.custom or {}, labels),
        class_=f"line {line.speaker}",
        id=f"line-{line.id}",
        data_item=line.speaker == PERSON,
        tabindex="-1",
    )


def _understood(about: Understanding, labels: Labels, review: str | None) -> Element:
    is_failed = about.intent == NOT_UNDERSTOOD or not about.is_answered
    return build(
        "details",
        build("summary", _in_short(about, labels), class_="failed" if is_failed else None),
        build("dl", *_about(about, labels), class_="facts"),
        facts(about.slots, labels) or build("p", labels.text("transcripts.no_facts")),
        build("p", build("a", labels.text("transcripts.review"), href=review)) if review else None,
        class_="understood",
    )


def _in_short(about: Understanding, labels: Labels) -> str:
    """Return what was understood in a line: "Tells about oneself, 91 %"."""
    if not about.is_answered:
        return labels.text("transcripts.unanswered")
    if about.is_button:
        return labels.text("transcripts.pressed")
    if about.intent is None:
        return labels.text("transcripts.not_read")
    meaning = labels.find(f"intents.{about.intent}") or about.intent
    if about.confidence is None:
        return meaning
    return f"{meaning}, {round(about.confidence * 100)} %"


def _about(about: Understanding, labels: Labels) -> Iterator[Element]:
    pairs = {
        "intent_code": about.intent,
        "heard": None if about.heard is None else NAMES.get(about.heard, about.heard),
        "asked": None
        if about.asked is None
        else labels.find(f"slots.{about.asked}") or about.asked,
        "verdict": None if about.verdict is None else labels.text(f"verdicts.{about.verdict}"),
    }
    for name, value in pairs.items():
        if value is not None:
            yield build("dt", labels.text(f"transcripts.{name}"))
            yield build("dd", value)


def _why(custom: Mapping[str, Any], labels: Labels) -> Element | None:
    """Return by which codes each option was chosen, as they were stored with the answer."""
    options = custom.get("options")
    if custom.get("kind") != "options" or not isinstance(options, list) or not options:
        return None
    rows = [
        part
        for option in options
        for part in (
            build("dt", str(option.get("title") or "")),
            build("dd", ", ".join(_codes(option)) or labels.text("transcripts.no_reasons")),
        )
    ]
    return build(
        "details",
        build("summary", labels.text("transcripts.why")),
        build("dl", *rows, class_="facts"),
        class_="understood",
    )


def _codes(option: Mapping[str, Any]) -> Iterator[str]:
    for sign, name in (("+", "reasons"), ("−", "warnings")):
        yield from (f"{sign} {item['code']}" for item in option.get(name) or ())


def _titles(choices: Sequence[tuple[str, str, str]]) -> Element:
    """Show the buttons that the person has as words: a coach does not press them."""
    return build("p", " · ".join(title for title, _, _ in choices), class_="small choices")
