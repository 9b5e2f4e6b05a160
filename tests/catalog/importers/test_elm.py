from __future__ import annotations

from datetime import date

import pytest

from catalog.importers import elm
from catalog.importers.documents import Refusal, Skipped
from opastin.errors import UserError

TODAY = date(2026, 3, 1)
VOCABULARY = "http://data.europa.eu/snb"
AUTHORITY = "http://publications.europa.eu/resource/authority"
COURSE_TYPE = f'<type uri="{VOCABULARY}/learning-opportunity/05053c1cbe"/>'
EURO = f'<unit uri="{AUTHORITY}/currency/EUR"/>'
REFERENCES = f"""
<learningAchievementSpecificationReferences><qualification id="http://a/q">
  <learningOutcomeSummary><noteLiteral language="fi">Osaat perusteet.</noteLiteral>
  </learningOutcomeSummary>
  <ISCEDFCode uri="{VOCABULARY}/isced-f/09"/><ISCEDFCode uri="{VOCABULARY}/isced-f/0913"/>
  <creditPoint><framework uri="{VOCABULARY}/education-credit/60b314e826"/><point>135</point>
  </creditPoint>
  <creditPoint><framework uri="{VOCABULARY}/education-credit/6fcec5c5af"/><point>5,0</point>
  </creditPoint>
  <entryRequirement><noteLiteral language="fi">Ei ole.</noteLiteral></entryRequirement>
  <learningOutcome idref="http://a/o"/><learningOutcome idref="http://a/gone"/>
  <EQFLevel uri="{VOCABULARY}/eqf/6"/>
</qualification></learningAchievementSpecificationReferences>
<learningOutcomeReferences><learningOutcome id="http://a/o">
  <title language="fi">Osaat mitata.</title></learningOutcome></learningOutcomeReferences>
<learningActivitySpecificationReferences><learningActivitySpecification id="http://a/s">
  <language uri="{AUTHORITY}/language/FIN"/><language uri="{AUTHORITY}/language/NLD"/>
  <mode uri="{VOCABULARY}/learning-assessment/920fbb3cbe"/>
</learningActivitySpecification></learningActivitySpecificationReferences>
<agentReferences><organisation id="http://a/org"><legalName language="fi">Opisto</legalName>
  <location idref="http://a/l1"/></organisation></agentReferences>
<locationReferences>
  <location id="http://a/l1"><geographicName language="fi">Seinäjoki</geographicName></location>
  <location id="http://a/l2"><address><fullAddress>
    <noteLiteral language="fi">Katu 1, 65100 Vaasa</noteLiteral></fullAddress>
    <countryCode uri="{AUTHORITY}/country/FIN"/></address></location>
  <location id="http://a/l3"><geographicName>Vaasa</geographicName>
    <address><countryCode uri="{AUTHORITY}/country/SWE"/></address></location>
</locationReferences>
"""


def file(*opportunities, references=REFERENCES):
    inside = "".join(opportunities)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Courses xmlns="http://data.europa.eu/snb/model/ap/loq-constraints/">'
        f"<learningOpportunityReferences>{inside}</learningOpportunityReferences>{references}"
        "</Courses>"
    )


def opportunity(inside="", *, id_="http://a/1", title='<title language="fi">Hoiva</title>'):
    identity = f' id="{id_}"' if id_ else ""
    return f"<learningOpportunity{identity}>{title}{COURSE_TYPE}{inside}</learningOpportunity>"


def read(text):
    data = text if isinstance(text, bytes) else text.encode()
    return list(elm.read_options(data, name="loq.xml", today=TODAY))


def read_one(inside="", **values):
    (document,) = read(file(opportunity(inside, **values)))
    return document


def test_an_opportunity_is_read_with_what_it_refers_to():
    document = read_one(
        """<title language="nl">Zorg</title>
        <description language="fi">&lt;p&gt;Opit.&lt;script&gt;x()&lt;/script&gt;</description>
        <homepage><contentUrl>https://opisto.example/hoiva</contentUrl></homepage>
        <temporal><startDate>2026-08-31T21:00:00Z</startDate></temporal>
        <duration>P6M</duration>
        <providedBy idref="http://a/org"/>
        <learningAchievementSpecification idref="http://a/q"/>
        <learningActivitySpecification idref="http://a/s"/>"""
    )
    assert (document.type, document.titles) == ("course", {"fi": "Hoiva"})
    assert document.descriptions == {"fi": "Opit."}
    assert document.outcomes == {"fi": "Osaat perusteet.\n\n- Osaat mitata."}
    assert document.skills == {"fi": ("Osaat mitata",)}
    assert document.requirements == {"fi": "Ei ole."}
    assert (document.field, document.credits, document.level) == ("0913", 5, "bachelor")
    (offering,) = document.offerings
    assert offering.provider.names == {"fi": "Opisto"}
    assert (offering.modes, offering.teaching_languages) == (("online",), ("fi",))
    assert (offering.starts, offering.duration_months) == (date(2026, 9, 1), 6)
    assert offering.url == "https://opisto.example/hoiva"


def test_references_may_stand_before_and_parts_inside():
    inside = """<providedBy><organisation><prefLabel language="sv">Institutet</prefLabel>
      </organisation></providedBy>
      <location><geographicName language="sv">Vasa</geographicName></location>
      <learningAchievementSpecification><qualification><EQFLevel uri="x/4"/></qualification>
      </learningAchievementSpecification>"""
    (document,) = read(f"<a><b>{REFERENCES}</b>{opportunity(inside)}</a>")
    assert document.level == "upper_secondary"
    assert document.offerings[0].provider.names == {"sv": "Institutet"}
    assert document.offerings[0].place == "905"


def test_each_place_is_an_offering_and_one_abroad_is_none():
    places = "".join(f'<location idref="http://a/l{number}"/>' for number in (1, 2, 3, 1))
    document = read_one(places)
    assert [offering.place for offering in document.offerings] == ["743", "905"]
    assert len({offering.id for offering in document.offerings}) == 2
    assert [offering.place for offering in read_one().offerings] == [None]


def test_of_several_deadlines_the_next_matters():
    deadlines = ("2025-01-01T12:00:00", "2027-01-01T12:00:00", "2026-05-01T12:00:00Z")
    inside = "".join(f"<applicationDeadline>{day}</applicationDeadline>" for day in deadlines)
    assert read_one(inside).offerings[0].apply_by == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("amounts", "prices"),
    [
        ([f"{EURO}<value>112.50</value>"], (112.5, None)),
        ([f"{EURO}<value>0</value>"], (0, None)),
        ([f"{EURO}<value>20</value>", f"{EURO}<value>10</value>"], (10, 20)),
        ([f'<unit uri="{AUTHORITY}/currency/SEK"/><value>10</value>'], (None, None)),
        ([], (None, None)),
    ],
)
def test_only_prices_in_euros_are_known(amounts, prices):
    inside = "".join(f"<priceDetail><amount>{amount}</amount></priceDetail>" for amount in amounts)
    offering = read_one(inside).offerings[0]
    assert (offering.price_eur, offering.price_max_eur) == prices


@pytest.mark.parametrize(
    ("code", "type_"),
    [("17744a2647", "course"), ("74a4a268e8", "study_package"), ("77b99de990", None), ("zz", None)],
)
def test_types_that_are_no_studies_are_passed_over(code, type_):
    xml = opportunity().replace("05053c1cbe", code)
    (document,) = read(file(xml))
    assert isinstance(document, Skipped) if type_ is None else document.type == type_


def test_a_degree_programme_is_passed_over():
    xml = opportunity('<learningAchievementSpecification idref="http://a/q"/>')
    text = file(xml).replace("05053c1cbe", "79343569f3").replace("5,0", "210")
    assert isinstance(read(text)[0], Skipped)


@pytest.mark.parametrize(
    ("inside", "field", "reason"),
    [
        ("<applicationDeadline>2026-02-30T12:00:00</applicationDeadline>", "applicationDeadline",
         "there is no day 2026-02-30"),
        ("<temporal><startDate>soon</startDate></temporal>", "temporal.startDate", "is not a date"),
        ("<duration>half a year</duration>", "duration", "is not a length of time"),
        (f"<priceDetail><amount>{EURO}<value>45 €/op</value></amount></priceDetail>",
         "priceDetail.amount.value", "'45 €/op' is not a number"),
        ("<homepage><contentUrl>javascript:x()</contentUrl></homepage>", "homepage.contentUrl",
         "is no address"),
    ],
)  # fmt: skip
def test_a_bad_opportunity_is_refused_with_its_field_and_the_others_stay(inside, field, reason):
    refusal, good = read(file(opportunity(inside), opportunity(id_="http://a/2")))
    assert isinstance(refusal, Refusal)
    assert (refusal.document, refusal.field) == ("http://a/1", field)
    assert reason in refusal.reason
    assert good.titles == {"fi": "Hoiva"}


def test_bad_credits_refuse_those_that_refer_to_them_alone():
    text = file(
        opportunity('<learningAchievementSpecification idref="http://a/q"/>'),
        opportunity(id_="http://a/2"),
    ).replace("5,0", "viisi")
    refusal, good = read(text)
    assert refusal.field == "qualification.creditPoint.point"
    assert good.credits is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"id_": ""}, "id"),
        ({"title": ""}, "title"),
        ({"title": '<title language="nl">Z</title>'}, "title"),
    ],
)
def test_without_id_or_title_it_is_refused(values, field):
    assert read_one(**values).field == field


def test_importing_twice_changes_nothing_and_a_second_of_one_id_is_refused(session, store):
    text = file(opportunity('<providedBy idref="http://a/org"/><location idref="http://a/l1"/>'))
    assert store(*read(text)).added == 1
    session.commit()
    session.expire_all()
    assert store(*read(text)).unchanged == 1
    twice = file(opportunity(), opportunity(title='<title language="fi">Muu</title>'))
    assert [refusal.field for refusal in store(*read(twice)).refused] == ["id"]


class TestTheModelsOwnExample:
    def text(self, samples):
        return (samples / "elm" / "loq.xml").read_text(encoding="utf-8")

    def test_its_random_credits_are_refused_by_name(self, samples):
        found = read(self.text(samples))
        assert [document.document for document in found] == ["http://LOP-01", "http://LOP-02"]
        assert {document.field for document in found} == {"qualification.creditPoint.point"}
        assert "'S91ZbAwnQrf' is not a number" in found[0].reason

    def test_all_else_of_it_is_read(self, samples):
        first, second = read(self.text(samples).replace("S91ZbAwnQrf", "5"))
        assert (first.titles, first.type) == ({"en": "Yopx"}, "study_package")
        assert (second.titles, second.type) == ({"en": "gd0N0"}, "course")
        assert (first.field, first.credits, first.level) == ("1022", 5, "basic")
        assert first.requirements == {"en": "wmoORvUoHWmxTnO"}
        (offering,) = first.offerings
        assert (offering.apply_by, offering.starts) == (date(2024, 9, 27), date(2024, 10, 17))
        assert offering.price_eur is None, "it is not in euros"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (file(opportunity())[:-200], "not whole XML"),
        ("<html><p>Kurssi</p></html>", "no learningOpportunity"),
        ("", "not whole XML"),
        ('{"a": 1}', "not whole XML"),
    ],
)
def test_a_file_that_is_none_of_the_model_is_the_users_mistake(text, hint):
    with pytest.raises(UserError, match=hint):
        read(text)
