"""How far a denial reaches, and what is no denial."""

from __future__ import annotations

import pytest

from bot.nlu.lexicon import load_lexicon
from bot.nlu.negation import Denials
from bot.nlu.reading import read

TURNS = {
    "contrast": load_lexicon().words("turn:contrast"),
    "joining": load_lexicon().words("turn:joining"),
}


def standing(text, word):
    reading = read(text, TURNS)
    place = [token.word for token in reading.tokens].index(word)
    return Denials(load_lexicon().find(reading)).standing(place, place + 1).value


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("en halua Vaasaan", "vaasaan", "denied"),
        ("ei Vaasassa vaan Oulussa", "oulussa", "said"),
        ("en Vaasaan, Ouluun kyllä", "ouluun", "said"),
        ("Vaasaan en lähde", "vaasaan", "denied"),
        ("Vaasa ei käy", "vaasa", "denied"),
        ("en asu Vaasassa", "vaasassa", "void"),
        ("ei tarvitse olla Vaasassa", "vaasassa", "void"),
        ("en tiedä, Vaasassa", "vaasassa", "said"),
        ("ei haittaa vaikka Vaasassa", "vaasassa", "said"),
        ("eiku Vaasassa", "vaasassa", "said"),
        ("jag vill ha en kurs i Vasa", "vasa", "said"),
        ("jag vill inte till Vasa", "vasa", "denied"),
        ("i Vasa vill jag inte", "vasa", "denied"),
        ("I don't want Vaasa", "vaasa", "denied"),
        ("not sure, Vaasa", "vaasa", "said"),
        ("no Vaasa kävis", "vaasa", "said"),
        ("paitsi Vaasassa", "vaasassa", "denied"),
    ],
)
def test_standing(text, word, expected):
    assert standing(text, word) == expected


def test_no_is_a_filler_in_finnish(values):
    assert values("online_ok", "no verkossakin käy", "online_ok") == [True]
    assert values("not_schedule", "no evenings please") == ["evening"]


def test_nowhere_else_is_only_there(values):
    assert values("place", "missään muualla kuin Oulussa en voi") == ["564"]
    assert values("not_place", "missään muualla kuin Oulussa en voi") == []
