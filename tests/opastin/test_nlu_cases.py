"""The format of labelled messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from opastin.errors import UserError
from opastin.nlu_cases import Case, digest_of, known_intents, read_cases
from opastin.settings import ROOT
from opastin.texts import LANGUAGES

GOOD = """\
- text: oisko mitää seinäjoel iltasin
  intent: inform
  slots: {place: "743", schedule: [evening], start_by: 2027-01-31}

- text: can we speak English
  intent: change_language
  language: en
  asked: interest
"""


def write(folder: Path, content: str, language: str = "fi") -> Path:
    (folder / language).mkdir()
    (folder / language / "topic.yml").write_text(content, encoding="utf-8")
    return folder


def test_messages_are_read_with_what_they_mean(tmp_path: Path) -> None:
    first, second = read_cases(write(tmp_path, GOOD))

    assert first == Case(
        text="oisko mitää seinäjoel iltasin",
        intent="inform",
        group="fi",
        language="fi",
        slots={"place": "743", "schedule": ["evening"], "start_by": "2027-01-31"},
        source="fi/topic.yml:1",
    )
    assert (second.group, second.language, second.asked) == ("fi", "en", "interest")
    assert second.source == "fi/topic.yml:5"


def test_one_language_may_be_read_alone(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "- {text: vad kostar det, intent: faq/cost}", "sv")

    assert [case.intent for case in read_cases(tmp_path, "sv")] == ["faq/cost"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("- {text: moi, intent: faq_cost}", "topic.yml:1.*`intent` is 'faq_cost'"),
        ("- {text: moi, intent: nlu_fallback}", "`intent` is 'nlu_fallback'"),
        ("\n- {text: moi}", "topic.yml:2.*`intent` is 'None'"),
        ("- {text: no, intent: deny}", "`text` is no text"),
        ("- {text: ' ', intent: deny}", "`text` is no text"),
        ("- {text: moi, intent: greet, slot: {}}", "unknown key slot"),
        ("- {text: moi, intent: greet, asked: mood}", "`asked` is 'mood'"),
        ("- {text: moi, intent: greet, language: et}", "`language` is 'et'"),
        ("- {text: moi, intent: inform, slots: {town: x}}", "unknown key: 'town'"),
        ("- {text: moi, intent: inform, slots: {place: 743}}", "'place' is '743'"),
        ("- {text: moi, intent: inform, slots: [place]}", "not a JSON object"),
        ("- {text: x, intent: inform, slots: {places: ['743', '905']}}", "the first of `places`"),
        ("- moi", "expected a message"),
        ("moi: 1", "topic.yml: expected a list"),
        ("- {text: moi", "topic.yml:1: this is no YAML"),
        ("- {text: moi, intent: inform, slots: {start_by: 2027-02-30}}", "this is no YAML"),
        ("- !!python/object:os.x {}", "topic.yml:1: this is no YAML"),
        ("", "no messages"),
    ],
)
def test_a_wrong_message_is_refused_by_file_and_line(
    tmp_path: Path, wrong: str, named: str
) -> None:
    with pytest.raises(UserError, match=named):
        read_cases(write(tmp_path, wrong))


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "") / "fi" / "topic.yml"
    path.write_bytes("- {text: mitä, intent: repeat}".encode("latin-1"))

    with pytest.raises(UserError, match="not in UTF-8"):
        read_cases(tmp_path)


def test_all_wrong_messages_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"topic\.yml:1: .* fi/topic\.yml:2: "):
        read_cases(write(tmp_path, "- {text: moi, intent: a}\n- {text: hei, intent: b}\n"))


@pytest.mark.parametrize(
    "wrong", ["- {text: oisko mitää, intent: wish}", "- text: oisko: mitää\n- text: [oisko\n"]
)
def test_what_was_written_is_not_shown(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(UserError) as refused:
        read_cases(write(tmp_path, wrong))

    assert "oisko" not in str(refused.value)


@pytest.mark.parametrize("missing", ["nowhere", ""])
def test_a_folder_without_messages_is_said_to_be_so(tmp_path: Path, missing: str) -> None:
    with pytest.raises(UserError, match=r"There (is no folder|are no files)"):
        read_cases(tmp_path / missing)


def test_the_digest_follows_the_content(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD) / "fi" / "topic.yml"
    before = digest_of(tmp_path)
    path.write_text(GOOD.replace("iltasin", "iltaisin"), encoding="utf-8")

    assert digest_of(tmp_path) != before


def test_intents_have_the_names_that_are_printed() -> None:
    assert {"inform", "faq/cost", "out_of_scope"} <= known_intents()
    assert not {name for name in known_intents() if name.startswith(("faq_", "nlu_"))}


def test_the_messages_on_the_reference_page_can_be_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "reference" / "evaluate.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n", 1)[1].split("```", 1)[0]

    assert len(read_cases(write(tmp_path, example))) == 3


def test_our_own_messages_can_be_read() -> None:
    held_out, validation = (read_cases(ROOT / "tests" / name) for name in ("nlu", "validation"))

    assert len(held_out) >= 500
    assert {case.group for case in held_out} == {case.group for case in validation} == {*LANGUAGES}


def test_a_file_may_be_named_after_its_language(tmp_path: Path) -> None:
    (tmp_path / "sv.yml").write_text("- {text: hej, intent: greet}\n", encoding="utf-8")
    write(tmp_path, GOOD)
    (tmp_path / "notes.yml").write_text("- {text: nobody reads this}\n", encoding="utf-8")

    assert [case.group for case in read_cases(tmp_path)] == ["fi", "fi", "sv"]
    assert [case.language for case in read_cases(tmp_path, "sv")] == ["sv"]
