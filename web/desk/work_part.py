"""What coaches keep beside a conversation: labels and private notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from coaching.accounts import may
from coaching.desk_models import LABEL_LENGTH
from web.desk.parts import moment
from web.markup import build

if TYPE_CHECKING:
    from web.desk.talk_page import Seen

MAX_NOTE = 4000


def show(seen: Seen) -> Iterator[Element]:
    """Yield the labels and the notes of a conversation."""
    yield _labels(seen)
    yield _notes(seen)


def _labels(seen: Seen) -> Element:
    labels, talk = seen.labels, seen.talk
    guides = may(seen.coach.role, "guide")
    present = [
        build(
            "li",
            label,
            seen.form(
                "unlabel",
                build("input", type="hidden", name="label", value=label),
                build("button", "×", aria_label=labels.text("work.unlabel", label=label)),
                class_="act",
            )
            if guides
            else None,
        )
        for label in talk.labels
    ]
    return build(
        "section",
        build("h2", labels.text("work.labels")),
        build("ul", *present, class_="labels")
        if present
        else build("p", labels.text("work.labels_none"), class_="empty"),
        seen.form(
            "label",
            build(
                "div",
                build("label", labels.text("work.label"), for_="label"),
                build(
                    "input",
                    id="label",
                    name="label",
                    list="known-labels",
                    maxlength=str(LABEL_LENGTH),
                    required=True,
                    autocomplete="off",
                ),
                class_="field",
            ),
            build(
                "datalist",
                *(build("option", value=label) for label in talk.known_labels),
                id="known-labels",
            ),
            build("button", labels.text("work.add_label")),
            class_="form row",
        )
        if guides
        else None,
    )


def _notes(seen: Seen) -> Element:
    labels = seen.labels
    guides = may(seen.coach.role, "guide")
    rows = [
        build(
            "li",
            build("p", build("strong", note.who), " ", moment(note.written_at, labels.language)),
            build("p", note.text, class_="text"),
            seen.form(
                "delete-note",
                build("input", type="hidden", name="note", value=str(note.id)),
                build("button", labels.text("work.delete_note")),
                class_="act",
            )
            if note.who == seen.coach.name
            else None,
        )
        for note in seen.talk.notes
    ]
    return build(
        "section",
        build("h2", labels.text("work.notes")),
        build("p", labels.text("work.notes_hint"), class_="hint"),
        seen.form(
            "note",
            build(
                "div",
                build("label", labels.text("work.note"), for_="note"),
                build(
                    "textarea",
                    id="note",
                    name="note",
                    rows="3",
                    required=True,
                    maxlength=str(MAX_NOTE),
                    autocomplete="off",
                ),
                class_="field",
            ),
            build("button", labels.text("work.add_note")),
        )
        if guides
        else None,
        build("ul", *rows, class_="rows") if rows else None,
    )
