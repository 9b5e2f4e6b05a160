"""The table and the JSON of judged cases."""

from __future__ import annotations

import pytest

from guidance.profile import Profile
from opastin.judged_cases import JudgedCase
from opastin.judged_report import as_json, as_table
from opastin.judged_scores import Score
from opastin.judged_trials import Served


def served(language: str, search: str, ndcg: float, *, violations: int = 0) -> Served:
    case = JudgedCase(
        f"{language}-loom", language, "hobby", "loom", Profile(language=language), {"weaving": 3}
    )
    return Served(case, search, ("weaving",), Score(1, ndcg, 1.0, violations))


SERVED = [
    served("fi", "product", 0.9),
    served("fi", "keywords", 0.5, violations=2),
    served("sv", "product", 0.7),
    served("sv", "keywords", 0.1, violations=1),
]


def test_the_table_has_each_search_in_each_language_and_in_all() -> None:
    languages, kinds = as_table(SERVED).split("\n\n")
    assert [line.split() for line in languages.splitlines()[1:]] == [
        ["fi", "product", "1", "0.900", "1.000", "0"],
        ["fi", "keywords", "1", "0.500", "1.000", "2"],
        ["sv", "product", "1", "0.700", "1.000", "0"],
        ["sv", "keywords", "1", "0.100", "1.000", "1"],
        ["all", "product", "2", "0.800", "1.000", "0"],
        ["all", "keywords", "2", "0.300", "1.000", "3"],
    ]
    assert kinds.splitlines()[1].split()[:3] == ["hobby", "product", "2"]


def test_the_json_has_every_case_and_what_was_shown() -> None:
    figures = as_json(SERVED)
    assert figures["all"]["product"]["ndcg_at_5"] == pytest.approx(0.8)
    assert figures["languages"]["sv"]["keywords"]["violations"] == 1
    assert figures["kinds"]["hobby"]["product"]["people"] == 2
    assert figures["cases"]["fi-loom"]["product"]["shown"] == ["weaving"]
