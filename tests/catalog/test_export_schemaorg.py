from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from catalog.db import open_engine, upgrade_connection
from catalog.export_schemaorg import export_schemaorg
from catalog.importers import schemaorg
from catalog.importers.documents import (
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
    SourceDocument,
)
from catalog.importers.store import store_documents
from catalog.models import StudyOption
from catalog.sample import load_sample
from catalog.search import Criteria, find_candidates

TODAY = date(2026, 3, 1)
SOURCE = SourceDocument("tests", sample=False, read_on=TODAY)
OPTION = OptionDocument(
    id="a",
    type="micro_credential",
    titles={"fi": "R&amp;D <b>", "sv": 'Vård "på riktigt" (35 sp)'},
    descriptions={"fi": "Yksi &amp; sama.\n\nKaksi, kolme.\n- neljä", "en": "One.\n\nTwo."},
    outcomes={"en": "- You can.\n- You may."},
    requirements={"fi": "Lähihoitaja"},
    criteria={"fi": "Arvioitu <i>näin</i>"},
    keywords=("vanhusten hoiva, yö", "hoiva"),
    field="0923",
    credits=5.0,
    credits_min=2.5,
    level="bachelor",
    education_required="vocational",
    language_required=("fi:B1", "sv:A2"),
    skills={"fi": ("asiakkaan kohtaaminen", "hoiva"), "sv": ("vård & omsorg",)},
    leads_to={"fi": "sosionomi (AMK)", "sv": "socionom (YH)"},
    leads_to_level="bachelor",
    route_credits=30.0,
    route_grade="3.5/5",
    route_apply_by=date(2027, 3, 24),
    route_round="joint_spring",
    funding=("jotpa", "free_for_all"),
    employing=False,
    offerings=(
        OfferingDocument(
            id="a-1",
            provider=ProviderDocument(
                "opisto", {"fi": "Opisto", "sv": "Institut"}, "743", "https://opisto.example"
            ),
            place="091",
            modes=("online", "blended", "in_person", "distance"),
            schedule=("evening", "own_pace"),
            weekly_hours=7.5,
            duration_months=1.5,
            price_eur=0.0,
            teaching_languages=("sv", "fi"),
            apply_from=date(2026, 1, 1),
            apply_by=date(2026, 12, 31),
            admission="enrolment_order",
            starts=date(2027, 1, 15),
            url="https://opisto.example/hoiva",
        ),
        OfferingDocument(
            id="a-9",
            place="maakunta_14",
            continuous=True,
            admission="continuous",
            price_eur=112.5,
            price_max_eur=225.0,
        ),
        OfferingDocument(id="a-5"),
    ),
    source=SourceDocument("somewhere", sample=True, read_on=date(2026, 2, 1)),
)


@pytest.fixture
def other():
    """A session on a second, empty catalogue."""
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection)
    with Session(engine, future=True) as session:
        yield session
    engine.dispose()


def exported(session):
    file = io.StringIO()
    export_schemaorg(session, file)
    return file.getvalue()


def import_text(session, text):
    documents = schemaorg.read_options(text.encode(), name="export.jsonld", today=TODAY)
    return store_documents(session, documents, source=SOURCE, today=TODAY)


def candidates(session):
    return find_candidates(session, Criteria(include_closed=True), today=TODAY)


def test_an_export_fills_an_empty_catalogue_with_the_same(session, store, other):
    store(OPTION, replace(OPTION, id="b", titles={"fi": "Aineopinnot (35 op)"}, credits=None,
                          credits_min=None, source=None))  # fmt: skip
    assert not import_text(other, exported(session)).refused
    assert candidates(other) == candidates(session)
    assert exported(other) == exported(session)


def test_the_whole_sample_catalogue_comes_back_the_same(session, other):
    load_sample(session, TODAY)
    assert not import_text(other, exported(session)).refused
    assert candidates(other) == candidates(session)


def test_importing_an_export_changes_nothing(session, store):
    store(OPTION)
    session.commit()
    report = import_text(session, exported(session))
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)


def test_an_export_is_what_search_engines_read(session, store):
    store(OPTION)
    root = json.loads(exported(session))
    assert root["@context"][0] == "https://schema.org/"
    (course,) = root["@graph"]
    assert course["@type"] == "Course"
    assert course["provider"]["name"][0] == {"@value": "Opisto", "@language": "fi"}
    first = course["hasCourseInstance"][0]
    assert first["location"]["address"]["addressLocality"] == "Helsinki"
    assert first["courseMode"] == ["online", "blended", "onsite", "distance"]
    assert first["offers"]["category"] == "Free"
    assert first["startDate"] == "2027-01-15"


def test_what_is_withdrawn_is_not_exported(session, store):
    store(OPTION)
    session.get(StudyOption, "a").withdrawn_on = TODAY
    session.flush()
    assert json.loads(exported(session))["@graph"] == []
