from __future__ import annotations

from datetime import date

import pytest

from catalog.importers import csv
from catalog.importers.documents import OptionDocument, ProviderDocument, Refusal
from opastin.errors import UserError

TODAY = date(2026, 3, 1)


def read(text, encoding="utf-8"):
    return list(csv.read_options(text.encode(encoding), name="our.csv", today=TODAY))


def row(**cells):
    """Read one option of which only these cells matter; a cell of None is left out."""
    cells = {"id": "a", "type": "course", "provider": "Opisto", "title_fi": "Kurssi", **cells}
    quoted = (f'"{cell}"' for cell in cells.values())
    (document,) = read(",".join(cells) + "\n" + ",".join(quoted) + "\n")
    return document


def offering(**cells):
    (found,) = row(**cells).offerings
    return found


def test_a_row_becomes_an_option_with_an_offering():
    document = row(
        field="0923",
        title_sv="Kurs",
        description_fi="Ensin tätä.\n\nSitten tuota.",
        keywords="hoito; vanhusten hoiva",
        credits="2,5",
        level="bachelor",
        education_required="none",
        employing="yes",
        place="743",
        modes="online;blended",
        schedule="evening",
        weekly_hours="8",
        duration_months="6",
        price_eur="112.50",
        teaching_languages="fi;sv",
        apply_from="-10d",
        apply_by="2026-12-31",
        starts="+45d",
        url="https://opisto.example/kurssi",
    )
    assert document.titles == {"fi": "Kurssi", "sv": "Kurs"}
    assert document.descriptions == {"fi": "Ensin tätä.\n\nSitten tuota."}
    assert document.keywords == ("hoito", "vanhusten hoiva")
    assert (document.credits, document.field, document.employing) == (2.5, "0923", True)
    assert document.education_required == "none"
    (found,) = document.offerings
    assert found.provider == ProviderDocument(names={"fi": "Opisto"})
    assert (found.id, found.place, found.price_eur) == ("a-1", "743", 112.5)
    assert (found.modes, found.schedule) == (("online", "blended"), ("evening",))
    assert found.apply_from == date(2026, 2, 19)
    assert (found.apply_by, found.starts) == (date(2026, 12, 31), date(2026, 4, 15))


def test_a_row_tells_what_a_route_leads_to_and_asks_for():
    document = row(
        language_required="fi:B1;sv:A2",
        leads_to_fi="Sosionomi (AMK)",
        leads_to_sv="Socionom (YH)",
        leads_to_level="bachelor",
        route_credits="30",
        route_grade="3",
        route_apply_by="next-03-24",
        route_round="joint_spring",
        funding="jotpa;free_for_all",
    )
    assert document.language_required == ("fi:B1", "sv:A2")
    assert document.leads_to == {"fi": "Sosionomi (AMK)", "sv": "Socionom (YH)"}
    assert (document.leads_to_level, document.route_round) == ("bachelor", "joint_spring")
    assert (document.route_credits, document.route_grade) == (30, "3/5")
    assert document.route_apply_by == date(2026, 3, 24)
    assert document.funding == ("jotpa", "free_for_all")


def test_an_earlier_file_names_the_degree_in_finnish():
    assert row(leads_to_degree="Sosionomi (AMK)").leads_to == {"fi": "Sosionomi (AMK)"}
    both = row(leads_to_degree="Sosionomi (AMK)", leads_to_fi="Tradenomi (AMK)")
    assert both.field == "leads_to_degree"


@pytest.mark.parametrize(
    ("text", "grade"),
    [("", None), ("1", "1/5"), ("3,5", "3.5/5"), ("3/5", "3/5"), ("8/10", "8/10")],
)
def test_a_grade_is_kept_with_its_scale(text, grade):
    assert row(route_grade=text).route_grade == grade


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("next-03-24", date(2026, 3, 24)),
        ("next-03-01", date(2026, 3, 1)),
        ("next-02-28", date(2027, 2, 28)),
        ("next-03-24+1y", date(2027, 3, 24)),
    ],
)
def test_a_day_of_the_year_is_the_next_one(text, day):
    assert offering(starts=text).starts == day


def test_empty_cells_mean_not_known():
    document = row(field="", credits="", employing="", price_eur="", modes="", apply_by="")
    assert (document.field, document.credits, document.employing) == (None, None, None)
    (found,) = document.offerings
    assert (found.price_eur, found.apply_by, found.modes) == (None, None, ())
    assert not found.continuous


def test_rows_of_an_id_are_offerings_of_one_option():
    (document,) = read(
        "id,type,provider,title_fi,place\n"
        "a,course,Opisto,Kurssi,743\n"
        "a,,,,905\n"
        "a,,Toinen opisto,,091\n"
    )
    assert [found.id for found in document.offerings] == ["a-1", "a-2", "a-3"]
    assert [found.place for found in document.offerings] == ["743", "905", "091"]
    assert [found.provider.names["fi"] for found in document.offerings] == [
        "Opisto",
        "Opisto",
        "Toinen opisto",
    ]


def test_a_later_row_that_contradicts_is_refused():
    (refusal,) = read(
        "id,type,provider,title_fi\na,course,Opisto,Kurssi\na,course,Opisto,Toinen kurssi\n"
    )
    assert (refusal.document, refusal.field) == ("a (line 3)", "title_fi")


@pytest.mark.parametrize("place", ["743", "Seinäjoki", "SEINÄJOKI"])
def test_a_place_is_a_code_or_a_name(place):
    assert offering(place=place).place == "743"


def test_a_code_that_lost_its_zero_in_a_spreadsheet_is_found():
    assert offering(place="91").place == "091"


def test_a_region_is_a_place():
    assert offering(place="maakunta_14").place == offering(place="Etelä-Pohjanmaa").place


def test_keywords_without_a_semicolon_are_words():
    assert row(keywords="hoito hoiva").keywords == ("hoito", "hoiva")
    assert row(keywords="vanhusten hoiva;").keywords == ("vanhusten hoiva",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_separate_cells_in_their_own_ways(delimiter):
    lines = [
        ["id", "type", "provider", "title_fi", "schedule"],
        ["a", "course", "Opisto", "Kurssi", '"evening;weekend"'],
    ]
    (document,) = read("\r\n".join(delimiter.join(cells) for cells in lines), "utf-8-sig")
    assert document.offerings[0].schedule == ("evening", "weekend")


@pytest.mark.parametrize(
    ("column", "value", "hint"),
    [
        ("id", "ä", "letters"),
        ("id", "../x", "letters"),
        ("id", "a b", "letters"),
        ("id", "x" * 101, "long"),
        ("type", "kurssi", "none of"),
        ("type", "", "missing"),
        ("provider", "", "missing"),
        ("title_fi", "", "missing"),
        ("field", "hoito", "field of education"),
        ("credits", "5 op", "not a number"),
        ("credits", "5000", "more than 400"),
        ("level", "phd", "none of"),
        ("employing", "maybe", "neither"),
        ("language_required", "B1", "fi:B1"),
        ("language_required", "fi:B3", "fi:B1"),
        ("leads_to_level", "doctor", "none of"),
        ("route_credits", "30 op", "not a number"),
        ("route_grade", "6", "1 to 5"),
        ("route_grade", "0", "1 to 5"),
        ("route_grade", "x" * 61, "longer"),
        ("route_apply_by", "next-02-29", "every year"),
        ("route_apply_by", "next-13-01", "every year"),
        ("route_round", "spring", "none of"),
        ("funding", "lottery", "none of"),
        ("place", "Atlantis", "municipality"),
        ("modes", "online;telepathy", "none of"),
        ("schedule", "night", "none of"),
        ("weekly_hours", "200", "more than 168"),
        ("price_eur", "45 €/op", "not a number"),
        ("price_eur", "-1", "not a number"),
        ("price_eur", "nan", "not a number"),
        ("price_eur", "1e3", "not a number"),
        ("teaching_languages", "suomi", "none of"),
        ("apply_by", "2026-02-30", "no day"),
        ("apply_by", "30.2.2026", "not a date"),
        ("starts", "syksy", "not a date"),
        ("continuous", "2", "neither"),
        ("url", "javascript:alert(1)", "https://"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_its_document_and_field(column, value, hint):
    refusal = row(**{column: value})
    assert isinstance(refusal, Refusal)
    assert refusal.field == column
    assert hint in refusal.reason
    assert "line 2" in refusal.document


def test_continuous_application_has_no_end():
    assert row(continuous="yes", apply_by="2026-12-31").field == "apply_by"
    assert offering(continuous="kyllä").continuous


def test_application_begins_before_it_ends():
    assert row(apply_from="2026-12-31", apply_by="2026-01-01").field == "apply_from"


def test_one_bad_row_leaves_the_others():
    documents = read(
        "id,type,provider,title_fi,price_eur\n"
        "a,course,Opisto,Kurssi,10\n"
        "b,course,Opisto,Kurssi,45 €/op\n"
        "c,course,Opisto,Kurssi\n"
        "d,course,Opisto,Kurssi,20\n"
    )
    options = [document.id for document in documents if isinstance(document, OptionDocument)]
    refused = {(found.document, found.field) for found in documents if isinstance(found, Refusal)}
    assert options == ["a", "d"]
    assert refused == {("b (line 3)", "price_eur"), ("c (line 4)", "row")}


def test_a_file_without_types_holds_providers():
    assert read("id,name_fi,name_sv,municipality\nopisto,Opisto,Institut,Vasa\n") == [
        ProviderDocument("opisto", {"fi": "Opisto", "sv": "Institut"}, municipality="905")
    ]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("id,name_fi\nopisto,\n", "name_fi"),
        ("id,name_fi\nOpisto,Opisto\n", "id"),
        ("id,name_fi\n,Opisto\n", "id"),
        ("id,name_fi,url\nopisto,Opisto,www.opisto.example\n", "url"),
    ],
)
def test_bad_providers_are_refused(text, field):
    (refusal,) = read(text)
    assert refusal.field == field


def test_a_provider_that_stands_twice_is_refused():
    assert [type(found) for found in read("id,name_fi\na,Opisto\na,Toinen\n")] == [Refusal]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("{}\n", "lacks id"),
        ("title_fi,type\nKurssi,course\n", "lacks id, provider"),
        ("id,type,provider,titel\n", "titel"),
        ("id,type,provider,id\n", "two columns"),
        ('id,type,provider,title_fi\na,course,Opisto,"Kurs', "not a whole CSV"),
        ('id,type,provider,title_fi\na,course,Opisto,"Kurssi"x\n', "not a whole CSV"),
    ],
)
def test_a_file_that_is_no_table_of_ours_is_the_users_mistake(text, hint):
    with pytest.raises(UserError, match=hint):
        read(text)


def test_latin_1_is_the_users_mistake_with_its_line():
    with pytest.raises(UserError, match=r"UTF-8 \(line 2\)"):
        read("id,type,provider,title_fi\na,course,Opisto,Äidinkieli\n", "latin-1")


def test_a_price_may_be_a_range_and_skills_are_listed_by_language():
    document = row(price_eur="60", price_max_eur="120", skills_fi="hitsaus; piirustukset.;hitsaus")
    (found,) = document.offerings
    assert (found.price_eur, found.price_max_eur) == (60, 120)
    assert document.skills == {"fi": ("hitsaus", "piirustukset")}
    assert offering(price_eur="60", price_max_eur="60").price_max_eur is None


@pytest.mark.parametrize("least", ["120", ""])
def test_a_range_of_prices_needs_a_lower_end_that_is_lower(least):
    assert row(price_eur=least, price_max_eur="60").field == "price_max_eur"


def test_admission_is_told_and_agrees_with_the_dates():
    assert offering(admission="enrolment_order", apply_by="2026-12-31").admission
    assert offering(admission="continuous").continuous
    assert row(admission="continuous", apply_by="2026-12-31").field == "apply_by"
    assert row(admission="fixed", continuous="yes").field == "admission"
    assert row(admission="lottery").field == "admission"


def test_a_row_that_cannot_be_read_keeps_no_other_row_of_its_id_waiting():
    text = "id,type,provider,title_fi\na,course,Opisto,Kurssi\na,course,Opisto,\0\n"
    first, second = read(text)
    assert {getattr(first, "id", None), getattr(second, "id", None)} == {"a", None}


def test_a_nul_in_the_header_is_one_sentence():
    with pytest.raises(UserError, match="NUL"):
        read("i\0d,type\n")


@pytest.mark.parametrize(
    "address",
    ["https://opisto.fi@evil.example/", "http://a:b@c/", "https://a\\@b", "https://a@b?c"],
)
def test_an_address_that_names_a_user_is_refused(address):
    (refusal,) = read(f"id,type,provider,title_fi,url\na,course,Opisto,Kurssi,{address}\n")
    assert (refusal.field, "names a user" in refusal.reason) == ("url", True)


def test_an_at_sign_in_a_path_is_no_user():
    (option,) = read("id,type,provider,title_fi,url\na,course,O,K,https://a.fi/@b?c@d\n")
    assert option.offerings[0].url == "https://a.fi/@b?c@d"
