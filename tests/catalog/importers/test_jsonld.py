from __future__ import annotations

import pytest

from catalog.importers.jsonld import Context, Thing


def thing(raw):
    return Thing(raw, Context("fi"), {})


@pytest.mark.parametrize(
    ("context", "term"),
    [
        ("https://schema.org", "name"),
        ("http://schema.org/", "name"),
        (None, "https://schema.org/name"),
        (None, "schema:name"),
        ({"s": "http://schema.org/"}, "s:name"),
        ({"@vocab": "https://schema.org/"}, "name"),
        (["https://schema.org/", {"nimi": "https://schema.org/name"}], "nimi"),
        ({"schema": "https://schema.org/", "nimi": {"@id": "schema:name"}}, "nimi"),
        (["https://elsewhere.example/context.jsonld", "https://schema.org"], "name"),
    ],
)
def test_terms_of_schema_org_are_known_in_every_spelling(context, term):
    found = thing({"@context": context, "@type": "Course", term: "Kurssi"})
    assert found.string("name") == "Kurssi"


@pytest.mark.parametrize(
    "context", [{"@vocab": "https://other.example/"}, {"name": "https://other.example/name"}]
)
def test_terms_of_other_vocabularies_are_none_of_schema_orgs(context):
    assert thing({"@context": context, "name": "Kurssi"}).string("name") == ""


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("Kurssi", {"fi": ["Kurssi"]}),
        ({"@value": "Kurs", "@language": "sv"}, {"sv": ["Kurs"]}),
        ({"fi": "Kurssi", "sv": ["Kurs", "Kursen"], "de": "Kurs"},
         {"fi": ["Kurssi"], "sv": ["Kurs", "Kursen"]}),
        ([{"@value": "Course", "@language": "en"}, "Kurssi"], {"en": ["Course"], "fi": ["Kurssi"]}),
        ({"@list": ["a", "b"]}, {"fi": ["a", "b"]}),
        ({"@type": "Thing"}, {}),
        (None, {}),
    ],
)  # fmt: skip
def test_texts_are_told_apart_by_language(value, texts):
    assert thing({"name": value}).texts("name") == texts


def test_the_language_of_a_context_is_that_of_its_words():
    found = thing({"@context": {"@language": "en"}, "name": "Course"})
    assert found.texts("name") == {"en": ["Course"]}


def test_aliases_of_keywords_are_known():
    context = ["https://schema.org", {"id": "@id", "type": "@type"}]
    found = thing({"@context": context, "id": "https://a.example", "type": "schema:Course"})
    assert (found.id, found.types) == ("https://a.example", {"Course"})


@pytest.mark.parametrize(
    "context", [7, [None], {"a": 7}, {"@vocab": 7}, {"@language": []}, {"a": {}}]
)
def test_a_context_that_is_none_does_no_harm(context):
    assert thing({"@context": context, "name": "Kurssi"}).string("name") == "Kurssi"


def test_terms_without_end_are_not_taken_in():
    context = {f"t{number}": "https://schema.org/name" for number in range(10_000)}
    assert len(Context("fi").extended(context).terms) <= 500
