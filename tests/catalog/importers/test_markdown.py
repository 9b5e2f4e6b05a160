from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.importers.markdown import from_markdown, from_maybe_html, to_maybe_html
from catalog.importers.plain_text import clean_paragraphs


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Lihava** ja _kursiivi_", "Lihava ja kursiivi"),
        ("# Otsikko\n\n* yksi\n* kaksi", "Otsikko\n\n- yksi\n- kaksi"),
        ("[sivu](https://a.example)", "sivu (https://a.example)"),
        ("snake_case_name ja 2 * 3 * 4", "snake_case_name ja 2 * 3 * 4"),
        ("<p>HTML</p><script>x()</script>", "HTML"),
    ],
)
def test_signs_of_markdown_go_and_words_stay(text, plain):
    assert from_markdown(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Rivi\n\ntoinen", "Rivi\n\ntoinen"),
        ("R&amp;D", "R&D"),
        ("<p>Rivi</p><p>toinen</p>", "Rivi\n\ntoinen"),
        ("2 < 3 & 4 > 1", "2 < 3 & 4 > 1"),
    ],
)
def test_html_is_cleaned_and_plain_text_keeps_its_lines(text, plain):
    assert from_maybe_html(text) == plain


@pytest.mark.parametrize("text", ["[" * 50_000, "*a" * 50_000, "<a" * 50_000, "_" * 50_000])
def test_hostile_text_takes_no_long_time(text):
    began = time.monotonic()
    from_markdown(text)
    assert time.monotonic() - began < 10


PIECES = st.sampled_from(
    ["<b>", "</p>", "&amp;", "&", "<", ">", "\n", "\n\n", " ", "a", "ä", '"', "x"]
)


@given(st.one_of(st.text(st.characters(codec="utf-8")), st.lists(PIECES).map("".join)))
@example("R&amp;D <b>\n\nrivi\ntoinen")
def test_what_is_written_is_read_back_the_same(text):
    stored = clean_paragraphs(text)
    assert from_maybe_html(to_maybe_html(stored)) == stored
