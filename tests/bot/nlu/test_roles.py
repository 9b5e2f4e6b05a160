"""The wished field is never the one already held."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("haluaisin sosionomiksi", ["0923"]),
        ("en halua sittenkään sosiaalialaa, vaan it-alaa", ["061"]),
        ("olen lähihoitaja ja haluaisin sosionomiksi", ["0923"]),
        ("lähihoitaja Kauhajoelta, haluaisin sosionomiksi", ["0923"]),
        ("sosionomiksi haluaisin", ["0923"]),
        ("kiinnostais koodaus", ["0613"]),
        ("jotain koodausta", ["0613"]),
        ("IT", ["061"]),
        ("it-ala", ["061"]),
        ("sosiaaliala", ["092"]),
        ("sosiaali ala", ["092"]),
        ("puutarha-ala", ["0812"]),
        ("puutarhajuttuja", ["0812"]),
        ("hoitoala kiinnostaa", ["091"]),
        ("sote", ["09"]),
        ("tahtoisin töihin päiväkotiin", ["0922"]),
        ("voisin olla töissä lasten kanssa", ["0922"]),
        ("haluan auttaa ihmisiä", ["092"]),
        ("vanhusten kanssa haluaisin työskennellä", ["0921"]),
        ("oon aina tykänny leipoa, kondiittoriksi vois lukea", ["0721"]),
        ("mietin tradenomin opintoja", ["041"]),
        ("kirjanpidon kurssi", ["0411"]),
        ("onko puutarhakursseja Seinäjoella", ["0812"]),
        ("sähköasentajaksi", ["0713"]),
        ("haluisin opiskella ruotsia", ["0231"]),
        ("sahkoala", ["0713"]),
        ("matkailu", ["1015"]),
        ("psykologia kiinnostaa kovasti", ["0313"]),
        ("olen miettinyt että sosionomin ammatti kiinnostaisi", ["0923"]),
        ("lähihoitajasta sairaanhoitajaksi", ["0913"]),
        ("alanvaihto kaupan alalta it-alalle", ["061"]),
        ("haluan vaihtaa pois hoitoalalta", []),
        ("kyllästynyt lähihoitajan työhön", []),
        ("olen töissä kaupan alalla", []),
        ("minulla on kokemusta rakennusalalta", []),
        ("mitä sosionomi tekee?", []),
        ("paljonko sosionomi tienaa", []),
        ("työllistääkö sosiaaliala", []),
        ("how much does a social worker earn", []),
        ("onko sulla lapsia", []),
        ("haluan puhua opinto-ohjaajan kanssa", []),
        ("jag vill tala med en studiehandledare", []),
        ("not social work but nursing", ["0913"]),
        ("inte socionom utan sjukskötare", ["0913"]),
        ("haen tietoa oikeustieteestä", ["042"]),
        ("my goal is social services or teacher", ["092", "011"]),
        ("tavoitteena sosionomi tai opettaja", ["0923", "011"]),
        ("kirjanpitoa verkossa omaan tahtiin, n. 6 tuntia viikossa", ["0411"]),
        ("voiko sairaanhoitajaksi opiskella verkossa", ["0913"]),
        ("finns det trädgårdsutbildning", ["0812"]),
        ("ei mitään hajua", []),
        ("olen lähihoitaja", []),
        ("toimin kirjanpitäjänä", []),
        ("jag vill bli närvårdare", ["0913"]),
        ("jag är närvårdare och vill bli socionom", ["0923"]),
        ("intresserad av trädgård", ["0812"]),
        ("jag vill jobba med barn", ["0922"]),
        ("från närvårdare till sjukskötare", ["0913"]),
        ("vill bort från vården", []),
        ("något inom IT", ["061"]),
        ("social- och hälsovård", ["09"]),
        ("I want to become a nurse", ["0913"]),
        ("I am a cook but I want to study social work", ["0923"]),
        ("interested in coding", ["0613"]),
        ("something with animals", ["084"]),
        ("I work in healthcare and want out of nursing", []),
        ("I want to learn Finnish", ["0231"]),
    ],
)
def test_wished_fields(values, text, fields):
    assert values("field", text) == fields


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("en halua hoitoalalle", ["091"]),
        ("ei mitään hoitoalaa", ["091"]),
        ("nothing with sales", ["0416"]),
        ("anything but maths", ["054"]),
        ("jag vill inte jobba inom vården", ["091"]),
        ("I don't want to study nursing", ["0913"]),
    ],
)
def test_denied_fields_are_kept_apart(values, text, denied):
    assert values("field", text) == []
    assert values("not_field", text) == denied


@pytest.mark.parametrize("asked", ["field", "interest", "goal"])
def test_a_bare_occupation_answers_a_question_about_wishes(values, asked):
    assert values("field", "sosionomi", asked) == ["0923"]
    assert values("competence", "sosionomi", asked) == []


@pytest.mark.parametrize("asked", ["competence", "education"])
def test_a_bare_occupation_answers_a_question_about_what_is_had(values, asked):
    assert values("field", "sosionomi", asked) == []
    assert len(values("competence", "sosionomi", asked)) == 1


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("jag läser till närvårdare", "0913"),
        ("I'm eager to become a nurse", "0913"),
        ("I am dying to learn Finnish", "0231"),
    ],
)
def test_who_studies_for_it_wishes_for_it(values, text, field):
    assert values("field", text) == [field]
    assert values("competence", text) == []


@pytest.mark.parametrize(
    "text", ["mikään muu kuin matematiikka", "kyllästyin kokin hommiin", "väsyin hoitotyöhön"]
)
def test_what_one_is_tired_of_is_no_wish(values, text):
    assert values("field", text) == []


@pytest.mark.parametrize(
    ("text", "fields", "held"),
    [
        ("vaihtaa alaa, siivoojan hommat riittää", [], ["siivoojan"]),
        ("haluan vaihtaa alaa, nyt kokki", [], ["kokki"]),
        ("jag vill bli lärare, Åbo, på kvällar, kock förr", ["011"], ["kock"]),
        ("I want to be a teacher, Turku, evenings, cook", ["011"], ["cook"]),
        ("haluan opettajaksi, Turku, iltaisin, kokki", ["011"], ["kokki"]),
        ("vill bli socionom, lärare eller kock, Vasa", ["0923", "011", "1013"], []),
        ("haluan kokiksi, Turku, opettajaksi kelpaa myös", ["1013", "011"], []),
        ("I was a photographer, AI took my work", [], ["photographer"]),
    ],
)
def test_what_one_is_stands_beside_a_wish(values, text, fields, held):
    assert values("field", text) == fields
    assert [one["words"] for one in values("competence", text)] == held
