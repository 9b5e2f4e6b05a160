"""Places as people write them: inflected, spoken, misspelt, in Swedish, denied."""

from __future__ import annotations

import pytest

IN_MESSAGES = [
    ("No work now. Lahti", ["398"]),
    ("lahti", ["398"]),
    ("near lahti", ["398"]),
    ("helst i ingå", ["149"]),
    ("Lovisa med omnejd eller nätet", ["434"]),
    ("borgåtrakten", ["638"]),
    ("Helsingforsregionen", ["091"]),
    ("nokia tai ylöjärvi", ["536", "980"]),
    ("Varissuolta oon", ["853"]),
    ("bor i Sundom", ["905"]),
    ("Barista, Kamppi", ["091"]),
    ("Lahden seudulta en pääse muuttamaan", ["398"]),
    ("ei oo bussia täällä puolangalla", ["620"]),
    ("på åland, mariehamn", ["478"]),
    ("int bor ja i vasa, e från vörå", ["946"]),
    ("Helsinki, Espoo, Vantaa anywhere there is ok", ["091", "049", "092"]),
    ("äiti on iisalmest mut ite oon asunu torniossa", ["851"]),
    # Cases, written and spoken
    ("asun Seinäjoella", ["743"]),
    ("muutan Seinäjoelle", ["743"]),
    ("olen Seinäjoelta", ["743"]),
    ("jotain seinäjoel iltasin", ["743"]),
    ("seinajoella kiitos", ["743"]),
    ("seinajoki", ["743"]),
    ("lähellä Seinäjokea", ["743"]),
    ("Seinäjoen seudulla", ["743"]),
    ("olen seinäjokinen", ["743"]),
    ("vaasas vois käydä", ["905"]),
    ("Vaasan suunnalla", ["905"]),
    ("vaasalainen oon", ["905"]),
    ("Tampereella tai Nokialla", ["837", "536"]),
    ("Rovaniemelle pääsen", ["698"]),
    ("Iissä tai Oulussa", ["139", "564"]),
    ("Espooseen on lyhyt matka", ["049"]),
    ("helsinkii tai espoosee", ["091", "049"]),
    ("Uudessakaupungissa", ["895"]),
    ("Isossakyrössä asuva äiti", ["152"]),
    ("Mänttä-Vilppulassa", ["508"]),
    ("mänttä vilppulassa", ["508"]),
    ("Paraisilla", ["445"]),
    ("Virroilla", ["936"]),
    ("Kangasalla asun", ["211"]),
    ("Pedersöressä", ["599"]),
    ("kauhajoes", ["232"]),
    ("asun Tampereessa", ["837"]),
    ("Koskella Tl", ["284"]),
    ("asun Kemissä", ["240"]),
    ("vaihda paikaksi Imatra", ["153"]),
    ("muuta kunta Imatraksi", ["153"]),
    ("Maarianhaminassa", ["478"]),
    ("jyväskylään", ["179"]),
    # Everyday names
    ("stadissa", ["091"]),
    ("hesas", ["091"]),
    ("jkl", ["179"]),
    ("jkl:ssä", ["179"]),
    ("treella kävis", ["837"]),
    ("mansessa", ["837"]),
    ("rollossa asun", ["698"]),
    # Slips
    ("roavniemi", ["698"]),
    ("Jyväskylässsä", ["179"]),
    ("tampeere", ["837"]),
    ("hämenlinnassa", ["109"]),
    ("Helssinki", ["091"]),
    # Swedish and English
    ("jag bor i Närpes", ["545"]),
    ("i närpes", ["545"]),
    ("i Vasa eller Jakobstad", ["905", "598"]),
    ("från Borgå", ["638"]),
    ("Raseborg", ["710"]),
    ("nära Åbo", ["853"]),
    ("Vasas yrkeshögskola", ["905"]),
    ("asun Närpesissä", ["545"]),
    ("muutin Jakobstadiin", ["598"]),
    ("Kristinestad", ["287"]),
    ("i Sankt Michel", ["491"]),
    ("S:t Karins", ["202"]),
    ("I live in Turku", ["853"]),
    ("somewhere near Tampere", ["837"]),
    # Former municipalities and districts
    ("Vaajakoskella", ["179"]),
    ("Tikkurilassa", ["092"]),
    ("nilsiästä oon", ["297"]),
    ("i Ekenäs", ["710"]),
    ("Karjaalla", ["710"]),
    ("Ylistarosta", ["743"]),
    ("nurmossa", ["743"]),
    ("Haukiputaalla", ["564"]),
    ("Tammisaaressa", ["710"]),
    ("i Kimito", ["322"]),
    ("Ylihärmästä", ["233"]),
    ("Kortesjärvellä", ["233"]),
    ("Hervannassa", ["837"]),
    ("Vähässäkyrössä", ["905"]),
    ("Levillä olen töissä", ["261"]),
    # Regions
    ("Etelä-Pohjanmaalla", ["maakunta_14"]),
    ("etelä pohjanmaalla", ["maakunta_14"]),
    ("Uudellamaalla", ["maakunta_01"]),
    ("Lapissa", ["maakunta_19"]),
    ("Kainuuseen", ["maakunta_18"]),
    ("Pirkanmaan alueella", ["maakunta_06"]),
    ("i Österbotten", ["maakunta_15"]),
    ("i Södra Österbotten", ["maakunta_14"]),
    ("Nyland", ["maakunta_01"]),
    ("på Åland", ["maakunta_21"]),
    ("South Ostrobothnia", ["maakunta_14"]),
    ("North Karelia", ["maakunta_12"]),
    ("pk-seudulla", ["maakunta_01"]),
    ("Kauhajoki, Etelä-Pohjanmaa", ["232"]),
    # Postcodes
    ("60100", ["743"]),
    ("postinumero 65100", ["905"]),
    ("65100 Vaasa", ["905"]),
    ("voin maksaa 60100 euroa", []),
    # Anywhere
    ("missä vaan", ["any"]),
    ("ihan sama missä", ["any"]),
    ("var som helst", ["any"]),
    ("anywhere in Finland", ["any"]),
    ("koko Suomessa", ["any"]),
]


@pytest.mark.parametrize(("text", "codes"), IN_MESSAGES)
def test_places_are_found(values, text, codes):
    assert values("place", text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "olen Salla",
        "nimeni on Simo Salo",
        "terveisin Inari",
        "jag heter Kaarina",
        "Matti Lahti tässä",
        "lukion osat i ja ii",
        "sund livsstil",
        "kaupassa on sale",
        "porina kuului",
        "olin kolarissa",
        "kotka lensi ohi",
        "lahti oli jäässä",
        "perhosta kiinnostaa",
        "lopulta sain paikan",
        "kotona lasten kanssa",
        "koulussa oli kivaa",
        "vihdin kanssa",
        "kahvia ja kirjaa",
        "vastaan mielelläni",
        "toisella alalla",
        "lopella uupunut",
        "jag vill ingå avtal",
        "it is a sound idea",
        "kemia kiinnostaa",
        "jag vill läsa kemi",
        "auton varkaus",
        "voin maksaa vähän, oon valmis maksamaan",
        "99999 km",
        "1.1.99999",
    ],
)
def test_what_only_looks_like_a_place_is_none(values, text):
    assert values("place", text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("olen Kauhajoelta mutta voin opiskella Seinäjoella", ["743"]),
        ("asun Vaasassa, opiskelisin mieluiten Seinäjoella", ["743"]),
        ("Opiskelisin mieluiten Seinäjoella, asun Vaasassa", ["743"]),
        ("I live in Kauhava but I can study in Seinäjoki", ["743"]),
        ("jag bor i Närpes men kan studera i Vasa", ["905"]),
        ("Kuopio tai Joensuu", ["297", "167"]),
        ("Forssasta Hämeenlinnaan on liian pitkä matka", ["061"]),
        ("jag flyttade från Åland till Tammerfors", ["837"]),
        ("Nyländsk landsbygd, närmare bestämt Tenala", ["710"]),
        ("my husband is in Rovaniemi but we live in Pello", ["854"]),
        ("sosionomi, Nivala. Illat käy", ["535"]),
        ("Kuusamo on mun sukunimi", []),
        ("olen töissä Oulussa mutta haluaisin opiskella Kemissä", ["240"]),
        ("I studied in Turku, now I live in Salo", ["734"]),
        ("bachelor from Uni of Turku", []),
        ("utbildad i Helsingfors, bor i Ekenäs", ["710"]),
        ("inte Åbo utan Salo", ["734"]),
        ("asun Kemissä, mutta opiskelu myös Torniossa käy", ["240", "851"]),
        ("åker från Keuru till Jyväskylä om det behövs", ["249", "179"]),
    ],
)
def test_where_to_study_counts_before_where_one_lives(values, text, codes):
    assert values("place", text) == codes


@pytest.mark.parametrize(
    ("text", "places", "denied"),
    [
        ("en Helsinkiin", [], ["091"]),
        ("ei Vaasassa vaan Seinäjoella", ["743"], ["905"]),
        ("Seinäjoella, ei Vaasassa", ["743"], ["905"]),
        ("Helsinkiin en lähde", [], ["091"]),
        ("en halua Turkuun enkä Poriin", [], ["853", "609"]),
        ("Vaasa käy mutta Pietarsaari ei käy", ["905"], ["598"]),
        ("inte i Helsingfors utan i Vasa", ["905"], ["091"]),
        ("till Åbo vill jag inte", [], ["853"]),
        ("not in Helsinki but in Vaasa", ["905"], ["091"]),
        ("anywhere but Helsinki", ["any"], ["091"]),
        ("missä vaan paitsi Helsingissä", ["any"], ["091"]),
        ("en asu Vaasassa", [], []),
        ("en tiedä, ehkä Vaasassa", ["905"], []),
        ("ei muualla kuin Vaasassa", ["905"], []),
        ("eiku Vaasassa", ["905"], []),
        ("eikun vaasassa", ["905"], []),
        ("ei ku Seinäjoella", ["743"], []),
        ("nej, i Vasa", ["905"], []),
        ("jag sa Karleby inte Vasa", ["272"], ["905"]),
        ("i'm not from Pori but Porvoo", ["638"], ["609"]),
        ("ei tarvitse olla Helsingissä", [], []),
        ("jag vill ha en kurs i Vasa", ["905"], []),
    ],
)
def test_denied_places_are_kept_apart(values, text, places, denied):
    assert values("place", text) == places
    assert values("not_place", text) == denied


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("lahti", ["398"]),
        ("salo", ["734"]),
        ("ii", ["139"]),
        ("kotka tai kouvola", ["285", "286"]),
        ("ihan sama", ["any"]),
        ("det spelar ingen roll", ["any"]),
        ("doesn't matter", ["any"]),
        ("33100", ["837"]),
        ("kemi", ["240"]),
    ],
)
def test_a_bare_word_is_a_place_when_it_was_asked(values, text, codes):
    assert values("place", text, "place") == codes
