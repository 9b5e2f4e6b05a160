"""Goal, situation, schedule, ways of study, refinements and picks."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "asked", "goals"),
    [
        ("haluan uuden ammatin", None, ["new_career"]),
        ("alanvaihto mielessä", None, ["new_career"]),
        ("haluaisin vaihtaa alaa", None, ["new_career"]),
        ("vill byta bransch", None, ["new_career"]),
        ("I want to change careers", None, ["new_career"]),
        ("haluan edetä työssäni", None, ["advance"]),
        ("päivittää osaamista", None, ["advance"]),
        ("vidareutbilda mig", None, ["advance"]),
        ("I want to advance in my career", None, ["advance"]),
        ("haluan suorittaa tutkinnon", None, ["degree"]),
        ("tutkinto", "goal", ["degree"]),
        ("haluan amk-tutkinnon", None, ["degree"]),
        ("get a degree", None, ["degree"]),
        ("minulla on tutkinto", None, []),
        ("kokeilla alaa", None, ["try_field"]),
        ("haluan testata onko tämä mun juttu", None, ["try_field"]),
        ("prova på ett yrke", None, ["try_field"]),
        ("omaksi iloksi", None, ["interest"]),
        ("ihan huvikseni", None, ["interest"]),
        ("just for fun", None, ["interest"]),
        ("perustaidot kuntoon", None, ["basic_skills"]),
        ("baskunskaper", None, ["basic_skills"]),
        ("en tiedä yhtään", None, ["unsure"]),
        ("ei mitään hajua mitä haluan", None, ["unsure"]),
        ("emmä tiiä yhtään", None, ["unsure"]),
        ("jag vet inte riktigt vad jag vill", None, ["unsure"]),
        ("I have no idea what to study", None, ["unsure"]),
        ("en tiedä", "goal", ["unsure"]),
        ("en tiedä", "place", []),
        ("en halua vaihtaa alaa", None, []),
        ("haluaisin sosionomiksi", None, []),
    ],
)
def test_goal(values, text, asked, goals):
    assert values("goal", text, asked) == goals


@pytest.mark.parametrize(
    ("text", "situations"),
    [
        ("työn ohessa", ["employed"]),
        ("olen töissä", ["employed"]),
        ("oon vielä täysillä töissä", ["employed"]),
        ("käyn vuorotöissä", ["employed"]),
        ("vid sidan av jobbet", ["employed"]),
        ("I have a full-time job", ["employed"]),
        ("alongside work", ["employed"]),
        ("olen työtön", ["unemployed"]),
        ("jäin työttömäksi keväällä", ["unemployed"]),
        ("minut irtisanottiin", ["unemployed"]),
        ("en ole töissä", ["unemployed"]),
        ("är arbetslös", ["unemployed"]),
        ("I lost my job", ["unemployed"]),
        ("olen lomautettu", ["laid_off"]),
        ("jag är permitterad", ["laid_off"]),
        ("äitiyslomalla", ["outside_labour_force"]),
        ("kotona lasten kanssa", ["outside_labour_force"]),
        ("pitkällä sairauslomalla", ["outside_labour_force"]),
        ("hemma med barnen", ["outside_labour_force"]),
        ("on parental leave", ["outside_labour_force"]),
        ("eläkkeellä", ["retired"]),
        ("pensionär", ["retired"]),
        ("olen yrittäjä", ["self_employed"]),
        ("mulla on oma firma", ["self_employed"]),
        ("jag är företagare", ["self_employed"]),
        ("olen opiskelija", ["student"]),
        ("jag är studerande", ["student"]),
        ("en ole työtön", []),
        ("voiko työtön opiskella", []),
        ("student loan possible?", []),
        ("olen lomautettu en työtön", ["laid_off"]),
        ("I am laid off", ["laid_off"]),
        ("haluaisin töihin", []),
        ("haluan yrittäjäksi", []),
        ("olin töissä tehtaalla", []),
    ],
)
def test_situation(values, text, situations):
    assert values("situation", text) == situations


@pytest.mark.parametrize(
    ("text", "wanted", "denied"),
    [
        ("iltaisin", ["evening"], []),
        ("jotain iltasin", ["evening"], []),
        ("iltaisin ja viikonloppuisin", ["evening", "weekend"], []),
        ("päivisin kävis", ["daytime"], []),
        ("omaan tahtiin", ["own_pace"], []),
        ("töiden jälkeen", ["evening"], []),
        ("på kvällarna", ["evening"], []),
        ("veckoslut", ["weekend"], []),
        ("i egen takt", ["own_pace"], []),
        ("in the evenings or at weekends", ["evening", "weekend"], []),
        ("at my own pace", ["own_pace"], []),
        ("en iltaisin", [], ["evening"]),
        ("en pääse päivisin", [], ["daytime"]),
        ("inte på kvällar", [], ["evening"]),
        ("työskentelen iltaisin", [], []),
        ("hyvää iltaa", [], []),
        ("god kväll", [], []),
        ("mornings not evenings", ["daytime"], ["evening"]),
    ],
)
def test_schedule(values, text, wanted, denied):
    assert values("schedule", text) == wanted
    assert values("not_schedule", text) == denied


@pytest.mark.parametrize(
    ("text", "possible", "only"),
    [
        ("verkossa käy", [True], []),
        ("etänä", [True], []),
        ("opiskelisin netissä", [True], []),
        ("monimuotona", [True], []),
        ("kotoa käsin", [True], []),
        ("på distans", [True], []),
        ("from home", [True], []),
        ("vain verkossa", [], [True]),
        ("kokonaan etänä", [], [True]),
        ("etänä kokonaan", [], [True]),
        ("bara på distans", [], [True]),
        ("only online", [], [True]),
        ("ei verkossa", [False], []),
        ("en halua verkko-opintoja", [False], []),
        ("verkko ei käy", [False], []),
        ("inte på nätet", [False], []),
        ("på nätet vill jag inte", [False], []),
        ("I can't study online", [False], []),
        ("no online", [False], []),
        ("vain lähiopetusta", [False], []),
        ("ei vain verkossa", [True], []),
        ("ei tarvitse olla verkossa", [], []),
        ("en ole ennen opiskellut verkossa", [], []),
        ("katsoin verkkosivuilta", [], []),
        ("voiko opiskella kokonaan verkossa", [True], []),
        ("enintään 50 km kotoa", [], []),
        ("kotona", [True], []),
    ],
)
def test_online(values, text, possible, only):
    assert values("online_ok", text) == possible
    assert values("online_only", text) == only


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("halvempia", ["cheaper"]),
        ("vain ilmaiset", ["free"]),
        ("jotain lähempää", ["nearer"]),
        ("liian kaukana", ["nearer"]),
        ("vain verkossa", ["online"]),
        ("lyhyempiä", ["shorter"]),
        ("aikaisemmin alkavia", ["sooner"]),
        ("joku muu ala", ["other_field"]),
        ("vain iltaisin", ["evening"]),
        ("billigare", ["cheaper"]),
        ("något närmare", ["nearer"]),
        ("only on weekends", ["weekend"]),
        ("something cheaper", ["cheaper"]),
        ("a different field", ["other_field"]),
    ],
)
def test_refinements(values, text, codes):
    assert values("refine", text) == codes


@pytest.mark.parametrize(
    ("text", "asked", "picks"),
    [
        ("kakkonen", None, [2]),
        ("kerro toisesta", None, [2]),
        ("eka", None, [1]),
        ("viimeinen", None, [-1]),
        ("den andra", None, [2]),
        ("the second one", None, [2]),
        ("the last one", None, [-1]),
        ("2", None, [2]),
        ("numero 3", None, [3]),
        ("2", "weekly_hours", []),
        ("toisen asteen koulutus", None, []),
        ("toinen ala", None, []),
        ("last year", None, []),
        ("för första gången", None, []),
    ],
)
def test_picks(values, text, asked, picks):
    assert values("ordinal", text, asked) == picks


def test_masked_contacts_are_seen(values):
    assert values("contact", "[phone] iltapäivällä") == ["[phone]"]
    assert values("contact", "kirjoita [email]") == ["[email]"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ei väliä", "schedule"),
        ("spelar ingen roll", "weekly_hours"),
        ("en halua kertoa", "age_group"),
    ],
)
def test_no_preference_names_what_was_asked(values, text, asked):
    assert values("no_preference", text, asked) == [asked]
