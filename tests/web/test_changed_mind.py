from __future__ import annotations

import pytest

from web.changed_mind import is_changed_mind


@pytest.mark.parametrize(
    "text",
    [
        "Muutin mieleni",
        "vaihdoin mielen",
        "ei sittenkään",
        "en jaksa odottaa",
        "en halua enää odottaa",
        "peru",
        "perutaan tää",
        "Anna olla.",
        "jatketaan vaan botin kanssa",
        "jag ångrar mig",
        "Jag ångrade mig",
        "orkar inte vänta",
        "avbryt",
        "strunta i det",
        "låt det vara",
        "glöm det",
        "vi fortsätter utan",
        "I changed my mind",
        "I don't want to wait",
        "I don’t want to wait any longer",
        "never mind",
        "cancel",
        "forget it",
        "leave it",
        "let's go on with the bot",
    ],
)
def test_a_wish_that_is_taken_back(text):
    assert is_changed_mind(text)


@pytest.mark.parametrize(
    "text",
    [
        "en jaksa enää",
        "en jaksa elää",
        "ei haittaa, odotan",
        "ei mulla kiire",
        "odotan kyllä",
        "Perusopinnot kiinnostaa",
        "haluan perua ilmoittautumiseni kurssille mutta en tiedä miten se tehdään sivustolla",
        "jag väntar gärna",
        "jag orkar inte mer",
        "vad är det värsta man kan ångra",
        "I can wait",
        "no hurry",
        "I want to change my field",
        "don't go",
        "I can't go on",
    ],
)
def test_other_words_take_nothing_back(text):
    assert not is_changed_mind(text)
