from __future__ import annotations

import pytest

from catalog.importers.jsonld_page import language_of_page, scripts_of


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ('<script type="application/ld+json">{}</script>', [("{}", True)]),
        ("<SCRIPT id=x TYPE='application/ld+json; charset=utf-8' >[]</SCRIPT>", [("[]", True)]),
        ("<script type=application/ld+json>1", [("1", False)]),
        (
            '<script>var a = "<!--";</script><script type="application/ld+json">{}</script>',
            [("{}", True)],
        ),
        ('<!-- <script type="application/ld+json">{}</script> -->', []),
        ('<script type="text/javascript">{}</script>', []),
    ],
)
def test_json_ld_is_found_as_browsers_would(page, scripts):
    assert list(scripts_of(page)) == scripts


@pytest.mark.parametrize(
    ("page", "language"),
    [('<!doctype html><html class="a" lang="sv-FI">', "sv-FI"), ("<html>", None), ("", None)],
)
def test_a_page_says_its_language(page, language):
    assert language_of_page(page) == language
