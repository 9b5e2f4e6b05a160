from __future__ import annotations

import io
import json

import pytest

from catalog.importers import json_window
from catalog.importers.json_stream import JsonStream, read_json
from opastin.errors import UserError

ITEMS = [12345, -1.5e3, "Äidinkieli €\n😀", {"a": [True, None, '\\"']}, [], {}, "", 0]
TEXT = json.dumps({"total": 8, "items": ITEMS, "others": [1, 2]}, ensure_ascii=False, indent=1)


@pytest.fixture(params=[1, 2, 3, 7, 50])
def small_window(request, monkeypatch):
    monkeypatch.setattr(json_window, "CHUNK", request.param)


def stream(data):
    return JsonStream(io.BytesIO(data), "file.json", key="items")


def test_wherever_the_window_cuts_a_file_its_items_are_whole(small_window):
    found = stream(b"\xef\xbb\xbf" + TEXT.encode())
    for _ in range(2):
        assert list(found) == ITEMS
        assert found.others == {"total": 8, "others": [1, 2]}


def test_a_number_at_the_end_is_whole(small_window):
    assert read_json(b" 123456789 ", "file.json") == 123456789
    assert list(stream(b"[1234567890123, 2]")) == [1234567890123, 2]


def test_whatever_is_left_out_at_the_end_is_noticed(monkeypatch):
    monkeypatch.setattr(json_window, "CHUNK", 3)
    data = TEXT.encode()
    for length in range(len(data)):
        with pytest.raises(UserError, match=r"not whole JSON|not UTF-8"):
            list(stream(data[:length]))


def test_what_is_wrong_is_said_with_its_line(small_window):
    with pytest.raises(UserError, match=r"wrong at line 4"):
        list(stream(b'{"items": [1,\n2,\n{"a": "b"},\n{"a" 1}, {"b": 2}]}'))


def test_what_is_no_utf8_is_said_with_its_byte(small_window):
    with pytest.raises(UserError, match="byte 14"):
        list(stream(b'{"items": ["a \xe4 b"]}'))


@pytest.mark.parametrize(
    "text",
    [
        '{"items": ["' + "x" * 500 + '"]}',
        '{"items": [' + "[1]," * 200 + "1]}",
        '{"a": "' + "x" * 500 + '"}',
        '{"items": [' + "9" * 500,
        "{" + ",".join(f'"key{number}": 1' for number in range(50)) + "}",
    ],
)
def test_no_document_is_longer_than_it_may_be(monkeypatch, text):
    monkeypatch.setattr(json_window, "CHUNK", 10)
    monkeypatch.setattr(json_window, "LONGEST_DOCUMENT", 100)
    monkeypatch.setattr("catalog.importers.json_stream.LONGEST_DOCUMENT", 100)
    if text.count("[1]") > 1:
        assert len(list(JsonStream(text, "file.json", key="items"))) == 201
    else:
        with pytest.raises(UserError, match="more than 100 characters"):
            list(JsonStream(text, "file.json", key="items"))


def test_a_long_file_is_never_held_as_a_whole():
    class Endless(io.RawIOBase):
        def __init__(self):
            self.given = 0

        def seek(self, *_):
            return 0

        def tell(self):
            return self.given

        def read(self, size=-1):
            assert 0 < size < 1_000_000
            self.given += 10
            return b'{"a": 1},\n' if self.given > 10 else b"["

    found = iter(JsonStream(Endless(), "file.json", key="items"))
    assert [next(found) for _ in range(1000)] == [{"a": 1}] * 1000


def test_one_value_is_all_that_a_short_text_has():
    assert read_json(b'{"a": 1}\n', "file.json") == {"a": 1}
    for text in (b"", b"  ", b"{} {}", b"{", b"[1,]"):
        with pytest.raises(UserError, match="not whole JSON"):
            read_json(text, "file.json")
