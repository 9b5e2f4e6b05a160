from __future__ import annotations

from datetime import date, timedelta

import pytest

from catalog.importers.documents import OfferingDocument, OptionDocument, ProviderDocument
from catalog.search import Criteria, find_candidates, find_option, search_text, word_stems

TODAY = date(2026, 3, 1)
YESTERDAY = TODAY - timedelta(days=1)


def ids(session, **criteria):
    return [found.id for found in find_candidates(session, Criteria(**criteria), today=TODAY)]


def found(session, words, language="fi", limit=10):
    return [
        candidate.id
        for candidate in search_text(session, words, language=language, limit=limit, today=TODAY)
    ]


def test_no_criteria_return_everything_in_the_order_of_ids(session, add_option):
    add_option("b")
    add_option("a")
    assert ids(session) == ["a", "b"]


def test_closed_offerings_are_left_out(session, add_option):
    add_option("closed", apply_by=YESTERDAY)
    add_option("last-day", apply_by=TODAY)
    add_option("unknown", apply_by=None)
    add_option("always", continuous=True)
    assert ids(session) == ["always", "last-day", "unknown"]
    assert "closed" in ids(session, include_closed=True)


def test_what_opens_later_is_not_closed(session, add_option):
    add_option("later", apply_from=TODAY + timedelta(days=30), apply_by=TODAY + timedelta(days=60))
    assert ids(session) == ["later"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("09", ["broad", "detailed", "narrow"]),
        ("092", ["broad", "detailed", "narrow"]),
        ("0923", ["broad", "detailed", "narrow"]),
        ("091", ["broad"]),
        ("06", []),
    ],
)
def test_a_field_matches_those_under_it_and_above_it(session, add_option, field, expected):
    add_option("broad", field="09")
    add_option("narrow", field="092")
    add_option("detailed", field="0923")
    add_option("unknown", field=None)
    assert ids(session, field=field) == expected


def test_types_are_alternatives(session, add_option):
    add_option("badge", type="skill_badge")
    add_option("course", type="course")
    add_option("path", type="path_studies")
    assert ids(session, types=("skill_badge", "course")) == ["badge", "course"]


def test_text_asks_for_every_word(session, add_option):
    add_option("both", titles={"fi": "Saattohoidon perusteet"})
    add_option("one", titles={"fi": "Kirjanpidon perusteet"})
    assert ids(session, text="saattohoito perusteita") == ["both"]


def test_a_candidate_tells_what_is_known_and_nothing_else(session, add_option):
    add_option("a", titles={"sv": "Kurs"}, price_eur=0.0)
    (candidate,) = find_candidates(session, Criteria(), today=TODAY)
    assert candidate.titles == {"sv": "Kurs"}
    assert candidate.price_eur == 0
    assert (candidate.place, candidate.weekly_hours, candidate.level) == (None, None, None)
    assert (candidate.modes, candidate.provider, candidate.descriptions) == ((), {}, {})
    assert (candidate.source, candidate.sample, candidate.source_read_on) == ("tests", False, TODAY)


def test_an_option_is_found_with_all_its_offerings(session, store):
    offerings = (
        OfferingDocument(id="a-1", place="743", apply_by=YESTERDAY),
        OfferingDocument(id="a-2", place="905", provider=ProviderDocument(names={"fi": "Opisto"})),
    )
    store(OptionDocument(id="a", type="course", titles={"fi": "Kurssi"}, offerings=offerings))
    assert [candidate.place for candidate in find_option(session, "a")] == ["743", "905"]
    assert find_option(session, "a")[1].provider == {"fi": "Opisto"}
    assert ids(session) == ["a"]


def test_an_unknown_option_has_no_candidates(session):
    assert find_option(session, "nothing") == []


@pytest.mark.parametrize(
    "words",
    ["lähihoitaja", "LÄHIHOITAJAKSI", "lähihoitajan", "närvårdare", "närvårdaren", "nurse"],
)
def test_words_are_found_inflected_and_in_each_language(session, add_option, words):
    titles = {"fi": "Lähihoitajan taidot", "sv": "Närvårdarens kunskaper", "en": "Practical nurse"}
    add_option("care", titles=titles)
    add_option("code", titles={"fi": "Ohjelmointi"})
    assert found(session, words) == ["care"]


def test_letters_outside_english_are_found_in_either_case(session, add_option):
    add_option("a", titles={"fi": "Ääni ja Öljymaalaus"})
    assert found(session, "öljymaalaus") == found(session, "ÄÄNI") == ["a"]


def test_titles_count_more_than_keywords_and_those_more_than_descriptions(session, add_option):
    add_option("in-description", descriptions={"fi": "Sisältää tietoturvaa."})
    add_option("in-keywords", keywords=("tietoturva",))
    add_option("in-title", titles={"fi": "Tietoturva tutuksi"})
    assert found(session, "tietoturva") == ["in-title", "in-keywords", "in-description"]


def test_one_word_is_enough_where_no_option_has_them_all(session, add_option):
    add_option("a", titles={"fi": "Hoitotyö"})
    assert found(session, "hoitotyö avaruudessa") == ["a"]


def test_an_option_is_found_once_and_no_more_than_the_limit(session, store, add_option):
    offerings = tuple(OfferingDocument(id=f"a-{number}") for number in (1, 2))
    store(OptionDocument(id="a", type="course", titles={"fi": "Kurssi"}, offerings=offerings))
    add_option("b")
    assert found(session, "kurssi") == ["a", "b"]
    assert found(session, "kurssi", limit=1) == ["a"]


@pytest.mark.parametrize("words", ["", "!?", "100%", "_", "'; drop table study_options"])
def test_signs_are_no_wildcards(session, add_option, words):
    add_option("a", titles={"fi": "Kurssi"})
    assert found(session, words) == []


def test_stems_are_the_beginnings_of_long_words_only():
    assert word_stems("Hoitotyötä it-alalla, IT") == ("hoitoty", "it", "alall")
