"""Texts are cut into the likeliest pieces."""

from __future__ import annotations

import pytest

from catalog.e5.pieces import Pieces
from catalog.e5.weights import Vocabulary

# Scores are logarithms of how often a piece comes.
SCORES = {"<unk>": -3.0, "▁": -2.0, "▁ab": -3.0, "a": -1.0, "b": -1.5, "abc": -2.0, "c": -4.0}
PIECES = list(SCORES)


@pytest.fixture
def pieces() -> Pieces:
    return Pieces(
        Vocabulary(
            PIECES,
            list(SCORES.values()),
            begin=-1,
            end=-2,
            unknown=0,
            written_as={ord("C"): "c", ord("½"): "a b", ord("\n"): " ", ord("-"): ""},
        )
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab", ["▁ab"]),
        # "▁" and "abc" are likelier together than "▁ab" and "c".
        ("abc", ["▁", "abc"]),
        ("abcc", ["▁", "abc", "c"]),
        ("a b", ["▁", "a", "▁", "b"]),
        ("a  \n  b ", ["▁", "a", "▁", "b", "▁"]),
        (" a", ["▁", "a"]),
        ("aC", ["▁", "a", "c"]),
        ("½", ["▁", "a", "▁", "b"]),
        ("a-b", ["▁ab"]),
        ("aöb", ["▁", "a", "<unk>", "b"]),
        ("öö", ["▁", "<unk>", "<unk>"]),
        # Nobody can type the unknown piece itself.
        ("<unk>", ["▁", *["<unk>"] * 5]),
        ("", ["▁"]),
    ],
)
def test_the_likeliest_pieces_make_up_the_text(
    pieces: Pieces, text: str, expected: list[str]
) -> None:
    assert [PIECES[number] for number in pieces.split(text, most=9)] == expected


def test_no_more_is_cut_than_asked_for(pieces: Pieces) -> None:
    assert pieces.split("½" * 10**6, most=3) == pieces.split("½½½", most=3)
    assert len(pieces.split("½" * 10**6, most=3)) == 3
