from __future__ import annotations

import json
from datetime import date

import pytest

from catalog.importers import opintopolku
from catalog.importers.documents import OptionDocument, Refusal, Skipped
from opastin.errors import UserError

TODAY = date(2026, 3, 1)
OID = "1.2.246.562.13.00000000000000000001"
RESPONSE = "opintopolku/search-koulutukset-2023-all-5141.json"


def read(root, **options):
    data = root if isinstance(root, bytes) else json.dumps(root).encode()
    return list(opintopolku.read_options(data, name="answer.json", today=TODAY, **options))


def hit(**values):
    return {
        "oid": OID,
        "nimi": {"fi": "Kurssi"},
        "koulutustyyppi": "kk-opintojakso",
        "isAvoinKorkeakoulutus": True,
        **values,
    }


def read_hit(**values):
    (document,) = read({"hits": [hit(**values)]})
    return document


def toteutus(metadata=None, **values):
    (document,) = read(
        {
            "oid": "1.2.246.562.17.1",
            "koulutusOid": OID,
            "nimi": {"fi": "Toteutus"},
            "koulutustyyppi": "vapaa-sivistystyo-muu",
            "metadata": metadata or {},
            **values,
        }
    )
    return document


def teaching(**values):
    (offering,) = toteutus({"opetus": values}).offerings
    return offering


class TestTheRealResponse:
    @pytest.fixture
    def documents(self, samples):
        return read((samples / RESPONSE).read_bytes())

    def test_open_studies_are_read_and_the_rest_is_passed_over(self, documents):
        options = [found for found in documents if isinstance(found, OptionDocument)]
        assert [option.type for option in options] == [
            "course",
            "course",
            "course",
            "study_package",
        ]
        skipped = [found for found in documents if isinstance(found, Skipped)]
        assert {found.reason for found in skipped} == {"not a study option type"}
        assert len(options) + len(skipped) == len(documents) == 20

    def test_titles_credits_and_providers_are_whole(self, documents):
        options = [found for found in documents if isinstance(found, OptionDocument)]
        history, asia, security, adults = options
        assert history.titles == {"fi": "Avoin yo: Kirjallisuushistoria 1: antiikista 1700-luvulle"}
        assert set(security.titles) == set(security.descriptions) == {"fi", "en"}
        assert [option.credits for option in options] == [5, 5, 2, 35]
        assert asia.credits_min == 1
        assert adults.offerings[0].provider.names == {
            "fi": "Turun yliopisto",
            "sv": "Turun yliopisto",
            "en": "University of Turku",
        }
        assert asia.offerings[0].provider is None

    def test_no_word_of_a_description_is_lost_or_garbled(self, documents, samples):
        hits = {
            found["oid"]: found for found in json.loads((samples / RESPONSE).read_bytes())["hits"]
        }
        for option in documents:
            if not isinstance(option, OptionDocument):
                continue
            for language, html in hits[option.id]["kuvaus"].items():
                text = option.descriptions[language]
                assert not set("<>&\u00a0") & set(text.replace("AI & Cybersecurity", ""))
                for word in ("oppimisen", "Cybersecurity", "https://www.utu.fi", "antiikista"):
                    assert (word in html) == (word in text)
                assert text.count("\n\n") >= html.count("<p></p>") - 1

    def test_what_a_hit_does_not_tell_is_not_known(self, documents):
        for option in documents:
            if isinstance(option, OptionDocument):
                (offering,) = option.offerings
                assert (offering.place, offering.price_eur, offering.apply_by) == (None, None, None)
                assert (offering.modes, offering.continuous) == ((), False)
                assert offering.url == f"https://opintopolku.fi/konfo/fi/koulutus/{option.id}"


@pytest.mark.parametrize("name", ["koulutus-amk-detail.json", "toteutus-amk-detail.json"])
def test_real_documents_of_degrees_are_passed_over(samples, name):
    assert [type(found) for found in read((samples / "opintopolku" / name).read_bytes())] == [
        Skipped
    ]


@pytest.mark.parametrize(
    ("kind", "is_open", "expected"),
    [
        ("kk-opintojakso", True, "course"),
        ("kk-opintokokonaisuus", True, "study_package"),
        ("amk-opintojakso-avoin", None, "course"),
        ("yo-opintokokonaisuus-avoin", None, "study_package"),
        ("vapaa-sivistystyo-muu", None, "course"),
        ("vapaa-sivistystyo-osaamismerkki", None, "skill_badge"),
        ("kk-opintojakso", False, None),
        ("yo-opintojakso", None, None),
        ("amk", None, None),
        ("amm-tutkinnon-osa", None, None),
        ("lk", True, None),
    ],
)
def test_only_open_studies_are_options(kind, is_open, expected):
    document = read_hit(koulutustyyppi=kind, isAvoinKorkeakoulutus=is_open)
    assert getattr(document, "type", None) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Polkuopinnot, sosionomi (AMK)", "path_studies"),
        ("Avoimen väylän opinnot", "open_university_path"),
        ("Sosiologian perusopinnot", "study_package"),
    ],
)
def test_paths_are_told_by_their_titles(title, expected):
    document = read_hit(koulutustyyppi="kk-opintokokonaisuus", nimi={"fi": title})
    assert document.type == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"opintojenLaajuusNumero": 5}, (5, None)),
        ({"opintojenLaajuusNumero": 180120}, (300, None)),
        ({"opintojenLaajuusNumeroMin": 5, "opintojenLaajuusNumeroMax": 5}, (5, None)),
        ({"opintojenLaajuusNumeroMin": 1, "opintojenLaajuusNumeroMax": 5}, (5, 1)),
        ({"opintojenLaajuusNumeroMin": 2}, (2, None)),
        ({"opintojenLaajuusNumero": 0}, (None, None)),
        ({"opintojenLaajuus": {"koodiUri": "opintojenlaajuus_20"}}, (20, None)),
        ({"nimi": {"fi": "Perusopinnot (25 op)", "sv": "Grundstudier 25 sp"}}, (25, None)),
        ({"nimi": {"fi": "Perusopinnot 25\u201330 op"}}, (30, 25)),
        ({"nimi": {"fi": "Kurssi 2,5 op"}}, (2.5, None)),
        ({"nimi": {"fi": "Kurssi 15 osp, 3 opettajaa"}}, (None, None)),
        ({"nimi": {"fi": "Johdanto 5 op, syventävä 10 op"}}, (None, None)),
        ({"kuvaus": {"fi": "<p>Aineopinnot (35 op) ovat</p><p>Osa (5 op)</p>"}}, (35, None)),
        ({"kuvaus": {"fi": "<p>Vaatii 25 op perusopintoja.</p>"}}, (None, None)),
        (
            {
                "opintojenLaajuusNumero": 15,
                "opintojenLaajuusyksikko": {"koodiUri": "opintojenlaajuusyksikko_6#1"},
            },
            (None, None),
        ),
    ],
)
def test_credits_are_found_where_a_provider_wrote_them(values, expected):
    document = read_hit(**values)
    assert (document.credits, document.credits_min) == expected


def test_a_newer_hit_names_its_offerings():
    schools = [
        {
            "toteutusOid": "1.2.246.562.17.1",
            "oppilaitosOid": "1.2.246.562.10.1",
            "oppilaitosNimi": {"fi": "Opisto"},
            "kunnat": [{"koodiUri": "kunta_743#1"}, {"koodiUri": "kunta_905"}],
        },
        {"toteutusOid": "1.2.246.562.17.2", "kunnat": ["kunta_200"]},
    ]
    offerings = read_hit(toteutukset=schools).offerings
    assert [offering.place for offering in offerings] == ["743", "905", None]
    assert offerings[0].provider.id == "1.2.246.562.10.1"
    assert len({offering.id for offering in offerings}) == 3


def test_a_toteutus_tells_how_its_koulutus_is_taught():
    document = toteutus(
        {
            "opetus": {
                "opetustapa": [
                    {"koodiUri": "opetuspaikkakk_3#1"},
                    {"koodiUri": "opetuspaikkakk_5"},
                ],
                "opetusaika": [{"koodiUri": "opetusaikakk_4#1"}],
                "opetuskieli": [{"koodiUri": "oppilaitoksenopetuskieli_3#1"}],
                "maksullisuustyyppi": "maksullinen",
                "maksunMaara": 75,
                "suunniteltuKestoVuodet": 1,
                "suunniteltuKestoKuukaudet": 6,
                "koulutuksenAlkamiskausi": {
                    "alkamiskausityyppi": "tarkka alkamisajankohta",
                    "koulutuksenAlkamispaivamaara": "2026-09-01T00:00",
                },
            },
            "hakuaika": {"alkaa": "2026-04-01T08:00", "paattyy": "2026-08-15T15:00"},
            "asiasanat": [{"kieli": "fi", "arvo": "hoiva"}, {"kieli": "fi", "arvo": "hoiva"}],
        },
        tarjoajat=[
            {
                "oid": "1.2.246.562.10.1",
                "nimi": {"fi": "Opisto"},
                "paikkakunta": {"koodiUri": "kunta_232"},
            }
        ],
    )
    assert (document.id, document.keywords) == (OID, ("hoiva",))
    (offering,) = document.offerings
    assert (offering.id, offering.place) == ("1.2.246.562.17.1", "232")
    assert offering.modes == ("online",)
    assert offering.schedule == ("daytime", "evening", "own_pace")
    assert offering.teaching_languages == ("fi", "sv")
    assert (offering.price_eur, offering.duration_months) == (75, 18)
    assert offering.apply_from == date(2026, 4, 1)
    assert (offering.apply_by, offering.starts) == (date(2026, 8, 15), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("values", "price"),
    [
        ({"maksullisuustyyppi": "maksuton"}, 0),
        ({"maksullisuustyypit": ["maksuton"]}, 0),
        ({"maksullisuustyyppi": "maksullinen", "maksunMaara": 45.5}, 45.5),
        ({"maksullisuustyyppi": "maksullinen"}, None),
        ({"maksullisuustyyppi": "lukuvuosimaksu", "maksunMaara": 9000}, None),
        ({"maksullisuustyypit": ["maksuton", "lukuvuosimaksu"]}, None),
        ({}, None),
    ],
)
def test_only_a_price_that_holds_for_everybody_is_known(values, price):
    assert teaching(**values).price_eur == price


def test_free_for_some_and_a_sum_for_others_is_a_range():
    found = teaching(maksullisuustyypit=["maksuton", "maksullinen"], maksunMaara=60)
    assert (found.price_eur, found.price_max_eur) == (0, 60)


def test_a_start_in_a_term_is_no_day():
    start = {"alkamiskausityyppi": "alkamiskausi ja -vuosi", "koulutuksenAlkamisvuosi": 2035}
    assert teaching(koulutuksenAlkamiskausi=start).starts is None


def test_of_several_application_periods_the_next_to_end_matters():
    periods = [
        {"alkaa": f"{year}-01-01T00:00", "paattyy": f"{year}-02-01T00:00"}
        for year in (2025, 2028, 2027)
    ]
    document = toteutus(hakutiedot=[{"hakukohteet": [{"hakuajat": periods}]}])
    assert document.offerings[0].apply_by == date(2027, 2, 1)


def test_continuous_application_without_an_end_never_closes():
    rounds = [
        {
            "hakutapa": {"koodiUri": "hakutapa_03#1"},
            "hakukohteet": [{"hakuajat": [{"alkaa": "2025-01-01T00:00"}]}],
        }
    ]
    (offering,) = toteutus(hakutiedot=rounds).offerings
    assert (offering.continuous, offering.admission) == (True, "continuous")


PERIOD = {"alkaa": "2026-01-01T00:00", "paattyy": "2026-04-01T00:00"}


@pytest.mark.parametrize(
    ("code", "admission"), [("01", "fixed"), ("02", "fixed"), ("03", None), ("05", None)]
)
def test_joint_and_separate_application_end_for_all_at_once(code, admission):
    round_ = {
        "hakutapa": {"koodiUri": f"hakutapa_{code}#1"},
        "hakukohteet": [{"hakuajat": [PERIOD]}],
    }
    assert toteutus(hakutiedot=[round_]).offerings[0].admission == admission


@pytest.mark.parametrize(
    ("metadata", "admission"),
    [
        ({"hakutermi": "ilmoittautuminen", "hakuaika": PERIOD}, "enrolment_order"),
        ({"hakutermi": "ilmoittautuminen"}, "enrolment_order"),
        ({"hakutermi": "hakeutuminen", "hakuaika": PERIOD}, "fixed"),
        ({"hakutermi": "hakeutuminen", "hakuaika": {"alkaa": "2026-01-01T00:00"}}, None),
        ({"hakutermi": "hakeutuminen"}, None),
        ({"hakuaika": PERIOD}, None),
    ],
)
def test_one_who_enrols_gets_a_place_while_there_are_some(metadata, admission):
    assert toteutus(metadata).offerings[0].admission == admission


def test_the_short_points_of_outcomes_are_skills():
    goals = {"fi": f"<ul><li>Hitsaus;&nbsp;MIG.</li><li>{'pitkä ' * 30}</li></ul>"}
    assert toteutus({"osaamistavoitteet": goals}).skills == {"fi": ("Hitsaus, MIG",)}


def test_a_koulutus_tells_field_outcomes_and_more():
    (document,) = read(
        {
            "oid": OID,
            "nimi": {"sv": "Kurs"},
            "koulutustyyppi": "kk-opintojakso",
            "tila": "julkaistu",
            "metadata": {
                "isAvoinKorkeakoulutus": True,
                "kuvaus": {"sv": "<p>Text</p>"},
                "osaamistavoitteet": {"sv": "<p>Mål</p>"},
                "opintojenLaajuusNumero": 5,
                "koulutusala": [
                    {"koodiUri": "kansallinenkoulutusluokitus2016koulutusalataso1_09#1"},
                    {"koodiUri": "kansallinenkoulutusluokitus2016koulutusalataso2_092#1"},
                ],
            },
        }
    )
    assert (document.field, document.credits) == ("092", 5)
    assert (document.descriptions, document.outcomes) == ({"sv": "Text"}, {"sv": "Mål"})
    assert document.offerings[0].url.startswith("https://opintopolku.fi/konfo/sv/")


def test_what_is_not_published_is_passed_over():
    assert read_hit(tila="tallennettu") == Skipped(OID, "not published")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"oid": None}, "oid"),
        ({"oid": "../../etc"}, "oid"),
        ({"oid": 7}, "oid"),
        ({"nimi": None}, "nimi"),
        ({"nimi": {"fi": "  "}}, "nimi"),
        ({"nimi": "Kurssi"}, "nimi"),
        ({"nimi": {"fi": ["Kurssi"]}}, "nimi.fi"),
        ({"koulutustyyppi": None}, "koulutustyyppi"),
        ({"opintojenLaajuusNumero": "viisi"}, "opintojenLaajuusNumero"),
        ({"opintojenLaajuusNumero": -5}, "opintojenLaajuusNumero"),
        ({"toteutukset": [{"oppilaitosNimi": {}}]}, "toteutukset[0].toteutusOid"),
        ({"toteutukset": {"a": 1}}, "toteutukset"),
        ({"toteutustenTarjoajat": []}, "toteutustenTarjoajat"),
    ],
)
def test_a_bad_document_is_refused_with_its_field(values, field):
    refusal = read_hit(**values)
    assert isinstance(refusal, Refusal)
    assert refusal.field == field


def test_a_day_that_does_not_exist_is_refused():
    refusal = toteutus({"hakuaika": {"paattyy": "2026-02-30T15:00"}})
    assert (refusal.field, refusal.reason) == (
        "metadata.hakuaika.paattyy",
        "there is no day 2026-02-30",
    )


def test_one_bad_hit_leaves_the_others():
    good, bad, nothing = hit(), hit(oid=OID + "2", nimi=None), None
    types = [type(found) for found in read({"hits": [bad, good, nothing]})]
    assert types == [Refusal, OptionDocument, Refusal]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "not whole JSON"),
        (b'{"hits": [{"oid": "1.2', "not whole JSON"),
        (b"<html></html>", "not whole JSON"),
        (b'{"hits": NaN}', "not whole JSON"),
        pytest.param(b"[" * 100_000, "nests too deep", id="deep"),
        (b"[]", "neither"),
        (b'"hits"', "not whole JSON"),
        (b'{"hits": {"oid": "1"}}', "neither"),
        ('{"hits": [], "total": "ä"}'.encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_file_that_is_not_of_opintopolku_is_the_users_mistake(data, hint):
    with pytest.raises(UserError, match=hint):
        read(data)
