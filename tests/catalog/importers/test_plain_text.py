from __future__ import annotations

import pytest

from catalog.importers.plain_text import clean_line, clean_paragraphs, from_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Yksi.</p><p></p><p>Kaksi.</p>", "Yksi.\n\nKaksi."),
        ("yli  kaksi\nsanaa", "yli kaksi sanaa"),
        ("AI &amp; Cybersecurity, Master&#x27;s", "AI & Cybersecurity, Master's"),
        ("Hinta &lt; 5 &amp;amp; yli", "Hinta < 5 &amp; yli"),
        ("yksi<br>kaksi<br/>kolme", "yksi\nkaksi\nkolme"),
        ("<ul><li>yksi</li><li><p>kaksi</p></li></ul>loppu", "- yksi\n- kaksi\n\nloppu"),
        ('<a href="https://hsky.fi/">Kesäyliopisto</a>.', "Kesäyliopisto (https://hsky.fi/)."),
        ('<a href="https://a.fi/x">https://a.fi/x</a>', "https://a.fi/x"),
        ('<a href="mailto:a@b.fi">a@b.fi</a>', "a@b.fi"),
        ('<a href="javascript:alert(1)">tästä</a>', "tästä"),
        ("ennen<script>alert('<p>')</script>jälkeen<style>p{}</style>", "ennenjälkeen"),
        ("<p>kesken <strong>jää", "kesken jää"),
        ("<h2>Otsikko</h2>teksti<!-- piilossa -->", "Otsikko\n\nteksti"),
        ("a\u00a0b", "a b"),
        ("\ud800x", "x"),
        ("a\u202eb\u2066c\u200f\u200ed\u061c\U000e0041", "abcd"),
        ("<p>a\u202eb</p><p>c&#x202e;d\x07</p>", "ab\n\ncd"),
        ("perhe \U0001f469\u200d\U0001f52c", "perhe \U0001f469\u200d\U0001f52c"),
        ("", ""),
    ],
)
def test_html_becomes_plain_text(html, text):
    assert from_html(html) == text


def test_a_line_has_no_breaks_and_no_unseen_characters():
    assert clean_line(" Avoin\u00a0yo:\tKirjal\u00adlisuus\u200b \n") == "Avoin yo: Kirjallisuus"


def test_letters_are_composed():
    assert clean_line("A\u0308iti") == "Äiti"


def test_paragraphs_keep_their_lines():
    assert clean_paragraphs("yksi \r\nkaksi\r\n\r\n\r\n\r\nkolme\x00") == "yksi\nkaksi\n\nkolme"
