"""Messages made fit for the encoder."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.nlu.text import HEAD, LONGEST, LONGEST_PASSAGE, plain_letter, split_passages, tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  joo \n kiitos\t", "joo kiitos"),
        ("jooooo!!!!", "joo!!"),
        ("1000 euroa", "1000 euroa"),
        ("lä\u200bhä\u202eri", "lähäri"),
        ("a\u0308iti", "äiti"),
        ("a\x00b", "a b"),
        ("rikki \ud800 pari", "rikki pari"),
        ("Ｔａｍｐｅｒｅ １０", "Tampere 10"),
        ("a" * 10_000, ""),
        ("hmmmm aaaaaa", "hmm"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_what_nobody_sees_is_left_out(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_a_long_message_keeps_its_beginning_and_its_end() -> None:
    text = "alku " + "x y " * 3000 + " loppu"

    tidied = tidy(text)

    assert tidied.startswith("alku ")
    assert tidied.endswith(" loppu")
    assert HEAD < len(tidied) <= LONGEST + 1


def test_a_long_message_falls_into_passages_that_hold_all_its_words() -> None:
    text = "Moi. Siis. Asun Kuopiossa ja etsin opintoja!\n" + "ja sitten menin töihin " * 40

    passages = list(split_passages(text))

    assert passages[0] == "Moi. Siis. Asun Kuopiossa ja etsin opintoja!"
    assert all(len(passage) <= LONGEST_PASSAGE for passage in passages)
    assert set(" ".join(passages).split()) == set(text.split())


def test_a_long_message_of_one_sentence_falls_into_parts_that_overlap() -> None:
    words = [f"sana{number}" for number in range(100)]

    passages = list(split_passages(" ".join(words)))

    pairs = {pair for passage in passages for pair in pairwise(passage.split())}
    assert pairs == set(pairwise(words))


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "\n\n"])
def test_nothing_to_read_has_no_passages(text: str) -> None:
    assert not any(character.isalnum() for part in split_passages(text) for character in part)


@pytest.mark.parametrize(
    ("dressed", "plain"), [("Ｔ", "T"), ("７", "7"), ("𝐚", "a"), ("ä", "ä"), ("ﬁ", "ﬁ"), ("€", "€")]
)
def test_a_dressed_letter_is_the_plain_one(dressed: str, plain: str) -> None:
    assert plain_letter(dressed) == plain
