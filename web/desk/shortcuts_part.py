"""The help for the single keys of shortcuts.js, and the box that turns them off."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from web.labels import Labels
from web.markup import build

SCRIPT = "/coach/assets/shortcuts.js"
_KEYS = {
    "list": ("j", "k", "o", "?"),
    "one": ("j", "k", "?"),
    "reviews": ("j", "k", "o", "c", "x", "p", "?"),
}
_NAMED_KEYS = {"?": "help"}


def shortcuts(labels: Labels, kind: str) -> Element:
    """Return the keyboard's help, opened by its button or by a key; hidden without JavaScript."""
    keys = _KEYS[kind]
    rows = [
        part
        for key in keys
        for part in (
            build("dt", build("kbd", key)),
            build("dd", labels.text(f"transcripts.keys.{kind}.{_NAMED_KEYS.get(key, key)}")),
        )
    ]
    return build(
        "div",
        build("button", labels.text("transcripts.keys.open"), type="button", id="keys-open"),
        build(
            "dialog",
            build("h2", labels.text("transcripts.keys.title"), id="keys-title"),
            build("dl", *rows, class_="keys"),
            build(
                "label",
                build("input", type="checkbox", id="keys-on", checked=True),
                " ",
                labels.text("transcripts.keys.on"),
                class_="check",
            ),
            build("button", labels.text("transcripts.keys.close"), type="button", id="keys-close"),
            id="keys",
            aria_labelledby="keys-title",
        ),
        id="shortcuts",
        hidden=True,
    )
