"""Messages made fit for the encoder."""

from __future__ import annotations

import pytest

from bot.nlu.text import HEAD, LONGEST, tidy


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
