"""Goals, refinements and picks."""

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
        ("uus ala hakusessa", None, ["new_career"]),
        ("need other profession", None, ["new_career"]),
        ("göra nåt annat i livet", None, ["new_career"]),
        ("palkka paremmaks", None, ["advance"]),
        ("klättra på jobbet", None, ["advance"]),
        ("climb the ladder", None, ["advance"]),
        ("haluaisin esihenkilöksi", None, []),
        ("tähtäimessä maisterin tutkinto", None, ["degree"]),
        ("I have a degree in law", None, []),
        ("nähä sopiiko hoitoala mulle", None, ["try_field"]),
        ("testa först om det är min grej", None, ["try_field"]),
        ("lukeminen ja laskeminen on vaikeeta", None, ["basic_skills"]),
        ("i dont know what button i press", None, []),
        ("itseluottamus on hukassa", None, []),
        ("har sysslat med foto som hobby", None, []),
        ("tutkinto tähtäimessä", None, ["degree"]),
        ("degree is the aim", None, ["degree"]),
        ("become qualified electrician", None, ["degree"]),
        ("jag vill friska upp grunderna", None, ["basic_skills"]),
        ("I just want to enjoy, no diploma needed", None, ["interest"]),
        ("I'd like to have a go at coding", None, ["try_field"]),
    ],
)
def test_goal(values, text, asked, goals):
    assert values("goal", text, asked) == goals


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
        ("vertaa kahta ekaa", None, [1, 2]),
        ("jämför de två första", None, [1, 2]),
        ("compare the first three", None, [1, 2, 3]),
        ("compare the first and third", None, [1, 3]),
        ("compare the first and the last", None, [1, -1]),
        ("vertaa ekaa ja kolmatta", None, [1, 3]),
        ("jämför första och tredje", None, [1, 3]),
        ("vertaa 1 ja 3", None, [1, 3]),
        ("jämför 1 och 3", None, [1, 3]),
        ("compare one and three", None, [1, 3]),
        ("compare 1, 2 and 4", None, [1, 2, 4]),
        ("compare 2 courses in Vaasa", None, []),
        ("first and foremost money", None, []),
        ("poista 2", None, [2]),
        ("last year", None, []),
        ("för första gången", None, []),
    ],
)
def test_picks(values, text, asked, picks):
    assert values("ordinal", text, asked) == picks


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("poista eka", ["remove"]),
        ("poista se toinen", ["remove"]),
        ("ta bort den andra", ["remove"]),
        ("remove the second", ["remove"]),
        ("poista tietoni", []),
        ("poista hintaraja", []),
        ("mitä mulla on tallessa", ["show"]),
        ("vad har jag sparat", ["show"]),
        ("what do I have saved", ["show"]),
        ("what can be saved", []),
    ],
)
def test_what_is_done_to_the_saved(values, text, choices):
    assert values("choice", text) == choices


@pytest.mark.parametrize("asked", [None, "goal", "interest", "field", "competence"])
@pytest.mark.parametrize(
    "text",
    [
        "en tiedä, kartoitetaan vaikka mitä osaan",
        "haluaisin tehdä osaamiskartoituksen",
        "kartota mun taidot",
        "vet inte, vi kan kartlägga vad jag kan",
        "kartläggning av kunnande",
        "I don't know, let's map my skills",
        "skills mapping",
    ],
)
def test_words_of_mapping_name_no_field_and_no_interest(values, text, asked):
    assert values("choice", text, asked) == ["mapping"]
    assert not any(values(slot, text, asked) for slot in ("field", "interest", "competence"))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("kartoitus kiinnostaa", "0731"),
        ("haluan opiskella maanmittausta", "0731"),
        ("luontokartoitus kiinnostaa", "0522"),
        ("haluan sosiaalialalle, kartoitetaan osaamiseni", "092"),
    ],
)
def test_a_field_beside_or_without_words_of_mapping_stays(values, text, field):
    assert values("field", text) == [field]


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


@pytest.mark.parametrize(
    "text",
    [
        "olen niin väsynyt kaikkeen",
        "en jaksa enää",
        "oon ihan loppu",
        "jag orkar inte mer",
        "jag är så trött på allt just nu",
        "I'm so tired of everything",
        "I'm burned out",
    ],
)
def test_words_of_being_worn_out(values, text):
    assert values("choice", text) == ["weary"]


@pytest.mark.parametrize(
    "text",
    [
        "olen väsynyt tähän työhön",
        "olen ihan loppu töissä",
        "kurssi on ihan loppu",
        "en jaksa enää elää",
        "en jaksa enää näitä kysymyksiä",
        "jag orkar inte mer på kvällarna",
        "jag menade det på allvar, jag orkar inte mer, det är slut",
        "I'm burned out from teaching",
        "I'm so tired of everything, I want to die",
    ],
)
def test_one_who_tells_more_is_not_only_worn_out(values, text):
    assert values("choice", text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("wats the 2nd one abt", [2]), ("tell me about the 3rd", [3]), ("on the 2nd of May", [])],
)
def test_english_ordinals_in_figures(values, text, numbers):
    assert values("ordinal", text) == numbers


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("poista 4", ["remove"]),
        ("ta bort nummer 2", ["remove"]),
        ("remove that one please", ["remove"]),
        ("poista toi", ["remove"]),
        ("poista 20 km raja", []),
        ("remove it from my browser history", []),
        ("save 3", []),
        ("miksei hoitoala", ["why_not"]),
        ("varför inte den andra", ["why_not"]),
        ("why not nursing", ["why_not"]),
        ("why not?", []),
        ("palataan siihen kartoitukseen", ["mapping"]),
        ("vi gör klart kartläggningen", ["mapping"]),
        ("let's go on with the mapping", ["mapping"]),
        ("nyt on minun vuoroni", ["next_person"]),
        ("nu hon", ["next_person"]),
        ("now my wife", ["next_person"]),
        ("nyt mä haluun kokiksi", []),
        ("vaimo haluaa parturiksi ja minä puutarhuriksi", ["two_people"]),
        ("min fru vill studera vård och jag it", ["two_people"]),
        ("my wife would like to be a nurse and I want to weld", ["two_people"]),
        ("mun vaimo on kokki ja minä haluan hitsariksi", []),
        ("näytä mulle reitit", ["routes"]),
        ("visa mig vägarna", ["routes"]),
        ("show the routes", ["routes"]),
        ("haluan testata uravalmiuksiani", ["career"]),
        ("kirjoita luonnos osaamisen tunnustamiseen", ["recognition"]),
        ("gör ett utkast till ansökan om tillgodoräknande", ["recognition"]),
        ("prepare a recognition request", ["recognition"]),
        ("mitä osaamisen tunnustaminen on", []),
    ],
)
def test_what_buttons_ask_can_be_typed(values, text, choices):
    assert values("choice", text) == choices


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("tallenna 3", [3]),
        ("spara 2", [2]),
        ("save 4 please", [4]),
        ("save 40", []),
        ("save 2 euros", []),
        ("miten eka eroaa tokasta", [1, 2]),
        ("vertaa ekalla ja tokalla paikalla olevia", [1, 2]),
        ("mitä teen ensimmäisenä", []),
        ("what should I do first", []),
    ],
)
def test_numbers_of_the_list(values, text, numbers):
    assert values("ordinal", text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "ei musta oo mihinkään, kouluakaan en käynyt",
        "jag är så värdelös, har ingen skola",
        "I'm useless at everything but I'd like to try cooking",
    ],
)
def test_little_faith_in_oneself_is_heard_whatever_else_is_said(values, text):
    assert values("choice", text) == ["self_doubt"]


@pytest.mark.parametrize(
    "text",
    [
        "pitempi matka sopii kyllä",
        "pystyn ajamaan ja voin mennä kauemmas",
        "unohda se kilometriraja",
        "det går bra med längre resa, längre väg funkar",
        "jag kan pendla lite längre",
        "strunta i avståndsgränsen",
        "I could drive a bit further",
        "drop the distance limit",
    ],
)
def test_a_longer_way_lifts_the_limit(values, text):
    assert values("no_preference", text) == ["max_distance_km"]


def test_who_worked_before_asks_for_nothing_sooner(values):
    assert values("refine", "kock förr, Vasa") == []
    assert values("refine", "nåt som börjar förr") == ["sooner"]


@pytest.mark.parametrize(
    "text",
    [
        "millään ei ole enää mitään merkitystä",
        "inget spelar nån roll längre",
        "nothing matters anymore, maybe a course",
    ],
)
def test_one_for_whom_nothing_matters_is_heard_whatever_else_is_said(values, text):
    assert values("choice", text) == ["weary"]
