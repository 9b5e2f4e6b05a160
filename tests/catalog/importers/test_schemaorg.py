from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from datetime import date

import pytest

from catalog.importers import schemaorg
from catalog.importers.documents import OptionDocument, Refusal, Skipped
from opastin.errors import UserError

TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Let nothing reach for a context on the network."""

    def refuse(*_arguments, **_values):
        raise AssertionError("an importer must not use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read(root, name="course.jsonld"):
    data = root if isinstance(root, bytes) else json.dumps(root).encode()
    return list(schemaorg.read_options(data, name=name, today=TODAY))


def course(**values):
    return {
        "@context": "https://schema.org/",
        "@type": "Course",
        "@id": "https://opisto.example/hoiva#course",
        "name": "Hoivan perusteet",
        **values,
    }


def read_course(**values):
    (document,) = read(course(**values))
    return document


def read_instance(**values):
    (offering,) = read_course(hasCourseInstance={"@type": "CourseInstance", **values}).offerings
    return offering


def page(*scripts, head="<html lang='fi'>"):
    tags = (f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return (head + "<p>Kurssi</p>" + "\n".join(tags) + "</html>").encode()


def test_a_course_is_read_with_all_that_an_option_needs():
    document = read_course(
        name=[
            {"@value": " Hoivan &amp; hoidon  perusteet ", "@language": "fi"},
            {"@value": "Grunderna i vård", "@language": "sv-FI"},
            {"@value": "Pflege", "@language": "de"},
        ],
        description="<p>Opit.</p><script>alert(1)</script>",
        provider={"@type": "EducationalOrganization", "name": "Lakeuden opisto"},
        teaches=["Osaat mitata.", {"@type": "DefinedTerm", "name": "Osaat kirjata."}],
        coursePrerequisites={"@type": "AlignmentObject", "targetName": "Lähihoitaja"},
        keywords="hoiva, hoito ,hoiva",
        about={"@type": "DefinedTerm", "inDefinedTermSet": "ISCED-F 2013", "termCode": "0913"},
        numberOfCredits=5,
        educationalLevel="bachelor",
        inLanguage=["fi", "sv"],
        url="https://opisto.example/hoiva",
    )
    assert document.titles == {"fi": "Hoivan & hoidon perusteet", "sv": "Grunderna i vård"}
    assert document.descriptions == {"fi": "Opit."}
    assert document.outcomes == {"fi": "- Osaat mitata.\n- Osaat kirjata."}
    assert document.requirements == {"fi": "Lähihoitaja"}
    assert document.keywords == ("hoiva", "hoito")
    assert (document.field, document.credits, document.level) == ("0913", 5, "bachelor")
    (offering,) = document.offerings
    assert offering.provider.names == {"fi": "Lakeuden opisto"}
    assert offering.teaching_languages == ("fi", "sv")
    assert offering.url == "https://opisto.example/hoiva"


def test_an_instance_tells_when_where_how_and_for_how_much():
    offering = read_instance(
        courseMode=["blended", "evening"],
        startDate="2026-09-01",
        endDate="2026-12-01",
        inLanguage="en",
        location={
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Seinäjoki",
                "addressCountry": {"@type": "Country", "name": "FI"},
            },
        },
        courseSchedule={"@type": "Schedule", "repeatFrequency": "Weekly", "duration": "PT3H"},
        offers={
            "@type": "Offer",
            "price": "112,50",
            "priceCurrency": "EUR",
            "validFrom": "2026-04-01",
            "validThrough": "2026-08-15T20:59:59Z",
        },
    )
    assert (offering.modes, offering.schedule) == (("blended",), ("evening",))
    assert (offering.starts, offering.duration_months) == (date(2026, 9, 1), 3.0)
    assert (offering.place, offering.teaching_languages) == ("743", ("en",))
    assert (offering.weekly_hours, offering.price_eur) == (3, 112.5)
    assert (offering.apply_from, offering.apply_by) == (date(2026, 4, 1), date(2026, 8, 15))


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("Seinäjoki", "743"),
        ("Koulukatu 1, 60100 Seinäjoki", "743"),
        ({"@type": "Place", "name": "Vaasa"}, "905"),
        ({"@type": "PostalAddress", "postalCode": "60100"}, "743"),
        ({"@type": "Place", "address": "Koulukatu 1, 60100"}, "743"),
        ({"@type": "PostalAddress", "postalCode": "02134", "addressCountry": "US"}, None),
        ("St Brycedale Campus Kirkcaldy", None),
    ],
)
def test_a_location_may_be_a_place_an_address_or_words(location, place):
    assert read_instance(location=location).place == place


@pytest.mark.parametrize(
    ("values", "modes"),
    [
        ({"courseMode": ["distance learning", "Online"]}, ("distance", "online")),
        ({"courseMode": "MOOC"}, ("online",)),
        ({"courseMode": "full-time"}, ()),
        ({"courseMode": "Lähiopetus"}, ("in_person",)),
        ({"eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode"}, ("blended",)),
        ({"eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode"}, ("in_person",)),
        ({"location": {"@type": "VirtualLocation", "url": "https://a.example"}}, ("online",)),
    ],
)
def test_modes_are_known_by_many_words(values, modes):
    assert read_instance(**values).modes == modes


@pytest.mark.parametrize(
    ("schedule", "times"),
    [
        ({"byDay": ["Saturday", "https://schema.org/Sunday"]}, ("weekend",)),
        ({"byDay": "Monday", "startTime": "17:30"}, ("evening",)),
        ({"byDay": "Monday", "startTime": "09:00:00"}, ("daytime",)),
        ({}, ()),
    ],
)
def test_times_of_a_schedule_are_told_by_day_and_hour(schedule, times):
    assert read_instance(courseSchedule={"@type": "Schedule", **schedule}).schedule == times


EURO = {"@type": "Offer", "priceCurrency": "EUR"}


@pytest.mark.parametrize(
    ("offers", "price"),
    [
        ({**EURO, "price": 45.5}, 45.5),
        ({**EURO, "price": "0"}, 0),
        ({"@type": "Offer", "price": "0"}, 0),
        ({"@type": "Offer", "price": "45"}, None),
        ({"@type": "Offer", "price": "395", "priceCurrency": "GBP"}, None),
        ({"@type": "Offer", "category": "Free"}, 0),
        ([{**EURO, "price": 10}, {**EURO, "price": 10.0}], 10),
        ([{**EURO, "price": 10}, {"@type": "Offer", "price": 20}], None),
        # An early bird's price has gone.
        ([{**EURO, "price": 10, "validThrough": "2026-02-01"}, {**EURO, "price": 20}], 20),
        ({**EURO, "priceSpecification": {"minPrice": 60}}, None),
        ({"@type": "Offer", "priceSpecification": {"price": 45, "priceCurrency": "EUR"}}, 45),
        (
            {
                "@type": "Offer",
                "priceSpecification": {
                    "@type": "UnitPriceSpecification",
                    "price": 45,
                    "priceCurrency": "EUR",
                    "unitText": "opintopiste",
                },
            },
            None,
        ),
        ({"@type": "Offer"}, None),
    ],
)
def test_only_a_price_of_the_whole_in_euros_is_known(offers, price):
    found = read_instance(offers=offers)
    assert (found.price_eur, found.price_max_eur) == (price, None)


@pytest.mark.parametrize(
    ("offers", "prices"),
    [
        ([{**EURO, "price": 20}, {**EURO, "price": 10}], (10, 20)),
        ([{**EURO, "price": 20}, {"@type": "Offer", "category": "Free"}], (0, 20)),
        ({**EURO, "@type": "AggregateOffer", "lowPrice": 5, "highPrice": 9}, (5, 9)),
        ({**EURO, "priceSpecification": {"minPrice": "60", "maxPrice": "120"}}, (60, 120)),
        ({**EURO, "priceSpecification": {"minPrice": 0, "maxPrice": 120}}, (0, 120)),
        ({**EURO, "priceSpecification": {"minPrice": 60, "maxPrice": 60}}, (60, None)),
    ],
)
def test_a_price_may_be_a_range(offers, prices):
    found = read_instance(offers=offers)
    assert (found.price_eur, found.price_max_eur) == prices


def test_skills_are_terms_of_their_own_or_the_points_of_a_list():
    skill = {"@type": "DefinedTerm", "name": {"fi": "hitsaus; perusteet", "sv": "svetsning"}}
    found = read_course(teaches=["Osaat hitsata.", skill], assesses=skill)
    assert found.skills == {"fi": ("hitsaus, perusteet",), "sv": ("svetsning",)}
    listed = read_course(teaches=["lukea piirustuksia", "hitsata"])
    assert listed.skills == {"fi": ("lukea piirustuksia", "hitsata")}
    assert read_course(teaches="Osaat hitsata.").skills == {}


def test_what_is_accessible_for_free_costs_nothing():
    assert read_course(isAccessibleForFree=True).offerings[0].price_eur == 0


@pytest.mark.parametrize(
    ("values", "credits"),
    [
        ({"numberOfCredits": "2,5"}, (2.5, None)),
        ({"numberOfCredits": {"minValue": 1, "maxValue": 5, "unitText": "ECTS"}}, (5, 1)),
        ({"numberOfCredits": {"value": 40, "unitText": "hours"}}, (None, None)),
        ({"name": "Aineopinnot (35 op)"}, (35, None)),
        ({}, (None, None)),
    ],
)
def test_credits_are_read_where_they_stand(values, credits):
    document = read_course(**values)
    assert (document.credits, document.credits_min) == credits


def program(**values):
    root = {**course(), "@type": "EducationalOccupationalProgram", **values}
    (document,) = read(root)
    return document


def test_a_programme_tells_of_its_application():
    document = program(
        applicationStartDate="2026-03-01",
        applicationDeadline="2026-04-30",
        timeToComplete="P6M",
        programPrerequisites="Ei ole",
        numberOfCredits=30,
        timeOfDay="evening",
        offers={**EURO, "price": 450},
    )
    assert (document.type, document.credits) == ("study_package", 30)
    assert document.requirements == {"fi": "Ei ole"}
    (offering,) = document.offerings
    assert (offering.apply_from, offering.apply_by) == (date(2026, 3, 1), date(2026, 4, 30))
    assert (offering.duration_months, offering.price_eur) == (6, 450)
    assert offering.schedule == ("evening",)


@pytest.mark.parametrize(
    "values",
    [
        {"educationalCredentialAwarded": "Bachelor of Science"},
        {"educationalCredentialAwarded": {"credentialCategory": "Sosionomi-tutkinto"}},
        {"numberOfCredits": 210},
        {"timeToComplete": "P4Y"},
        {"@type": "WorkBasedProgram"},
    ],
)
def test_a_degree_is_no_option(values):
    assert program(**values) == Skipped(course()["@id"], "not a study option type")


def test_titles_name_the_type():
    assert read_course(name="Tradenomin polkuopinnot").type == "path_studies"


class TestWhereThingsStand:
    def test_a_graph_points_to_what_stands_elsewhere_in_it(self):
        (document,) = read(
            {
                "@graph": [
                    course(
                        provider={"@id": "#school"},
                        hasCourseInstance=[{"@id": "#spring"}, {"@id": "#autumn"}],
                    ),
                    {"@type": "CourseInstance", "@id": "#spring", "startDate": "2026-03-15"},
                    {"@type": "CourseInstance", "@id": "#autumn", "startDate": "2026-09-15"},
                    {"@type": "Organization", "@id": "#school", "name": "Opisto"},
                ],
                "@context": "https://schema.org",
            }
        )
        assert [offering.starts.month for offering in document.offerings] == [3, 9]
        assert {offering.provider.names["fi"] for offering in document.offerings} == {"Opisto"}

    def test_an_instance_of_no_course_is_an_option_itself(self):
        (document,) = read(
            {"@type": "CourseInstance", "name": "Talvikurssi", "startDate": "2026-11-01"}
        )
        assert document.titles == {"fi": "Talvikurssi"}
        assert document.offerings[0].starts == date(2026, 11, 1)

    def test_courses_of_a_list_and_of_a_page_are_found(self):
        items = [
            {"@type": "ListItem", "item": course()},
            {"@type": "ListItem", "url": "https://opisto.example/toinen"},
        ]
        found = read(
            [
                {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items},
                {"@type": "WebPage", "mainEntity": course(**{"@id": "https://a.example/2"})},
            ]
        )
        assert len(found) == 2

    def test_a_course_inside_a_programme_is_a_part_of_it(self):
        document = program(hasCourse=[course(), course()])
        assert document.type == "study_package"

    @pytest.mark.parametrize("end", ["", "</script>"])
    def test_a_page_may_hold_several_scripts_and_a_broken_one(self, end):
        good = json.dumps(course(), ensure_ascii=False)
        other = json.dumps(course(**{"@id": "https://a.example/2"}))
        broken = '{"@type": "Course", "name"'
        scripts = page(good, broken, other) + b'<script type="application/ld+json">{' + end.encode()
        found = read(scripts, "page.html")
        assert [type(document) for document in found].count(OptionDocument) == 2
        refusals = [document for document in found if isinstance(document, Refusal)]
        assert [refusal.document for refusal in refusals] == ["script 2", "script 4"]

    def test_scripts_in_comments_and_of_other_types_are_no_data(self):
        text = json.dumps(course())
        other = (
            f"<!-- <script type='application/ld+json'>{text}</script> --><script>{text}</script>"
        )
        with pytest.raises(UserError, match="neither JSON-LD nor a page"):
            read(other.encode(), "page.html")

    def test_words_without_a_language_are_in_that_of_the_page(self):
        (document,) = read(page(json.dumps(course()), head='<html class="a" lang="sv-FI">'))
        assert document.titles == {"sv": "Hoivan perusteet"}


class TestIds:
    def test_an_address_makes_an_id_that_stays(self):
        assert read_course().id == read_course(name="Toinen nimi").id

    def test_without_an_address_school_and_code_do(self):
        def of(**values):
            (document,) = read({"@type": "Course", "name": "Fysiikka", **values})
            return document.id

        first = of(courseCode="F300", provider="Opisto")
        assert first.startswith("fysiikka-")
        assert first == of(courseCode="F300", provider="Opisto", description="Uusi kuvaus")
        assert (
            len({first, of(courseCode="F301", provider="Opisto"), of(), of(**{"@id": "_:b0"})}) == 3
        )

    def test_two_courses_of_one_id_are_told_apart_by_a_refusal(self, store):
        report = store(*read([course(), course(name="Toinen")]))
        assert (report.added, [refusal.field for refusal in report.refused]) == (1, ["id"])

    def test_importing_twice_changes_nothing(self, session, store):
        graph = [course(hasCourseInstance=[{"startDate": "2026-09-01"}, {"location": "Vaasa"}])]
        store(*read(graph))
        session.commit()
        session.expire_all()
        report = store(*read(graph))
        assert (report.added, report.changed, report.unchanged) == (0, 0, 1)


class TestTheProjectsOwnExamples:
    def documents(self, samples, name):
        path = samples / "schemaorg" / name
        return read(path.read_bytes(), name)

    def test_courses_are_read_out_of_the_page(self, samples, store):
        found = self.documents(samples, "sdo-course-examples.txt")
        assert str(found[0]) == "course 1: name: is missing"
        titles = [next(iter(document.titles.values())) for document in found[1:]]
        assert titles.count("HNC Accounting") == 2
        accounting = found[1]
        assert len(accounting.offerings) == 3
        assert accounting.offerings[1].starts == date(2016, 8, 29)
        assert [offering.price_eur for offering in found[2].offerings] == [None, None]
        report = store(*found)
        assert (report.added, len(report.refused)) == (4, 3)

    def test_a_programme_with_an_application_period_is_read(self, samples):
        (document,) = self.documents(samples, "issue-2419-examples.txt")
        assert document.credits == 32
        assert document.offerings[0].apply_by == date(2019, 12, 31)

    def test_degrees_and_apprenticeships_are_passed_over(self, samples):
        found = self.documents(samples, "issue-2289-examples.txt")
        assert [type(document) for document in found] == [Skipped, Skipped]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": None}, "name"),
        ({"name": " "}, "name"),
        ({"name": {"@value": "Kurs", "@language": "de"}}, "name"),
        ({"numberOfCredits": "viisi"}, "numberOfCredits"),
        ({"numberOfCredits": -5}, "numberOfCredits"),
        ({"timeRequired": "P6"}, "timeRequired"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"startDate": "2026-02-30"}, "startDate"),
        ({"offers": {**EURO, "price": "45 €/op"}}, "offers.price"),
        ({"hasCourseInstance": [{}, {"startDate": "1.9.2026"}]}, "hasCourseInstance[1].startDate"),
        (
            {"hasCourseInstance": {"offers": [{**EURO, "price": "45 €/op"}]}},
            "hasCourseInstance.offers.price",
        ),
        (
            {"offers": {**EURO, "validFrom": "2026-05-01", "validThrough": "2026-04-01"}},
            "offers.validFrom",
        ),
        (
            {"applicationStartDate": "2026-05-01", "applicationDeadline": "2026-04-01"},
            "applicationStartDate",
        ),
    ],
)
def test_a_bad_course_is_refused_with_its_field(values, field):
    refusal = read_course(**values)
    assert isinstance(refusal, Refusal)
    assert refusal.field == field


def test_one_bad_course_leaves_the_others():
    found = read([course(name=None), course(), 7, None])
    assert [type(document) for document in found] == [Refusal, OptionDocument]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "neither JSON-LD nor a page"),
        (b"<html></html>", "neither JSON-LD nor a page"),
        (b'{"@type": "Course", "name', "not whole JSON"),
        (b"[" * 100_000, "nests too deep"),
        (b"[]", "has no Course"),
        (b'{"@type": "Recipe", "name": "Pulla"}', "has no Course"),
        ('{"@type": "Course", "name": "ä"}'.encode("latin-1"), "not UTF-8"),
        (page('{"@type": "Recipe"}'), "has no Course"),
    ],
)
def test_a_file_without_courses_is_the_users_mistake(data, hint):
    with pytest.raises(UserError, match=hint):
        read(data, "file")


@pytest.mark.parametrize(
    "data",
    [
        b"<script " * 100_000,
        b"<!--" * 200_000,
        b'<script type="application/ld+json">' * 20_000,
        b"<html lang" * 100_000,
    ],
)
def test_a_hostile_page_takes_no_long_time(data):
    began = time.monotonic()
    with suppress(UserError):
        read(data, "page.html")
    assert time.monotonic() - began < 10


def test_references_in_a_circle_come_to_an_end():
    (document,) = read(
        [
            course(provider={"@id": "#a"}),
            {"@type": "Organization", "@id": "#a", "name": "A", "parentOrganization": {"@id": "#a"},
             "location": {"@id": "#a"}, "address": {"@id": "#a"}},
        ]
    )  # fmt: skip
    assert document.offerings[0].provider.names == {"fi": "A"}
