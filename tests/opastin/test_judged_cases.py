"""Reading judged cases, and what is said of those that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from opastin.errors import UserError
from opastin.judged_cases import read_judged

CASE = """
- id: {language}-loom
  kind: hobby
  words: {language} loom
  profile: {{language: {language}, place: "167"}}
  grades:
    3: [weaving]
    1: [sewing, knitting]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in ("fi", "sv", "en"):
        (tmp_path / f"{language}.yml").write_text(CASE.format(language=language), "utf-8")
    return tmp_path


def test_a_case_is_read(folder: Path) -> None:
    case = read_judged(folder)[1]
    assert (case.id, case.language, case.kind, case.words) == ("sv-loom", "sv", "hobby", "sv loom")
    assert case.profile.place == "167"
    assert case.grades == {"weaving": 3, "sewing": 1, "knitting": 1}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: hobby", "kind: fun", "kind"),
        ("kind: hobby", "mood: good", "expected"),
        ("words: sv loom", "words: ''", "words"),
        ("words: sv loom", "words: fi loom", "more than one case has the words"),
        ("id: sv-loom", "id: fi-loom", "more than one case has the id"),
        ('place: "167"', 'place: "000"', "place"),
        ("{language: sv", "{language: fi", "language"),
        ('place: "167"', "interest: weaving", "interest"),
        ("3: [weaving]", "4: [weaving]", "grade"),
        ("3: [weaving]", "2: [weaving]", "grade 3"),
        ("3: [weaving]", "3: weaving", "list of ids"),
        ("3: [weaving]", "3: [sewing]", "graded twice"),
        ("- id", "id", "YAML"),
    ],
)
def test_a_mistake_is_named(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "sv.yml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(UserError, match=said):
        read_judged(folder)


@pytest.mark.parametrize("content", ["", "id: loom\n", "[]\n"])
def test_a_file_without_cases_is_named(folder: Path, content: str) -> None:
    (folder / "en.yml").write_text(content, "utf-8")
    with pytest.raises(UserError, match=r"en\.yml: expected a list"):
        read_judged(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "fi.yml").unlink()
    with pytest.raises(UserError, match=r"fi\.yml"):
        read_judged(folder)
