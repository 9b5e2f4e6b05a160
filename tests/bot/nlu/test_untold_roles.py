"""What a field or an occupation is when no word around it tells."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("oon 45v ja työtön. puutarha", ["0812"]),
        ("asun Vaasassa, sosiaaliala", ["092"]),
        ("kiitos kun autat minua tässä kovasti. Marknadsföring!!", ["0414"]),
        ("sosionomi vai lähihoitaja?", ["0923", "0913"]),
        ("metsäala tai kampaaja", ["082", "1012"]),
        ("lastbilschaufför, ryggen paj, arbetslös", []),
    ],
)
def test_a_field_alone_in_its_clause_is_wished_for(values, text, fields):
    assert values("field", text) == fields


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lastbilschaufför, ryggen paj, arbetslös", ["lastbilschaufför"]),
        ("Software tester, laid off since October", ["Software tester"]),
        ("egenföretagare i restaurangbranschen", ["egenföretagare", "restaurangbranschen"]),
        ("olen insinööri (AMK), konetekniikka", ["insinööri (AMK), konetekniikka"]),
        ("nurse from Philippines", ["nurse"]),
    ],
)
def test_who_tells_of_oneself_names_what_one_is(values, text, words):
    assert [one["words"] for one in values("competence", text)] == words


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("jag är styrman och bor i Eckerö. Sjörätt via nätet?", ["0421"]),
        ("will I lose benefits if I start online IT studies?", ["061"]),
        ("Do I need good Finnish for lähihoitaja?", ["0913"]),
        ("oon kokkina töissä Levillä. eräopas", ["1015"]),
        ("I am 30. child psychology", ["0313"]),
        ("työturvallisuuskortti, tulityökortti, Kotka", []),
        ("kandi kauppatieteistä, Turku", []),
    ],
)
def test_what_is_asked_about_or_comes_next_is_wished_for(values, text, fields):
    assert values("field", text) == fields


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("peruskoulu suomesta, 26 vuotta, Korso", ["basic"]),
        ("Vindala, 25 år, lukio avklarad", ["general_upper"]),
        ("virolainen rakennusinsinöörin tutkinto", ["foreign"]),
        ("Arkitektexamen från Chalmers", ["foreign"]),
        ("I'm 19, quit lukio after one year", ["basic"]),
    ],
)
def test_schooling_that_is_only_named(values, text, levels):
    assert values("education", text) == levels
