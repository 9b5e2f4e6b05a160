from __future__ import annotations

import json
from datetime import date

import pytest

from catalog.importers import kouta, osaamismerkit
from catalog.importers.documents import OptionDocument, ProviderDocument, Refusal, Skipped
from catalog.search import find_option
from opastin.errors import UserError

TODAY = date(2026, 3, 1)
KOULUTUS = "1.2.246.562.13.00000000000000000001"
TOTEUTUS = "1.2.246.562.17.00000000000000000001"
SCHOOL = "1.2.246.562.10.1"


def read(root):
    data = root if isinstance(root, bytes) else json.dumps(root).encode()
    return list(kouta.read_options(data, name="kouta.json", today=TODAY))


def koulutus(metadata=None, **values):
    (document,) = read(
        {
            "oid": KOULUTUS,
            "organisaatioOid": SCHOOL,
            "koulutustyyppi": "kk-opintojakso",
            "tila": "julkaistu",
            "nimi": {"fi": "Kurssi"},
            "tarjoajat": [SCHOOL],
            "metadata": {"isAvoinKorkeakoulutus": True, **(metadata or {})},
            **values,
        }
    )
    return document


def toteutus(metadata=None, **values):
    (document,) = read(
        {
            "oid": TOTEUTUS,
            "koulutusOid": KOULUTUS,
            "organisaatioOid": SCHOOL,
            "tila": "julkaistu",
            "nimi": {"fi": "Toteutus"},
            "tarjoajat": [SCHOOL],
            "metadata": {"tyyppi": "vapaa-sivistystyo-muu", **(metadata or {})},
            **values,
        }
    )
    return document


def teaching(**values):
    (offering,) = toteutus({"opetus": values}).offerings
    return offering


class TestTheRealDocuments:
    def read(self, samples, name):
        (document,) = read((samples / "kouta" / name).read_bytes())
        return document

    @pytest.mark.parametrize(
        ("name", "type_", "credits"),
        [
            ("koulutus-opintojakso.json", "course", 30),
            ("koulutus-osaamismerkki.json", "skill_badge", None),
            ("toteutus-opintojakso.json", "micro_credential", 13),
            ("toteutus-opintokokonaisuus.json", "study_package", 10),
            ("toteutus-osaamismerkki.json", "skill_badge", None),
            ("toteutus-vapaa-sivistystyo-muu.json", "course", None),
        ],
    )
    def test_open_studies_are_read(self, samples, name, type_, credits):
        document = self.read(samples, name)
        assert (document.type, document.credits) == (type_, credits)

    def test_what_is_not_open_is_passed_over(self, samples):
        document = self.read(samples, "koulutus-opintokokonaisuus.json")
        assert document == Skipped("document 1", "not a study option type")

    def test_a_toteutus_tells_how_it_is_taught(self, samples):
        document = self.read(samples, "toteutus-opintojakso.json")
        (offering,) = document.offerings
        assert document.keywords == ("avainsana",)
        assert document.descriptions == {"fi": "Toteutuksen kuvaus"}
        assert document.requirements == {"fi": "lisätiedot valintaperusteista"}
        assert (offering.modes, offering.schedule) == (("in_person",), ("daytime",))
        assert (offering.teaching_languages, offering.price_eur) == (("fi",), 0)
        assert (offering.apply_from, offering.apply_by) == (date(2050, 4, 1), date(2050, 9, 1))
        assert (offering.starts, offering.duration_months) == (None, 30)
        assert (offering.url, offering.provider.id) == ("http://example.com", "1.2.2.1.1.1")

    def test_all_are_stored_and_stored_again_without_a_change(self, samples, store):
        paths = sorted((samples / "kouta").glob("*.json"))
        badge = (samples / "osaamismerkit" / "osaamismerkit_1007.json").read_bytes()
        store(*osaamismerkit.read_options(badge, name="badge.json", today=TODAY))
        for path in paths:
            assert not store(*read(path.read_bytes())).refused
        for path in paths:
            report = store(*read(path.read_bytes()))
            assert (report.added, report.changed) == (0, 0)


@pytest.mark.parametrize(
    ("code", "mode", "schedule"),
    [
        ("1", ("in_person",), ()),
        ("2", ("distance",), ()),
        ("3", ("online",), ()),
        ("4", ("blended",), ()),
        ("5", (), ("own_pace",)),
        ("6", (), ()),
    ],
)
def test_codes_have_the_names_of_the_write_shape(code, mode, schedule):
    offering = teaching(opetustapaKoodiUrit=[f"opetuspaikkakk_{code}#1"])
    assert (offering.modes, offering.schedule) == (mode, schedule)


@pytest.mark.parametrize(
    ("code", "languages"),
    [("1#2", ("fi",)), ("2", ("sv",)), ("3#1", ("fi", "sv")), ("4", ("en",)), ("5", ()), ("9", ())],
)
def test_languages_are_those_of_teaching(code, languages):
    offering = teaching(opetuskieliKoodiUrit=[f"oppilaitoksenopetuskieli_{code}"])
    assert offering.teaching_languages == languages


def test_a_field_and_a_unit_are_codes_without_set_and_version():
    document = koulutus(
        {
            "koulutusalaKoodiUrit": [
                "kansallinenkoulutusluokitus2016koulutusalataso1_09#1",
                "kansallinenkoulutusluokitus2016koulutusalataso2_092#1",
            ],
            "opintojenLaajuusyksikkoKoodiUri": "opintojenlaajuusyksikko_2#1",
            "opintojenLaajuusNumero": 5,
        }
    )
    assert (document.field, document.credits) == ("092", 5)


def test_another_unit_is_no_number_of_credits():
    unit = "opintojenlaajuusyksikko_6#1"
    document = koulutus({"opintojenLaajuusyksikkoKoodiUri": unit, "opintojenLaajuusNumero": 15})
    assert document.credits is None


@pytest.mark.parametrize(
    ("metadata", "name", "credits"),
    [
        ({"opintojenLaajuusNumeroMin": 5, "opintojenLaajuusNumeroMax": 10}, "Kurssi", (10, 5)),
        ({"opintojenLaajuusNumero": 180120}, "Kurssi", (300, None)),
        ({"opintojenLaajuusNumero": None}, "Aineopinnot (35 op)", (35, None)),
        ({"kuvaus": {"fi": "<p>Aineopinnot (35 op)</p>"}}, "Kurssi", (35, None)),
    ],
)
def test_credits_are_found_where_a_school_wrote_them(metadata, name, credits):
    document = koulutus(metadata, nimi={"fi": name})
    assert (document.credits, document.credits_min) == credits


def test_names_are_trimmed_and_may_lack_a_language():
    document = koulutus(nimi={"fi": "  Kurssi", "sv": " ", "en": None})
    assert document.titles == {"fi": "Kurssi"}


def test_html_of_a_school_becomes_plain_text():
    document = koulutus({"kuvaus": {"fi": "<p>Yksi</p><script>alert(1)</script><p>Kaksi</p>"}})
    assert document.descriptions == {"fi": "Yksi\n\nKaksi"}


def test_funding_is_told_by_flags():
    flags = {"hasJotpaRahoitus": True, "isTyovoimakoulutus": True, "isTaydennyskoulutus": True}
    assert toteutus(flags).funding == ("jotpa", "employment_training")
    assert toteutus().funding == ()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("vapaa-sivistystyo-muu", "micro_credential"),
        ("kk-opintojakso", "micro_credential"),
        ("amm-muu", "micro_credential"),
        ("vapaa-sivistystyo-osaamismerkki", "skill_badge"),
        ("amk", None),
    ],
)
def test_a_small_competence_module_is_one_even_where_it_is_not_open(kind, expected):
    document = toteutus({"tyyppi": kind, "isPieniOsaamiskokonaisuus": True})
    assert getattr(document, "type", None) == expected


def test_one_without_an_end_of_application_has_none():
    (offering,) = toteutus({"hakuaika": {"alkaa": "2026-04-01T00:00"}}).offerings
    assert (offering.apply_from, offering.apply_by) == (date(2026, 4, 1), None)
    assert not offering.continuous


def test_a_document_of_each_place_is_an_offering():
    document = toteutus(tarjoajat=[SCHOOL, "1.2.246.562.10.2", SCHOOL])
    assert [offering.id for offering in document.offerings] == [TOTEUTUS, f"{TOTEUTUS}-2"]


class TestOrganisationsThatAreNamedByOidAlone:
    town = ProviderDocument(SCHOOL, {"fi": "Opisto"}, municipality="743")

    def test_an_unknown_one_is_left_out(self, session, store):
        assert not store(toteutus()).refused
        (candidate,) = find_option(session, KOULUTUS)
        assert (candidate.provider, candidate.place) == ({}, None)

    def test_a_known_one_gives_its_name_and_town(self, session, store):
        store(self.town)
        store(toteutus())
        (candidate,) = find_option(session, KOULUTUS)
        assert (candidate.provider, candidate.place) == ({"fi": "Opisto"}, "743")

    def test_what_is_taught_online_is_nowhere_in_particular(self, session, store):
        store(self.town)
        store(toteutus({"opetus": {"opetustapaKoodiUrit": ["opetuspaikkakk_3#1"]}}))
        assert find_option(session, KOULUTUS)[0].place is None


class TestBadgesWhoseNamesLieElsewhere:
    def document(self):
        kind = "vapaa-sivistystyo-osaamismerkki"
        metadata = {"osaamismerkkiKoodiUri": "osaamismerkit_1007#1"}
        return koulutus(metadata, koulutustyyppi=kind, nimi={})

    def test_a_stored_badge_gives_its_texts(self, session, store):
        badge = OptionDocument(
            id="osaamismerkki-1007",
            type="skill_badge",
            titles={"fi": "Lukeminen", "sv": "Läsning"},
            criteria={"fi": "- lukee"},
            offerings=(),
        )
        store(badge)
        assert not store(self.document()).refused
        (candidate,) = find_option(session, KOULUTUS)
        assert candidate.titles == {"fi": "Lukeminen", "sv": "Läsning"}
        assert candidate.criteria == {"fi": "- lukee"}
        assert store(self.document()).unchanged == 1

    def test_without_it_the_document_is_refused(self, store):
        (refusal,) = store(self.document()).refused
        assert (refusal.document, refusal.field) == (KOULUTUS, "nimi")
        assert "osaamismerkki-1007" in refusal.reason


class TestWhatHasNotBeenSaved:
    def test_it_has_an_id_of_its_own_that_stays(self):
        first = koulutus(oid=None, externalId="KURSSI 1")
        second = koulutus(oid=None, externalId="KURSSI 1", nimi={"fi": "Parempi nimi"})
        assert first.id == second.id
        assert first.id.startswith("kurssi-1-")

    @pytest.mark.parametrize(
        "other",
        [
            {"organisaatioOid": "1.2.246.562.10.2"},
            {"koulutustyyppi": "kk-opintokokonaisuus"},
            {"externalId": "KURSSI 2"},
        ],
    )
    def test_schools_kinds_and_numbers_tell_documents_apart(self, other):
        first = koulutus(oid=None, externalId="KURSSI 1")
        assert koulutus(**{"oid": None, "externalId": "KURSSI 1", **other}).id != first.id

    def test_a_form_of_its_own_is_its_address(self):
        document = toteutus({"hakulomakeLinkki": {"sv": "https://a.example/form"}}, oid=None)
        assert document.offerings[0].url == "https://a.example/form"

    def test_one_that_names_nothing_is_refused(self):
        refusal = koulutus(oid=None, nimi={})
        assert (refusal.document, refusal.field) == ("document 1", "oid")


@pytest.mark.parametrize(
    ("metadata", "field"),
    [
        ({"hakuaika": {"paattyy": "2026-02-30T15:00"}}, "metadata.hakuaika.paattyy"),
        ({"opetus": {"maksunMaara": "45 €/op"}}, "metadata.opetus.maksunMaara"),
        ({"opetus": {"maksunMaara": -1}}, "metadata.opetus.maksunMaara"),
        ({"opetus": {"opetustapaKoodiUrit": "1"}}, "metadata.opetus.opetustapaKoodiUrit"),
        ({"opetus": {"opetuskieliKoodiUrit": [7]}}, "metadata.opetus.opetuskieliKoodiUrit"),
        ({"opetus": []}, "metadata.opetus"),
        ({"asiasanat": ["sana"]}, "metadata.asiasanat[0]"),
    ],
)
def test_a_bad_value_is_refused_with_the_field_as_it_stands_in_the_file(metadata, field):
    refusal = toteutus(metadata)
    assert isinstance(refusal, Refusal)
    assert (refusal.document, refusal.field, refusal.option) == (TOTEUTUS, field, KOULUTUS)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"oid": "../../etc"}, "oid"),
        ({"oid": 7}, "oid"),
        ({"nimi": {"fi": 7}}, "nimi.fi"),
        ({"nimi": {}}, "nimi"),
        ({"tarjoajat": [{"oid": SCHOOL}]}, "tarjoajat"),
        ({"tarjoajat": "1.2"}, "tarjoajat"),
        ({"koulutustyyppi": None}, "koulutustyyppi"),
    ],
)
def test_a_bad_document_is_refused_with_its_field(values, field):
    assert koulutus(**values).field == field


def test_a_form_is_no_script():
    link = {"hakulomakeLinkki": {"fi": "javascript:alert(1)"}}
    assert toteutus(link, oid=None).field == "metadata.hakulomakeLinkki"


@pytest.mark.parametrize("state", ["tallennettu", "arkistoitu", "poistettu"])
def test_what_is_not_published_is_passed_over(state):
    assert koulutus(tila=state) == Skipped(KOULUTUS, "not published")


def test_application_rounds_and_degrees_are_passed_over():
    documents = read(
        [
            {"oid": "1", "hakutapaKoodiUri": "hakutapa_01#1", "nimi": {}},
            {"oid": "2", "toteutusOid": TOTEUTUS, "nimi": {}},
            {"oid": "3", "koulutustyyppi": "amk", "nimi": {"fi": "Sosionomi"}},
        ]
    )
    assert {type(document) for document in documents} == {Skipped}


def test_one_bad_document_of_a_list_leaves_the_others():
    good = {
        "oid": KOULUTUS,
        "koulutustyyppi": "vapaa-sivistystyo-muu",
        "nimi": {"fi": "Kurssi"},
    }
    bad = ({**good, "oid": "ä"}, {**good, "metadata": []}, [good], None)
    types = [type(found) for found in read([bad[0], good, *bad[1:]])]
    assert types == [Refusal, OptionDocument, Refusal, Refusal, Refusal]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "not whole JSON"),
        (b"<html></html>", "not whole JSON"),
        (b'"kouta"', "not whole JSON"),
        (b'[{"oid": "1", "koulutustyyppi": "amk"}, {"oid', "not whole JSON"),
        (b'{"oid": NaN}', "not whole JSON"),
        (b'{"oid": ' * 100_000, "too deep"),
        ('{"oid": "ä"}'.encode("latin-1"), "not UTF-8"),
        ('{"oid": "1"}'.encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_the_users_mistake(data, hint):
    with pytest.raises(UserError, match=hint):
        read(data)


def test_deep_nesting_where_nothing_is_looked_for_does_no_harm():
    depth = 300
    deep = "[" * depth + "]" * depth
    text = '{"oid": "%s", "koulutustyyppi": "amm-muu", "nimi": {"fi": "a"}, "x": %s}'
    (document,) = read((text % (KOULUTUS, deep)).encode())
    assert document.titles == {"fi": "a"}
