"""`opastin evaluate suggestions --judged` from end to end, with an encoder that knows letters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from opastin import evaluate_judged
from opastin.errors import UserError
from opastin.evaluate import command
from opastin.judged_vectors import Vectors

CASE = """
- id: {language}-weaving
  kind: hobby
  words: kudonta
  profile: {{language: {language}, place: "167", budget_eur: 100}}
  grades:
    3: [{option}]
"""


class Letters:
    """Takes the place of the encoder, which needs minutes for a catalogue."""

    def __init__(self, path: Path) -> None:
        """Keep nothing."""

    def query(self, text: str) -> Vectors:
        counts = [text.casefold().count(letter) for letter in "abcdefghijklmnopqrstuvwxyzåäö"]
        return np.array(counts, dtype=np.float32) / (np.linalg.norm(counts) + 1e-9)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.query(text) for text in texts])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(evaluate_judged, "KeptEncoder", Letters)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "home"))
    return tmp_path


def write_cases(folder: Path, *, option: str) -> None:
    for language in ("fi", "sv", "en"):
        content = CASE.format(language=language, option=option)
        if language != "fi":
            content = content.replace("words: kudonta", f"words: kudonta {language}")
        (folder / f"{language}.yml").write_text(content, "utf-8")


def test_every_search_is_measured_and_the_product_keeps_the_limits(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_cases(folder, option="kudonta-lieksa")
    evaluate_judged.measure_judged(folder / "figures.json", folder=folder)
    figures = json.loads((folder / "figures.json").read_text("utf-8"))
    searches = ["product", "keywords", "keywords, unfiltered", "vectors"]
    assert list(figures["all"]) == searches
    assert "nDCG@5" in capsys.readouterr().out
    assert figures["all"]["product"]["violations"] == 0
    assert figures["cases"]["fi-weaving"]["keywords"]["hit_at_3"] == 1


def test_an_option_that_is_no_more_is_named(folder: Path) -> None:
    write_cases(folder, option="gone-for-good")
    with pytest.raises(UserError, match="fi-weaving: gone-for-good"):
        evaluate_judged.measure_judged(None, folder=folder)


def test_what_cannot_be_drawn_is_said_before_the_work() -> None:
    arguments = ["suggestions", "--judged", "--picture", "spread.png"]
    with pytest.raises(UserError, match="--judged"):
        CliRunner().invoke(command, arguments, catch_exceptions=False)
