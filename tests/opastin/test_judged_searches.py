"""Keywords alone and vectors alone, on a catalogue of a few options."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from catalog.search import Candidate
from guidance.profile import Profile
from opastin.judged_cases import JudgedCase
from opastin.judged_searches import KeywordSearch, VectorSearch, first_eligible
from opastin.judged_vectors import Vectors
from tests.guidance.conftest import make_candidate

TODAY = date(2026, 11, 22)
WEAVING = make_candidate(
    id="weaving",
    titles={"fi": "Kudonta", "sv": "Vävning"},
    keywords=("kangaspuut",),
    descriptions={"fi": "Raanu syntyy viikossa."},
    price_eur=90,
)
SEWING = make_candidate(
    id="sewing", titles={"sv": "Sömnad"}, keywords=(), descriptions={}, price_eur=10
)


def offerings(*candidates: Candidate) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault(candidate.id, []).append(candidate)
    return found


def case(words: str, language: str = "fi", **profile: object) -> JudgedCase:
    known = Profile.from_dict({"language": language, **profile})
    return JudgedCase("case", language, "hobby", words, known, {"weaving": 3})


def test_one_word_in_any_text_and_language_is_enough() -> None:
    search = KeywordSearch(offerings(WEAVING, SEWING))
    assert search.page(case("mummon kangaspuut")) == ["weaving"]
    assert search.page(case("RAANU!")) == ["weaving"]
    assert search.page(case("vävning", "sv")) == ["weaving"]
    assert sorted(search.page(case("sömnad eller vävning"))) == ["sewing", "weaving"]


def test_words_are_no_query_language() -> None:
    search = KeywordSearch(offerings(WEAVING))
    assert search.page(case('kangaspuut" AND NOT (x* NEAR')) == ["weaving"]
    assert search.page(case("...?!")) == []


def test_keywords_do_not_find_another_form_of_a_word() -> None:
    assert KeywordSearch(offerings(WEAVING)).page(case("kangaspuilla")) == []


def test_the_page_holds_the_first_eligible_options_in_their_order() -> None:
    known = offerings(WEAVING, SEWING)
    profile = Profile.from_dict({"budget_eur": 50})
    page = first_eligible(["weaving", "sewing"], known, profile, today=TODAY)
    assert [option.id for option in page] == ["sewing"]


def test_an_option_is_eligible_through_any_of_its_offerings() -> None:
    known = offerings(WEAVING, make_candidate(id="weaving", offering="free", price_eur=0))
    profile = Profile.from_dict({"budget_eur": 50})
    page = first_eligible(["weaving"], known, profile, today=TODAY)
    assert [option.offering for option in page] == ["free"]


class Letters:
    """Encodes a text as how often it has each of a few letters."""

    def query(self, text: str) -> Vectors:
        counts = np.array([text.casefold().count(letter) for letter in "kvsö"], dtype=np.float32)
        row: Vectors = counts / max(float(np.linalg.norm(counts)), 1e-9)
        return row

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.query(text) for text in texts])


def test_vectors_order_all_options_by_nearness() -> None:
    search = VectorSearch(offerings(WEAVING, SEWING), Letters())
    assert search.ranked(case("kk")) == ["weaving", "sewing"]
    assert search.ranked(case("sö", "sv")) == ["sewing", "weaving"]


def test_texts_are_those_in_the_language_of_the_person_where_there_are_any() -> None:
    seen: list[str] = []

    class Spy(Letters):
        def passages(self, texts: Sequence[str]) -> Vectors:
            seen.extend(texts)
            return super().passages(texts)

    VectorSearch(offerings(WEAVING, SEWING), Spy())
    assert seen == [
        "Kudonta. kangaspuut. Raanu syntyy viikossa.",
        "Sömnad",
        "Vävning. kangaspuut",
    ]
