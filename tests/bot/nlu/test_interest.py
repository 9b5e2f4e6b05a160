"""The person's own words about what they want, trimmed of where, when and courtesy."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("haluaisin sosionomiksi työn ohessa", None, ["sosionomiksi"]),
        ("haluaisin opiskella psykologiaa iltaisin", None, ["psykologiaa"]),
        ("tahtoisin töihin päiväkotiin", None, ["töihin päiväkotiin"]),
        ("minua kiinnostaa ihmisten auttaminen", None, ["ihmisten auttaminen"]),
        ("sosiaaliala kiinnostaa", None, ["sosiaaliala"]),
        ("haluan oppia koodaamaan", None, ["koodaamaan"]),
        ("jag vill bli sjukskötare i Närpes", None, ["sjukskötare"]),
        ("jag är intresserad av gamla möbler", None, ["gamla möbler"]),
        ("I want to become a social worker in Vaasa", None, ["social worker"]),
        ("IT", None, ["IT"]),
        ("ulkoilma, metsässä liikkuminen", "interest", ["ulkoilma, metsässä liikkuminen"]),
        ("vanhojen huonekalujen korjaaminen", "interest", ["vanhojen huonekalujen korjaaminen"]),
        ("haluan uuden ammatin", None, []),
        ("haluan vaihtaa alaa", None, []),
        ("haluaisin puhua ihmisen kanssa", None, []),
        ("haluan lopettaa", None, []),
        ("haluan lisää vaihtoehtoja", None, []),
        ("haluaisin tietää opintopisteistä", None, []),
        ("haluan vaihtaa pois hoitoalalta", None, []),
        ("en halua hoitoalalle", None, []),
        ("voinko opiskella työttömänä?", None, []),
        ("onko hakuaika jo mennyt?", None, []),
        ("olen lähihoitaja Vaasasta", None, []),
        ("en tiedä", "interest", []),
        ("lopeta", "interest", []),
        ("en tiedä yhtään", "interest", []),
        ("moi", "interest", []),
        ("mietin itsemurhaa", None, []),
        ("I want to end it all", None, []),
        ("haluan ostaa auton", None, []),
        ("jag vill ge respons", None, []),
        ("kan man söka året om", None, []),
        ("mitä tarkoitat?", "interest", []),
    ],
)
def test_interest(values, text, asked, words):
    assert values("interest", text, asked) == words


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("haaveissa oma kampaamo Kuopiossa", ["1012"]),
        ("drömmer om att öppna eget café", ["1013"]),
        ("tulisko musta geronomi", ["0921"]),
        ("Akutvårdare vore coolt", ["0913"]),
        ("ingenjörsexamen är målet", ["07"]),
    ],
)
def test_more_ways_to_wish(values, text, fields):
    assert values("field", text) == fields


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("kiitos, mietin näitä rauhassa", None),
        ("entä aikuiskoulutustuki?", "interest"),
        ("tekis mieli hypätä sillalta", "interest"),
    ],
)
def test_courtesy_questions_and_distress_wish_for_nothing(values, text, asked):
    assert values("interest", text, asked) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("jag vill jobba med data", None),
        ("nä, inte elbranschen ändå, hellre något med data", None),
        ("något inom data", None),
        ("data", "field"),
        ("dataa", "interest"),
        ("data-ala", None),
        ("tietokoneet", None),
        ("computers", None),
        ("something with data", None),
    ],
)
def test_data_is_a_field(values, text, asked):
    assert values("field", text, asked) == ["061"]


@pytest.mark.parametrize("text", ["radera mina data", "vad gör ni med mina data", "data"])
def test_data_about_a_person_is_none(values, text):
    assert values("field", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "no mitä tässä pitäis tehdä",
        "e jag för ung?",
        "är det här nåt för en gammal man?",
        "no haluun vaa duunia nyt heti",
        "olin siivoojana kymmenen vuotta ja yks kesä hoidin lapsia",
        "onko siellä opettaja mukana",
    ],
)
def test_words_without_a_wish_answer_no_question_about_wishes(values, text):
    assert values("interest", text, "interest") == []


@pytest.mark.parametrize(
    ("text", "left"),
    [("glöm Vasa", "905"), ("forget Oulu, anywhere is ok", "564"), ("unohda Salo", "734")],
)
def test_a_forgotten_place_is_refused_and_no_wish(values, text, left):
    assert values("not_place", text, "interest") == [left]
    assert values("interest", text, "interest") == []
