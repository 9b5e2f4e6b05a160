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
