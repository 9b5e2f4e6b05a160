from __future__ import annotations

import string

import pytest

from web.errors import STATUSES, ApiError
from web.wording import load_strings, say

# Easy language is owed for every text that is longer.
MOST_WORDS = 12
# Told to programs and staff, or by pages of their own.
NOT_IN_THE_CHAT = ("desk_", "errors.", "kiosk_token", "page_stale", "chat_forgotten")


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


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("file", ["widget.{}", "widget-more.{}", "plain.{}", "{}"])
def test_long_texts_of_the_chat_have_an_easy_variant(file, language):
    texts = dict(flat(load_strings(file.format(language))))
    said = {name: text for name, text in texts.items() if not name.startswith(NOT_IN_THE_CHAT)}
    owed = [
        name
        for name, text in said.items()
        if not name.endswith("_easy")
        and len(text.split()) > MOST_WORDS
        and f"{name}_easy" not in texts
    ]
    assert owed == []


def test_easy_language_is_said_where_it_is_written():
    assert say("bot_unavailable", "en", plain=True) == say("bot_unavailable_easy", "en")
    assert say("errors.empty", "en", plain=True) == say("errors.empty", "en")
