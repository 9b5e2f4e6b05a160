from __future__ import annotations

import json

import pytest

from catalog.importers.json_stream import JsonStream, decode
from opastin.errors import UserError


@pytest.mark.parametrize(
    ("text", "items", "others"),
    [
        ("[]", [], {}),
        (' [1, {"a": [2]} ]\n', [1, {"a": [2]}], {}),
        ('{"a": 1}', [{"a": 1}], {"a": 1}),
        ('{"a": 1, "items": [1, 2], "b": {"items": [3]}}', [1, 2], {"a": 1, "b": {"items": [3]}}),
        ('{"items": []}', [], {}),
        ('{"items": {"a": 1}}', [{"items": {"a": 1}}], {"items": {"a": 1}}),
        ("{}", [{}], {}),
        ('["line\nbreak"]', ["line\nbreak"], {}),
    ],
)
def test_items_come_one_by_one_and_the_rest_is_kept(text, items, others):
    stream = JsonStream(text, "file.json", key="items")
    assert list(stream) == items
    assert stream.others == others
    assert list(stream) == items, "it can be gone through again"


def test_whatever_is_left_out_at_the_end_is_noticed():
    text = json.dumps({"a": [1, {"b": "c"}], "items": [{"d": None}, 2.5]})
    for length in range(1, len(text)):
        with pytest.raises(UserError, match="not whole JSON"):
            list(JsonStream(text[:length], "file.json", key="items"))


@pytest.mark.parametrize("text", ["[1,]", "[1 2]", "{1: 2}", '{"a" 1}', "[1] x", "[NaN]", "x", ""])
def test_what_is_no_json_is_said_with_the_line(text):
    with pytest.raises(UserError, match=r"not whole JSON"):
        list(JsonStream("\n" + text, "file.json", key="items"))


def test_what_nests_too_deep_is_one_sentence():
    with pytest.raises(UserError, match="too deep"):
        list(JsonStream("[" * 200_000, "file.json", key="items"))


def test_a_mark_of_the_byte_order_is_no_mistake_but_another_encoding_is():
    assert decode(b"\xef\xbb\xbf[]", "file.json") == "[]"
    with pytest.raises(UserError, match="byte 2"):
        decode(b'["\xe4"]', "file.json")
