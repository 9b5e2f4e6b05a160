"""Texts that people read, found by folder."""

from __future__ import annotations

from pathlib import Path

from opastin.written import Written, read_written

RESPONSES = """
responses:
  utter_greet:
    - text: "Hei {name}."
      buttons:
        - title: "Jatka"
          payload: /affirm
"""
RULE = """
topic: cost
texts: {fi: Maksu., sv: Avgift., en: Fee., fi-easy: Hinta.}
follow_ups:
  - texts: {fi: Lisää., sv: Mer., en: More.}
patterns: {fi: [maksu*], sv: [avgift*], en: [fee*]}
"""


def written(folder: Path) -> list[Written]:
    for path, content in {
        "responses/fi-easy/greeting.yml": RESPONSES,
        "data/rules/cost.yml": RULE,
        "strings/widget.sv.yml": "close: Stäng\nnotes: [Du skriver.]\ncount: 3",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return read_written(folder / "responses", folder / "data", folder / "strings")


def test_replies_and_their_buttons_are_found(tmp_path: Path) -> None:
    reply, button = (one for one in written(tmp_path) if one.source.startswith("responses"))
    assert reply == Written(
        "responses/greeting.yml", "utter_greet", "fi", "Hei {name}.", True, payloads=("/affirm",)
    )
    assert reply.slots == {"name"}
    assert (button.text, button.is_label) == ("Jatka", True)


def test_texts_by_language_are_found_anywhere_in_data_and_patterns_are_not(tmp_path: Path) -> None:
    found = [one for one in written(tmp_path) if one.source == "data/rules/cost.yml"]
    assert [(one.name, one.language, one.is_easy, one.text) for one in found] == [
        ("texts", "fi", False, "Maksu."),
        ("texts", "sv", False, "Avgift."),
        ("texts", "en", False, "Fee."),
        ("texts", "fi", True, "Hinta."),
        ("follow_ups.0.texts", "fi", False, "Lisää."),
        ("follow_ups.0.texts", "sv", False, "Mer."),
        ("follow_ups.0.texts", "en", False, "More."),
    ]


def test_words_of_pages_are_found_with_labels_told_apart(tmp_path: Path) -> None:
    found = [one for one in written(tmp_path) if one.source == "strings/widget"]
    assert [(one.name, one.text, one.is_label) for one in found] == [
        ("close", "Stäng", True),
        ("notes[0]", "Du skriver.", False),
    ]
