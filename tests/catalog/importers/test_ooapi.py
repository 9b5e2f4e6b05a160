from __future__ import annotations

import json
from datetime import date

import pytest

from catalog.importers import ooapi
from catalog.importers.documents import OptionDocument, ProviderDocument, Refusal, Skipped
from catalog.search import find_option
from opastin.errors import UserError

TODAY = date(2026, 3, 1)
COURSE = "11111111-1111-4111-8111-111111111111"
OFFERING = "22222222-2222-4222-8222-222222222222"


def read(root, name="courses.json"):
    data = root if isinstance(root, bytes) else json.dumps(root).encode()
    return list(ooapi.read_options(data, name=name, today=TODAY))


def course(**values):
    return {
        "courseId": COURSE,
        "primaryCode": {"codeType": "identifier", "code": "HOI-1"},
        "name": [{"language": "fi-FI", "value": "Hoitotyön perusteet"}],
        **values,
    }


def offering(**values):
    return {
        "offeringId": OFFERING,
        "offeringType": "course",
        "course": COURSE,
        "name": [{"language": "fi-FI", "value": "Kevään toteutus"}],
        **values,
    }


def read_course(**values):
    (document,) = read(course(**values))
    return document


def read_offering(**values):
    *_, document = read([course(modeOfDelivery=["online"]), offering(**values)])
    return document if isinstance(document, Refusal) else document.offerings[0]


def test_a_course_is_read_with_all_that_an_option_needs():
    document = read_course(
        name=[
            {"language": "fi-FI", "value": " Hoitotyön  perusteet "},
            {"language": "en-GB", "value": "Basics of nursing"},
            {"language": "nl-NL", "value": "Verpleegkunde"},
        ],
        studyLoad={"studyLoadUnit": "ects", "value": 5},
        modeOfDelivery=["online", "hybrid", "online", "coaching"],
        duration="P6M",
        description=[{"language": "fi-FI", "value": "**Opit** [lisää](https://a.example)."}],
        teachingLanguage="fin",
        fieldsOfStudy="0913",
        learningOutcomes=[
            [{"language": "fi-FI", "value": "Osaat mitata."}],
            [{"language": "fi-FI", "value": "Osaat kirjata."}],
        ],
        admissionRequirements=[{"language": "fi-FI", "value": "Ei ole."}],
        level="bachelor",
        link="https://opisto.example/hoi-1",
    )
    assert document.titles == {"fi": "Hoitotyön perusteet", "en": "Basics of nursing"}
    assert document.descriptions == {"fi": "Opit lisää (https://a.example)."}
    assert document.outcomes == {"fi": "- Osaat mitata.\n- Osaat kirjata."}
    assert document.skills == {"fi": ("Osaat mitata", "Osaat kirjata")}
    assert document.requirements == {"fi": "Ei ole."}
    assert (document.type, document.field, document.credits) == ("course", "0913", 5)
    assert document.level == "bachelor"
    (stand_in,) = document.offerings
    assert (stand_in.modes, stand_in.teaching_languages) == (("online", "blended"), ("fi",))
    assert (stand_in.duration_months, stand_in.url) == (6, "https://opisto.example/hoi-1")


def test_an_offering_tells_when_where_and_for_how_much():
    found = read_offering(
        startDate="2026-09-01",
        endDate="2026-12-01",
        enrollStartDate="2026-04-01",
        enrollEndDate="2026-08-15",
        teachingLanguage="swe",
        priceInformation=[
            {"costType": "total costs", "amount": "112.50", "currency": "EUR"},
            {"costType": "tuition", "amount": "100", "currency": "EUR"},
        ],
        addresses=[{"addressType": "teaching", "city": "Seinäjoki", "countryCode": "FI"}],
    )
    assert (found.starts, found.duration_months) == (date(2026, 9, 1), 3.0)
    assert (found.apply_from, found.apply_by) == (date(2026, 4, 1), date(2026, 8, 15))
    assert (found.price_eur, found.place, found.continuous) == (112.5, "743", False)
    assert found.teaching_languages == ("sv",)
    assert found.modes == ("online",), "what an offering leaves open is as the course says"


@pytest.mark.parametrize(
    ("values", "continuous", "apply_by"),
    [
        ({"flexibleEntryPeriodStart": "2026-01-01"}, True, None),
        (
            {"flexibleEntryPeriodStart": "2026-01-01", "flexibleEntryPeriodEnd": "2026-06-30"},
            False,
            date(2026, 6, 30),
        ),
        (
            {"flexibleEntryPeriodStart": "2026-01-01", "enrollEndDate": "2026-05-01"},
            False,
            date(2026, 5, 1),
        ),
        ({}, False, None),
    ],
)
def test_an_open_entry_period_without_an_end_is_continuous(values, continuous, apply_by):
    found = read_offering(**values)
    assert (found.continuous, found.apply_by) == (continuous, apply_by)
    assert found.admission == ("continuous" if continuous else None)


@pytest.mark.parametrize(
    ("costs", "price"),
    [
        ([{"costType": "total costs", "amount": 0, "currency": "EUR"}], 0),
        ([{"costType": "tuition", "amount": "45,50", "currency": "EUR"}], 45.5),
        ([{"costType": "total costs", "amount": "45", "currency": "SEK"}], None),
        (
            [
                {"costType": "tuition", "amount": "45", "currency": "EUR"},
                {"costType": "materials", "amount": "10", "currency": "EUR"},
            ],
            None,
        ),
        ([], None),
    ],
)
def test_only_the_price_of_the_whole_in_euros_is_known(costs, price):
    found = read_offering(priceInformation=costs)
    assert (found.price_eur, found.price_max_eur) == (price, None)


def test_several_prices_of_the_whole_are_a_range():
    costs = [
        {"costType": "total costs", "amount": amount, "currency": "EUR"} for amount in (120, 60, 90)
    ]
    found = read_offering(priceInformation=costs)
    assert (found.price_eur, found.price_max_eur) == (60, 120)


@pytest.mark.parametrize(
    ("load", "credits"),
    [
        ({"studyLoadUnit": "ects", "value": 2.5}, 2.5),
        ([{"studyLoadUnit": "sbu", "value": 140}, {"studyLoadUnit": "ects", "value": 5}], 5),
        ({"studyLoadUnit": "contacttime", "value": 40}, None),
        (None, None),
    ],
)
def test_hours_of_study_are_no_credits(load, credits):
    assert read_course(studyLoad=load).credits == credits


def test_names_may_be_plain_texts():
    assert read_course(name="Hoitotyö").titles == {"fi": "Hoitotyö"}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_organisation_course_and_offering_of_a_page_may_come_in_any_order(session, store, order):
    organisation = {"organizationId": "opisto", "name": [{"language": "fi", "value": "Opisto"}]}
    parts = [organisation, course(organization="opisto"), offering(startDate="2026-09-01")]
    page = {"pageSize": 10, "pageNumber": 1, "items": [parts[number] for number in order]}
    assert not store(*read(page)).refused
    (candidate,) = find_option(session, COURSE)
    assert candidate.titles == {"fi": "Hoitotyön perusteet"}
    assert (candidate.offering, candidate.provider) == (OFFERING, {"fi": "Opisto"})
    session.commit()
    session.expire_all()
    report = store(*read(page))
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)


def test_an_offering_may_hold_its_course_and_school():
    whole = course(organization={"organizationId": "o", "name": [{"language": "fi", "value": "O"}]})
    first, second = read([offering(course=whole)])
    assert first.titles == second.titles == {"fi": "Hoitotyön perusteet"}
    assert second.offerings[0].provider.names == {"fi": "O"}


def test_an_offering_alone_carries_its_own_name():
    (document,) = read(offering())
    assert (document.id, document.titles) == (COURSE, {"fi": "Kevään toteutus"})
    assert (document.manner, document.all_offerings) == ("fill", False)


def test_an_offering_of_a_refused_course_is_refused_with_it():
    bad = course(duration="half a year")
    refusals = read([bad, offering()])
    assert [refusal.field for refusal in refusals] == ["duration", "course"]
    assert {refusal.option for refusal in refusals} == {COURSE}


def test_a_school_that_is_not_told_of_is_left_out(store):
    assert not store(*read(course(organization="99999999-9999"))).refused


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"programType": "program", "qualificationAwarded": "BSc"}, Skipped),
        ({"programType": "minor"}, OptionDocument),
    ],
)
def test_a_programme_is_a_package_unless_it_is_a_degree(values, expected):
    (document,) = read(
        {"programId": "p-1", "name": [{"language": "fi", "value": "Kokonaisuus"}], **values}
    )
    assert isinstance(document, expected)
    if expected is OptionDocument:
        assert document.type == "study_package"


def test_an_offering_of_a_test_is_no_option():
    (document,) = read({"offeringId": "o", "offeringType": "component", "component": "c"})
    assert isinstance(document, Skipped)


def test_an_organisation_is_a_provider():
    (document,) = read(
        {
            "organizationId": "o",
            "name": [{"language": "sv", "value": "Institutet"}],
            "addresses": [{"postalCode": "60100"}],
            "link": "https://opisto.example",
        }
    )
    assert document == ProviderDocument("o", {"sv": "Institutet"}, "743", "https://opisto.example")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"courseId": "../../etc"}, "courseId"),
        ({"courseId": 7}, "courseId"),
        ({"name": None}, "name"),
        ({"name": [{"language": "nl", "value": "Cursus"}]}, "name"),
        ({"name": [{"language": "fi", "value": 7}]}, "name[0]"),
        ({"name": {"fi": "Kurssi"}}, "name"),
        ({"duration": "6 kk"}, "duration"),
        ({"duration": "P"}, "duration"),
        ({"duration": "P400Y"}, "duration"),
        ({"studyLoad": {"studyLoadUnit": "ects", "value": "viisi"}}, "studyLoad.value"),
        ({"studyLoad": {"studyLoadUnit": "ects", "value": -5}}, "studyLoad.value"),
        ({"studyLoad": "5"}, "studyLoad"),
        ({"modeOfDelivery": [7]}, "modeOfDelivery"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"addresses": ["Seinäjoki"]}, "addresses[0]"),
    ],
)
def test_a_bad_course_is_refused_with_its_field(values, field):
    refusal = read_course(**values)
    assert isinstance(refusal, Refusal)
    assert refusal.field == field


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"startDate": "2026-02-30"}, "startDate", "there is no day 2026-02-30"),
        ({"enrollEndDate": "1.9.2026"}, "enrollEndDate", "is not a date"),
        (
            {"enrollStartDate": "2026-09-01", "enrollEndDate": "2026-08-01"},
            "enrollStartDate",
            "is later than enrollEndDate",
        ),
        (
            {"priceInformation": [{"costType": "total costs", "amount": "45 €/op"}]},
            "priceInformation[0].amount",
            "'45 €/op' is not a number",
        ),
        ({"course": None}, "course", "is missing"),
    ],
)
def test_a_bad_offering_is_refused_with_its_field_and_reason(values, field, reason):
    refusal = read_offering(**values)
    assert isinstance(refusal, Refusal)
    assert (refusal.document, refusal.field) == (OFFERING, field)
    assert reason in refusal.reason


def test_one_bad_document_leaves_the_others():
    found = read([course(name=None), course(courseId="b"), "kurssi", {"x": 1}])
    assert [type(document) for document in found] == [Refusal, OptionDocument, Refusal, Refusal]
    assert str(found[3]).startswith("document 4: courseId: is missing")


def test_two_courses_of_one_id_are_told_apart_by_a_refusal(store):
    report = store(*read([course(), course(name="Toinen")]))
    assert (report.added, [refusal.field for refusal in report.refused]) == (1, ["id"])


YAML = b"""\
- courseId: a
  name:
    - {language: fi-FI, value: No niin}
  fieldsOfStudy: 0111
  level: no
- offeringId: o
  course: a
  startDate: 2026-09-01
---
courseId: b
name: Toinen
validFrom: 2026-02-30
"""


def test_yaml_is_read_as_it_is_written():
    first, second, third = read(YAML, "courses.yaml")
    assert (first.field, first.titles) == ("0111", {"fi": "No niin"})
    assert second.id == "b"
    assert third.offerings[0].starts == date(2026, 9, 1)


@pytest.mark.parametrize("name", ["Course", "EducationSpecification", "Offering", "Program"])
def test_the_specifications_own_fragments_are_refused_by_name(samples, name):
    path = samples / "ooapi" / f"RIO_example_{name}.yaml"
    (refusal,) = read(path.read_bytes(), path.name)
    assert (refusal.document, refusal.field) == ("document 1", "courseId")


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b'{"items": [{"courseId": "1', "breaks off|wrong at line 1"),
        (b'{"items": NaN}', "not whole JSON"),
        (b"[" * 100_000, "nests too deep"),
        (b'[{"a": ' + b"9" * 5000 + b"}]", "not whole JSON"),
        ('{"courseId": "ä"}'.encode("latin-1"), "not UTF-8"),
        (b"a: [1", "not whole YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_the_users_mistake(data, hint):
    with pytest.raises(UserError, match=hint):
        read(data)
