"""What a person's place in working life is, and what only looks like one."""

from __future__ import annotations

import pytest


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
        ("kokkina töissä Riihimäellä", ["employed"]),
        ("oon kaupassa myyjänä", ["employed"]),
        ("olen sairaanhoitaja", []),
        ("nykysessä duunissa", ["employed"]),
        ("i do cleaning job", ["employed"]),
        ("working as a cook in Pori", ["employed"]),
        ("interested in working in a hospital", []),
        ("onnistuuko opiskelu kokopäivätyön rinnalla?", []),
        ("sain lähtöpassit", ["unemployed"]),
        ("tuli potkut", ["unemployed"]),
        ("har inte jobb", ["unemployed"]),
        ("no work now", ["unemployed"]),
        ("i am tyotön", ["unemployed"]),
        ("lomautettuna", ["laid_off"]),
        ("hemma med två små barn", ["outside_labour_force"]),
        ("kotona kahden lapsen kanssa", ["outside_labour_force"]),
        ("I stay home with our toddler", ["outside_labour_force"]),
        ("familjeledig", ["outside_labour_force"]),
        ("oma korjaamo Loimaalla", ["self_employed"]),
        ("maatalousyrittäjä", ["self_employed"]),
        ("me egen gård i Malax", ["self_employed"]),
        ("I run a small cafe", ["self_employed"]),
        ("haluaisin perustaa oman yrityksen", []),
        ("student från 2019", []),
        ("studerar på Novia i Vasa nu", ["student"]),
        ("nursing student", ["student"]),
        ("opiskelija-asunto hakusessa", []),
        ("mieheni on töissä", []),
        ("Driver eget taxibolag i Åbo", ["self_employed"]),
        ("yksityisyrittäjä Paraisilta", ["self_employed"]),
        ("korttidspermitterad från Neste", ["laid_off"]),
        ("maitotilallinen olin", []),
        ("Advokatfirman sa upp mig", ["unemployed"]),
        ("the café closed and they let us all go", ["unemployed"]),
        ("hotel cleaner by day", ["employed"]),
        ("myyntihommissa Vantaalla", ["employed"]),
        ("armeijan jälkeen Kuopioon", []),
        ("finns det lediga jobb på Wärtsilä", []),
        ("kokki laivalla", ["employed"]),
        ("apulaisena keittiöllä", ["employed"]),
        ("kock på en färja", ["employed"]),
        ("nurse at a hospital in Oulu", ["employed"]),
        ("nykyään postinkantaja", ["employed"]),
        ("flexible because of shifts", ["employed"]),
        ("my husband is unemployed", []),
        ("min man är arbetslös", []),
        ("is there a nurse course at a school in Oulu?", []),
        ("opettajana koulussa 10 vuotta", []),
        ("my contract at the library in Loviisa ended", ["unemployed"]),
        ("lomautettiin keväällä mutta nyt olen taas töissä", ["employed"]),
        ("jag blev permitterad men nu jobbar jag igen", ["employed"]),
        ("I was laid off but now I am working again", ["employed"]),
        ("olin töissä mutta nyt olen työtön", ["unemployed"]),
    ],
)
def test_situation(values, text, situations):
    assert values("situation", text) == situations


def test_work_that_has_been_is_no_situation(values):
    assert values("situation", "oon ollu varastossa töissä") == []
    assert values("situation", "oon varastossa töissä") == ["employed"]
    assert values("situation", "olen hammaslääkärin vastaanotolla") == []


@pytest.mark.parametrize(
    "text",
    [
        "is it time to stop my job hunt?",
        "finns det arbete på dagis i Vasa",
        "onko it-alalla töitä",
        "could I get support from Kela",
        "my residence permit is late",
        "jag väntar på uppehållstillstånd",
    ],
)
def test_a_question_about_work_or_money_sets_nothing(values, text):
    assert values("situation", text) == []
    assert values("competence", text) == []
