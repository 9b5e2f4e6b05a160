"""What an import changes, search finds at once."""

from __future__ import annotations

from dataclasses import replace

from catalog.importers.documents import OfferingDocument, OptionDocument, ProviderDocument
from catalog.index.filters import Filters
from catalog.index.reindex import reindex
from catalog.index.revision import revision
from catalog.index.search import Query, search

SCHOOL = ProviderDocument(id="opisto", names={"fi": "Rantakylän opisto"})
OFFERING = OfferingDocument(id="a-1", provider=SCHOOL, place="743", price_eur=100.0)
OPTION = OptionDocument(id="a", type="course", titles={"fi": "Hitsaus"}, offerings=(OFFERING,))


def found(session, text="", **filters):
    query = Query(text=text, filters=Filters(**filters))
    return [hit.option for hit in search(session, query, limit=10).hits]


def test_new_words_are_found_and_earlier_ones_no_more(session, store):
    store(OPTION)
    assert found(session, "hitsaus") == ["a"]
    store(replace(OPTION, titles={"fi": "Keramiikka"}))
    assert found(session, "keramiikka") == ["a"]
    assert found(session, "hitsaus") == []


def test_another_price_is_seen_by_filters(session, store):
    store(OPTION)
    assert found(session, max_price=50) == []
    store(replace(OPTION, offerings=(replace(OFFERING, price_eur=40.0),)))
    assert found(session, max_price=50) == ["a"]


def test_reading_the_same_again_leaves_the_index_as_it_is(session, store):
    store(OPTION)
    before = revision(session.connection())
    assert store(OPTION).unchanged == 1
    assert revision(session.connection()) == before


def test_options_of_a_renamed_provider_are_found_by_its_new_name(session, store):
    store(SCHOOL, OPTION)
    assert found(session, "rantakylän") == ["a"]
    store(replace(SCHOOL, names={"fi": "Vuoripuron opisto"}))
    assert found(session, "vuoripuron") == ["a"]
    assert found(session, "rantakylän") == []


def test_skills_are_found_as_keywords_are_also_when_indexed_anew(session, store):
    def skilled(id_, **values):
        offering = replace(OFFERING, id=f"{id_}-1")
        return replace(
            OPTION, **{"titles": {"fi": "Kurssi"}, **values}, id=id_, offerings=(offering,)
        )

    store(
        skilled("in-outcomes", outcomes={"fi": "Osaat hitsauksen."}),
        skilled("in-skills", skills={"fi": ("Hitsaus ja levytyöt",), "sv": ("Svetsning",)}),
        skilled("in-title", titles={"fi": "Hitsaus"}),
    )
    expected = ["in-title", "in-skills", "in-outcomes"]
    assert found(session, "hitsaus") == expected
    assert found(session, "svetsningen") == ["in-skills"]
    reindex(session.connection())
    assert found(session, "hitsaus") == expected
    assert found(session, "svetsningen") == ["in-skills"]


def test_another_skill_is_found_at_once(session, store):
    store(replace(OPTION, skills={"fi": ("Juottaminen",)}))
    store(replace(OPTION, skills={"fi": ("Niittaaminen",)}))
    assert found(session, "niittaaminen") == ["a"]
    assert found(session, "juottaminen") == []
