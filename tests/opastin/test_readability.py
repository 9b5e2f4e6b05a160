"""Lengths of sentences, long words and LIX."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opastin.evaluate_readability import command
from opastin.readability import as_table, by_kind, measure, together
from opastin.written import Written


def test_lix_is_words_in_a_sentence_and_long_words_in_a_hundred() -> None:
    figures = measure("Haku on auki. Ilmoittaudu opintoihin nyt.")
    assert (figures.words, figures.sentences, figures.long_words) == (6, 2, 2)
    assert figures.lix == pytest.approx(3 + 100 * 2 / 6)


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("Yksi kaksi. Yksi kaksi kolme?", 3),
        ("Osaat jo:\n{strengths}\nHyvä alku.", 2),
        ("Avaa {title} ja lue.", 4),
        ("Soita klo 8.30 tai 09 2525 0111.", 7),
        ("  \n ", 0),
    ],
)
def test_the_longest_sentence_is_counted_in_words(text: str, longest: int) -> None:
    assert measure(text).longest_sentence == longest


def test_nothing_to_read_has_no_difficulty() -> None:
    assert measure("").lix == 0
    assert together([]).lix == 0


def test_texts_together_weigh_by_their_words() -> None:
    both = together([measure("Yksi kaksi kolme."), measure("Opintokokonaisuus.")])
    assert (both.words, both.sentences, both.longest_sentence) == (4, 2, 3)
    assert both.lix == pytest.approx(2 + 25)


def test_languages_and_easy_language_are_apart_and_labels_do_not_count() -> None:
    texts = [
        Written("a", "x", "fi", "Yksi kaksi."),
        Written("a", "x", "fi", "Yksi.", is_easy=True),
        Written("a", "x", "fi", "Painike"),
    ]
    kinds = by_kind(texts)
    assert {name: one.words for name, one in kinds.items()} == {"fi": 2, "fi-easy": 1}
    assert "| fi | 2 | 2.0 | 2 | 2 |" in as_table(kinds)


def test_the_command_prints_a_table_and_writes_the_figures(tmp_path: Path) -> None:
    report = tmp_path / "figures.json"
    result = CliRunner().invoke(command, ["--json", str(report)])
    assert result.exit_code == 0
    assert "| sv-easy |" in result.output
    assert json.loads(report.read_text(encoding="utf-8"))["fi"]["words"] > 1000
