"""Messages that are alike, with boxes to tick and what was understood of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from coaching.desk_models import CoachSession
from coaching.reviews import CONFIRMED, OUT_OF_SCOPE, PASSED, Candidate
from web.desk.facts_part import facts
from web.desk.page import post_form
from web.desk.parts import moment
from web.desk.review_keys import named
from web.desk.transcripts import TRANSCRIPTS
from web.labels import Labels
from web.markup import Content, build

# Leads to the form for corrections; no verdict by itself.
CORRECT = "correct"
MOST_SHOWN = 8


def group_part(
    labels: Labels,
    opened: CoachSession,
    address: str,
    group: Sequence[Candidate],
    number: int,
) -> Element:
    """Return a form with messages that are alike, and what can be decided of them."""
    title = f"group-{number}"
    understood = Counter(candidate.intent for candidate in group if not candidate.is_failed)
    confirm = (
        build("button", labels.text("reviews.confirm"), name="act", value=CONFIRMED, data_key="c")
        if understood
        else None
    )
    acts = build(
        "p",
        build(
            "button",
            labels.text("reviews.correct"),
            name="act",
            value=CORRECT,
            class_="main",
            data_key="o",
        ),
        confirm,
        build(
            "button",
            labels.text("reviews.out_of_scope"),
            name="act",
            value=OUT_OF_SCOPE,
            data_key="x",
        ),
        build("button", labels.text("reviews.pass"), name="act", value=PASSED, data_key="p"),
        class_="actions",
    )
    return build(
        "article",
        build("h2", _title(labels, group), id=title),
        post_form(opened, address, *_messages(labels, group), acts, class_="group"),
        data_item=True,
        tabindex="-1",
        aria_labelledby=title,
    )


def _title(labels: Labels, group: Sequence[Candidate]) -> str:
    first = group[0]
    meaning = labels.find(f"intents.{first.intent}") or first.intent
    if not first.is_failed:
        meaning = f"{meaning}, {round(first.confidence * 100)} %"
    if len(group) == 1:
        return meaning
    return f"{meaning} ({labels.count('reviews.alike', len(group))})"


def _messages(labels: Labels, group: Sequence[Candidate]) -> Iterator[Content]:
    yield build("ul", *(message(labels, one) for one in group[:MOST_SHOWN]), class_="said")
    rest = group[MOST_SHOWN:]
    if rest:
        yield build(
            "details",
            build("summary", labels.count("reviews.more", len(rest))),
            build("ul", *(message(labels, one) for one in rest), class_="said"),
        )


def message(labels: Labels, candidate: Candidate) -> Element:
    """Return a message with a box to tick, and what was understood of it."""
    meaning = labels.find(f"intents.{candidate.intent}") or candidate.intent
    asked = candidate.asked
    about = [meaning, f"{round(candidate.confidence * 100)} %"]
    if asked is not None:
        name = labels.find(f"slots.{asked}") or asked
        about.append(labels.text("reviews.after", asked=name))
    address = f"{TRANSCRIPTS}/{candidate.conversation_id}?line={candidate.number}"
    return build(
        "li",
        build(
            "label",
            build(
                "input", type="checkbox", name="message", value=named(candidate.key), checked=True
            ),
            " ",
            build("q", candidate.text, lang=candidate.language),
            class_="check",
        ),
        build(
            "p",
            ", ".join(about),
            " · ",
            build(
                "a",
                moment(candidate.sent_at, labels.language),
                href=f"{address}#line-{candidate.number}",
            ),
            class_="small",
        ),
        facts(candidate.slots, labels),
    )
