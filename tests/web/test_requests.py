from __future__ import annotations

import pytest

from web.requests import preferred_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fi", "fi"),
        ("sv-FI, fi;q=0.9", "sv"),
        ("de, fi;q=0.4, sv;q=0.8", "sv"),
        ("*", "en"),
        ("xx;q=abc, ,;;", "en"),
        ("fi" * 10_000, "en"),
    ],
)
def test_the_first_known_language_is_spoken(header, language):
    assert preferred_language(header) == language
