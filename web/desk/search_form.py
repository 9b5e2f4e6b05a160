"""The form that transcripts are searched with: the words first, the filters folded in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from catalog.fields import load_fields
from coaching.desk_models import CoachSession
from coaching.handoff import OUTCOMES
from web.bodies import CHANNELS
from web.desk.page import post_form
from web.desk.parts import NAMES, choice, field
from web.desk.search_filters import Typed, place_names
from web.feedback import SCALE
from web.labels import Labels
from web.markup import Content, build
from web.wording import load_strings

LONGEST_WORDS = 200
_SURENESS = ("30", "50", "70", "90")
_FAILURES = ("1", "2", "5")


def show(
    labels: Labels,
    opened: CoachSession,
    address: str,
    typed: Typed,
    sought: str,
    labels_in_use: Sequence[str],
) -> Element:
    """Return the form, filled in as it was sent."""
    person = build(
        "label",
        build("input", type="checkbox", name="person", value="1", checked=bool(typed.person)),
        " ",
        labels.text("transcripts.only_person"),
        class_="check",
    )
    return build(
        "div",
        post_form(
            opened,
            address,
            build(
                "div",
                field(
                    labels.text("transcripts.words"),
                    "words",
                    hint=labels.text("transcripts.words_hint"),
                    type="search",
                    value=sought,
                    maxlength=str(LONGEST_WORDS),
                    autocomplete="off",
                ),
                person,
                class_="sought",
            ),
            build(
                "details",
                build("summary", labels.text("transcripts.filters")),
                build("div", *_filters(labels, typed, labels_in_use), class_="filters"),
                open=typed.is_narrowed,
            ),
            build(
                "p",
                build("button", labels.text("transcripts.search"), class_="main"),
                build("a", labels.text("transcripts.all"), href=address, class_="button"),
                class_="actions",
            ),
            class_="search",
        ),
        role="search",
    )


def _filters(labels: Labels, typed: Typed, labels_in_use: Sequence[str]) -> Iterator[Content]:
    yield field(labels.text("transcripts.since"), "since", type="date", value=typed.since)
    yield field(labels.text("transcripts.until"), "until", type="date", value=typed.until)
    channels = [(code, labels.text(f"queue.channels.{code}")) for code in CHANNELS]
    yield _choice(labels, "channel", channels, typed.channel)
    yield _choice(labels, "language", NAMES.items(), typed.language)
    yield field(
        labels.text("transcripts.place"),
        "place",
        value=typed.place,
        list="places",
        autocomplete="off",
    )
    names = (build("option", value=name) for name in place_names(labels.language))
    yield build("datalist", *names, id="places")
    broad = [one for one in load_fields().fields if one.level == 1]
    fields = [(one.code, one.names[labels.language]) for one in broad]
    yield _choice(labels, "field", fields, typed.field)
    outcomes = [(code, labels.text(f"outcomes.{code}")) for code in OUTCOMES]
    yield _choice(labels, "outcome", outcomes, typed.outcome)
    in_use = sorted({*labels_in_use, *filter(None, [typed.label])})
    yield _choice(labels, "label", [(label, label) for label in in_use], typed.label)
    yield _choice(labels, "intent", intents(labels), typed.intent)
    sure = [(code, labels.text("transcripts.below", percent=code)) for code in _SURENESS]
    yield _choice(labels, "below", sure, typed.below, name="confidence")
    for name in ("least", "most"):
        yield field(
            labels.text(f"transcripts.{name}"),
            name,
            type="number",
            min="1",
            max="9999",
            value=getattr(typed, name),
        )
    ratings = [
        (str(rating), labels.text("transcripts.most_rating", rating=rating))
        for rating in range(1, SCALE)
    ]
    yield _choice(labels, "rating", ratings, typed.rating)
    sides = [(code, labels.text(f"transcripts.handoffs.{code}")) for code in ("yes", "no")]
    yield _choice(labels, "handoff", sides, typed.handoff)
    failures = [(code, labels.count("transcripts.at_least", int(code))) for code in _FAILURES]
    yield _choice(labels, "failed", failures, typed.failed, name="failed_turns")


def intents(labels: Labels) -> list[tuple[str, str]]:
    """Return every intent with its words, by its words."""
    named: dict[str, str] = load_strings(f"desk-intents.{labels.language}")["intents"]
    return sorted(named.items(), key=lambda item: item[1].casefold())


def _choice(
    labels: Labels, key: str, options: Iterable[tuple[str, str]], chosen: str, *, name: str = ""
) -> Element:
    listed = [("", labels.text("transcripts.any")), *options]
    return choice(labels.text(f"transcripts.{name or key}"), key, listed, chosen=chosen)
