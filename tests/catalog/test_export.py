from __future__ import annotations

import csv as standard_csv
import io
from datetime import date

from sqlalchemy.orm import Session

from catalog.db import open_engine, upgrade_connection
from catalog.export import export_csv
from catalog.importers import csv, opintopolku
from catalog.importers.documents import (
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
    SourceDocument,
)
from catalog.importers.store import store_documents
from catalog.search import Criteria, find_candidates

TODAY = date(2026, 3, 1)
OPTION = OptionDocument(
    id="a",
    type="study_package",
    titles={"fi": "Hoiva; osa 1", "sv": 'Vård "på riktigt"'},
    descriptions={"fi": "Yksi.\n\nKaksi, kolme."},
    outcomes={"en": "You can."},
    requirements={"fi": "Lähihoitaja"},
    keywords=("vanhusten hoiva",),
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
            modes=("online", "blended"),
            schedule=("evening",),
            weekly_hours=7.5,
            duration_months=6.0,
            price_eur=0.0,
            teaching_languages=("fi", "sv"),
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
            price_eur=0.0,
            price_max_eur=60.0,
        ),
    ),
    source=SourceDocument("somewhere", sample=True, read_on=date(2026, 2, 1)),
)
SOURCE = SourceDocument("tests", sample=False, read_on=TODAY)


def exported(session):
    file = io.StringIO()
    export_csv(session, file)
    return file.getvalue()


def candidates(session):
    return find_candidates(session, Criteria(include_closed=True), today=TODAY)


def import_text(session, text):
    documents = csv.read_options(text.encode(), name="export.csv", today=TODAY)
    return store_documents(session, documents, source=SOURCE, today=TODAY)


def test_an_export_fills_an_empty_catalogue_with_the_same(session, store):
    store(OPTION)
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection)
    with Session(engine, future=True) as other:
        assert not import_text(other, exported(session)).refused
        assert candidates(other) == candidates(session)
        assert exported(other) == exported(session)
    engine.dispose()


def test_importing_an_export_changes_nothing(session, store):
    store(OPTION)
    session.commit()
    report = import_text(session, exported(session))
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)


def test_the_real_response_survives_export_and_import(session, samples):
    path = samples / "opintopolku" / "search-koulutukset-2023-all-5141.json"
    documents = opintopolku.read_options(path.read_bytes(), name=path.name, today=TODAY)
    store_documents(session, documents, source=SOURCE, today=TODAY)
    session.commit()
    before = candidates(session)
    report = import_text(session, exported(session))
    assert (report.unchanged, report.refused) == (4, [])
    assert candidates(session) == before


def test_an_export_has_a_row_for_each_offering_and_documented_columns(session, store, project_root):
    store(OPTION)
    rows = list(standard_csv.DictReader(io.StringIO(exported(session))))
    assert [row["place"] for row in rows] == ["091", "maakunta_14"]
    documented = (project_root / "docs/reference/catalog-csv.md").read_text(encoding="utf-8")
    for column in rows[0]:
        stem = column.removesuffix("_sv").removesuffix("_en")
        assert f"`{stem}" in documented
