from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from catalog.importers.documents import OfferingDocument, OptionDocument, ProviderDocument
from catalog.index.entries import IndexWriter
from catalog.index.filters import Filters, near_places
from catalog.index.meaning import DIMENSIONS, pack_vector
from catalog.index.revision import renew_revision
from catalog.index.search import Query, search
from catalog.models import OptionVector, StudyOption
from opastin.errors import UserError

TODAY = date(2026, 3, 1)
SEINAJOKI, VAASA, HELSINKI = "743", "905", "091"


def found(session, text="", *, limit=10, vector=None, **filters):
    query = Query(text, vector=vector, filters=Filters(**filters))
    return [hit.option for hit in search(session, query, limit=limit).hits]


def vector(*numbers):
    return np.array(numbers + (0,) * (DIMENSIONS - len(numbers)), dtype=np.float32)


def add_vector(session, option, *numbers):
    row = {"option_id": option, "digest": b"", "vector": pack_vector(vector(*numbers))}
    session.execute(insert(OptionVector.__table__), [row])
    renew_revision(session.connection())


@pytest.mark.parametrize(
    "words",
    ["lähihoitaja", "LÄHIHOITAJAKSI", "lähihoitajan", "närvårdare", "närvårdaren", "nurse"],
)
def test_words_are_found_inflected_and_in_each_language(session, add_option, words):
    titles = {"fi": "Lähihoitajan taidot", "sv": "Närvårdarens kunskaper", "en": "Practical nurse"}
    add_option("care", titles=titles)
    add_option("code", titles={"fi": "Ohjelmointi"})
    assert found(session, words) == ["care"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("hoitoalan iltaopinnot", {"fi": "Iltaopinnot: lähihoitaja"}),
        ("hoitoalalle iltaisin", {"fi": "Lähihoitajaksi iltaopinnoissa"}),
        ("sjuksköterskeutbildning", {"sv": "Utbildning till sjukskötare"}),
        ("kvällskurs i vård", {"sv": "Vårdarbete, kvällstid"}),
        ("kirjanpitokurssi", {"fi": "Kirjanpidon perusteet"}),
    ],
)
def test_compounds_are_found_by_their_parts(session, add_option, words, title):
    add_option("a", titles=title)
    add_option("b", titles={"fi": "Metsurin työt", "sv": "Skogsarbete"})
    assert found(session, words) == ["a"]


def test_letters_outside_english_are_found_in_either_case(session, add_option):
    add_option("a", titles={"fi": "Ääni ja Öljymaalaus"})
    assert found(session, "öljymaalaus") == found(session, "ÄÄNI") == ["a"]


def test_titles_count_more_than_keywords_and_those_more_than_descriptions(session, add_option):
    add_option("in-description", descriptions={"fi": "Sisältää tietoturvaa."})
    add_option("in-keywords", keywords=("tietoturva",))
    add_option("in-title", titles={"fi": "Tietoturva tutuksi"})
    assert found(session, "tietoturva") == ["in-title", "in-keywords", "in-description"]


def test_options_with_all_words_are_found_or_else_those_with_any(session, add_option):
    add_option("both", titles={"fi": "Hoitotyö saaristossa"})
    add_option("one", titles={"fi": "Hoitotyö"})
    assert found(session, "hoitotyö saaristossa") == ["both"]
    assert found(session, "hoitotyö avaruudessa") == ["both", "one"]
    assert found(session, "saaristossa matkailu") == ["both"]


def test_words_that_every_question_has_ask_for_nothing(session, add_option):
    add_option("a", titles={"fi": "Hitsaus"}, descriptions={"fi": "Kurssi sinulle."})
    add_option("b", titles={"fi": "Ompelu"}, descriptions={"fi": "Jos haluan oppia jotain."})
    assert found(session, "haluan oppia hitsausta") == ["a"]


def test_a_slip_at_the_end_of_a_word_is_forgiven_where_nothing_has_it(session, add_option):
    add_option("a", titles={"fi": "Kosmetologi"})
    assert found(session, "kosmetolgi") == ["a"]


def test_providers_and_places_are_found_by_name_in_each_language(session, store):
    school = ProviderDocument(id="school", names={"fi": "Rantaopisto", "sv": "Strandinstitutet"})
    offering = OfferingDocument(id="a-1", provider=school, place=VAASA)
    store(OptionDocument(id="a", type="course", titles={"fi": "Kurssi"}, offerings=(offering,)))
    assert found(session, "strandinstitutet") == found(session, "kurssi Vasa") == ["a"]


def test_an_option_is_found_once_and_no_more_than_the_limit(session, store, add_option):
    offerings = tuple(OfferingDocument(id=f"a-{number}") for number in (1, 2))
    store(OptionDocument(id="a", type="course", titles={"fi": "Kurssi"}, offerings=offerings))
    add_option("b")
    assert found(session, "kurssi") == ["a", "b"]
    assert found(session, "kurssi", limit=1) == ["a"]


@pytest.mark.parametrize("words", ["!?", "100%", "_", "'; drop table study_options", "*"])
def test_signs_are_no_wildcards(session, add_option, words):
    add_option("a", titles={"fi": "Kurssi"})
    assert found(session, words) == []


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.text() | st.text(alphabet="kurs'\"*:&|!<>()-^~%_\\ ANDORNEAR\x00"))
def test_whatever_is_asked_is_harmless(session, add_option, words):
    if session.get(StudyOption, "a") is None:
        add_option("a")
    assert search(session, Query(words), limit=10).total <= 1


def test_what_has_changed_is_found_at_once(session, add_option):
    add_option("a", titles={"fi": "Hitsaus"})
    assert found(session, "hitsaus") == ["a"]
    add_option("a", titles={"fi": "Maalaus"})
    assert found(session, "hitsaus") == []
    assert found(session, "maalaus") == ["a"]


def test_what_is_taken_out_of_the_index_is_not_found_by_words(session, add_option):
    add_option("a")
    add_option("b")
    IndexWriter(session.connection()).remove(["a", "unknown"])
    assert found(session, "kurssi") == ["b"]


def test_a_deleted_option_is_found_no_more(session, add_option):
    add_option("a")
    IndexWriter(session.connection()).remove(["a"])
    session.execute(delete(StudyOption.__table__))
    assert found(session) == []


CASES = [
    ({"types": ("course",)}, {"type": "course"}, {"type": "skill_badge"}, False),
    ({"field": "09"}, {"field": "0913"}, {"field": "0613"}, True),
    ({"teaching_languages": ("sv",)}, {"teaching_languages": ("fi", "sv")},
     {"teaching_languages": ("fi",)}, True),
    ({"max_price": 100.1}, {"price_eur": 100.1}, {"price_eur": 100.2}, True),
    ({"education": "basic"}, {"education_required": "basic"},
     {"education_required": "vocational"}, True),
    ({"open_on": TODAY}, {"apply_by": TODAY}, {"apply_by": TODAY - timedelta(days=1)}, True),
    ({"remote": True}, {"modes": ("online",)}, {"modes": ("in_person",)}, True),
    ({"remote": True}, {"modes": ("distance",)}, {"modes": ("blended", "online")}, True),
    ({"remote": False}, {"modes": ("online", "in_person")}, {"modes": ("online",)}, True),
    ({"near": near_places([VAASA], 100)}, {"place": SEINAJOKI}, {"place": HELSINKI}, True),
    ({"near": near_places([HELSINKI, VAASA], 10)}, {"place": VAASA}, {"place": SEINAJOKI}, True),
    ({"places": ("maakunta_14",)}, {"place": SEINAJOKI}, {"place": VAASA}, True),
    ({"places": (SEINAJOKI,)}, {"place": "maakunta_14"}, {"place": "maakunta_15"}, True),
    ({"schedule": ("evening",)}, {"schedule": ("daytime", "evening")},
     {"schedule": ("daytime",)}, True),
    ({"funding": ("jotpa",)}, {"funding": ("jotpa",)}, {"funding": ("free_for_all",)}, False),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "fitting", "violating", "unknown_passes"), CASES)
def test_a_filter_rules_out_known_violations_only(
    session, add_option, filters, fitting, violating, unknown_passes
):
    add_option("fitting", **fitting)
    add_option("violating", **violating)
    add_option("unknown", type="study_package")
    expected = ["fitting", "unknown"] if unknown_passes else ["fitting"]
    assert found(session, **filters) == expected


def test_one_offering_has_to_fit_as_a_whole(session, store):
    offerings = (
        OfferingDocument(id="a-1", place=VAASA, price_eur=900),
        OfferingDocument(id="a-2", place=HELSINKI, price_eur=0),
    )
    store(OptionDocument(id="a", type="course", titles={"fi": "Kurssi"}, offerings=offerings))
    assert found(session, max_price=100, near=near_places([VAASA], 50)) == []
    hits = search(session, Query(filters=Filters(max_price=100)), limit=1).hits
    assert hits[0].offering == "a-2"


def test_the_nearest_offering_is_named(session, store):
    offerings = (
        OfferingDocument(id="a-1", place=SEINAJOKI),
        OfferingDocument(id="a-2", place=VAASA),
    )
    store(OptionDocument(id="a", type="course", titles={"fi": "Kurssi"}, offerings=offerings))
    query = Query("kurssi", filters=Filters(near=near_places([VAASA], 500)))
    assert search(session, query, limit=1).hits[0].offering == "a-2"


def test_what_can_be_studied_at_home_is_near_unless_it_is_not_wished_for(session, add_option):
    add_option("a", place=HELSINKI, modes=("online",))
    near = near_places([VAASA], 50)
    assert found(session, near=near) == found(session, places=(VAASA,)) == ["a"]
    assert found(session, near=near, remote=False) == []


def test_the_withdrawn_are_found_only_when_asked_for(session, add_option):
    add_option("a")
    session.get(StudyOption, "a").withdrawn_on = TODAY
    session.flush()
    renew_revision(session.connection())
    assert found(session, "kurssi") == []
    assert found(session, "kurssi", include_withdrawn=True) == ["a"]


@pytest.mark.usefixtures("no_typical_question")
def test_what_means_the_same_is_found_without_a_word_in_common(session, add_option):
    add_option("near", titles={"fi": "Geronomi"})
    add_option("far", titles={"fi": "Hitsaus"})
    add_option("without", titles={"fi": "Ompelu"})
    add_vector(session, "near", 1, 0.1)
    add_vector(session, "far", 0, 1)
    assert found(session, vector=vector(1)) == ["near", "far"]
    assert found(session, "vanhukset", vector=vector(1))[0] == "near"


@pytest.mark.usefixtures("no_typical_question")
def test_words_and_meaning_are_merged(session, add_option):
    for option, title in (("a", "Kudonta"), ("b", "Hitsaus"), ("c", "Ompelu ja kudonta")):
        add_option(option, titles={"fi": title})
    add_vector(session, "a", 1)
    add_vector(session, "b", 0, 1)
    add_vector(session, "c", 0.6, 0, 0.7)
    assert found(session, vector=vector(1)) == ["a", "c", "b"]
    assert found(session, "ompelu", vector=vector(1)) == ["c", "a", "b"]


@pytest.mark.usefixtures("no_typical_question")
def test_filters_hold_for_what_meaning_finds(session, add_option):
    add_option("dear", price_eur=900.0)
    add_option("cheap", price_eur=10.0)
    add_vector(session, "dear", 1)
    add_vector(session, "cheap", 0, 1)
    assert found(session, vector=vector(1), max_price=100) == ["cheap"]


def test_facets_count_options_by_value(session, store, add_option):
    offerings = (
        OfferingDocument(id="a-1", place=VAASA, price_eur=0.0, modes=("online",)),
        OfferingDocument(id="a-2", place=VAASA, price_eur=600.0, modes=("online", "in_person")),
        OfferingDocument(id="a-3", place=HELSINKI, schedule=("evening",)),
    )
    store(
        OptionDocument(
            id="a", type="course", titles={"fi": "Kurssi"}, offerings=offerings, field="0913"
        )
    )
    add_option("b", place=VAASA, price_eur=600.0, teaching_languages=("sv",), field="091")
    add_option("c", titles={"fi": "Muu"}, type="skill_badge")
    facets = search(
        session,
        Query("kurssi"),
        limit=1,
        facets=("type", "field", "region", "mode", "teaching_language", "schedule", "price"),
    ).facets
    assert facets == {
        "type": {"course": 2},
        "field": {"091": 2},
        "region": {"maakunta_15": 2, "maakunta_01": 1},
        "mode": {"in_person": 1, "online": 1},
        "teaching_language": {"sv": 1},
        "schedule": {"evening": 1},
        "price": {"free": 1, "to_1000": 1},
    }


def pages(session, query, limit):
    """Yield the pages of a search, each asked for with what the one before said."""
    after = None
    while True:
        page = search(session, query, limit=limit, after=after)
        yield [hit.option for hit in page.hits]
        after = page.next
        if after is None:
            return


@pytest.mark.parametrize("text", ["", "kurssi"])
def test_pages_hold_everything_once_and_equals_by_id(session, add_option, text):
    for number in range(7):
        add_option(f"a{number}")
    assert list(pages(session, Query(text), 3)) == [
        ["a0", "a1", "a2"],
        ["a3", "a4", "a5"],
        ["a6"],
    ]


def test_a_page_goes_on_where_the_last_ended_whatever_has_come_and_gone(session, add_option):
    for number in range(6):
        add_option(f"a{number}")
    first = search(session, Query("kurssi"), limit=3)
    add_option("a0b")
    add_option("a3b")
    second = search(session, Query("kurssi"), limit=3, after=first.next)
    assert [hit.option for hit in second.hits] == ["a3", "a3b", "a4"]
    session.get(StudyOption, "a4").withdrawn_on = TODAY
    session.flush()
    renew_revision(session.connection())
    third = search(session, Query("kurssi"), limit=3, after=second.next)
    assert [hit.option for hit in third.hits] == ["a5"]


@pytest.mark.parametrize("after", ["", "nonsense", "W10", "WyJhIiwgIngiXQ", "ä", "1" * 10_000])
def test_a_place_in_a_list_that_no_search_gave_is_refused(session, after):
    with pytest.raises(UserError):
        search(session, Query(), limit=3, after=after)


def test_an_empty_catalogue_has_nothing(session):
    page = search(session, Query("kurssi", vector=vector(1)), limit=3, facets=("type", "price"))
    assert (page.hits, page.total, page.next) == ((), 0, None)
    assert page.facets == {"type": {}, "price": {}}
