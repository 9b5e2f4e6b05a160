from __future__ import annotations

import string

import pytest

from web.errors import STATUSES, ApiError
from web.wording import load_strings


def flat(value, prefix=""):
    for name, item in value.items():
        if isinstance(item, dict):
            yield from flat(item, f"{prefix}{name}.")
        else:
            yield prefix + name, item


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_languages_have_the_same_strings_with_the_same_fields(language):
    finnish, other = dict(flat(load_strings("fi"))), dict(flat(load_strings(language)))
    assert finnish.keys() == other.keys()
    for name, text in finnish.items():
        assert fields(text) == fields(other[name]), name


def test_every_error_has_words():
    assert set(load_strings("fi")["errors"]) == set(STATUSES)


def test_braces_in_a_name_stay_what_they_are():
    error = ApiError("unknown_field", name="{0.__class__}")
    assert "{0.__class__}" in error.as_json("en")["error"]["message"]
