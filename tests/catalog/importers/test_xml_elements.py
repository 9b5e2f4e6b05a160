from __future__ import annotations

import time

import pytest

from catalog.importers import xml_elements
from catalog.importers.xml_elements import read_elements
from opastin.errors import UserError


def read(text, names=("a",)):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_elements(data, "file.xml", names=names))


def test_the_outermost_elements_of_a_name_are_read_whole():
    first, second = read('<r><a x="1">one<b>two</b> three</a><c><a><a/></a></c></r>')
    assert (first.text, first.attributes) == ("one three", {"x": "1"})
    assert [child.text for child in first.find("b")] == ["two"]
    assert len(second.all("a")) == 1


def test_namespaces_make_no_difference():
    (element,) = read('<n:a xmlns:n="urn:x" xml:lang="fi" n:y="2"><n:b/></n:a>')
    assert element.attributes == {"lang": "fi", "y": "2"}
    assert element.find("b")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_that_are_declared_are_read(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>Äiti</a>'
    assert read(text.encode(encoding))[0].text == "Äiti"


def test_a_file_of_many_chunks_is_read_as_one(monkeypatch):
    monkeypatch.setattr(xml_elements, "CHUNK_BYTES", 7)
    assert [element.text for element in read("<r>" + "<a>äö</a>" * 50 + "</r>")] == ["äö"] * 50


LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]><a>&a9;</a>"
)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (LAUGHS, "document type declaration"),
        ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "document type"),
        ('<!DOCTYPE r SYSTEM "http://example.org/x.dtd"><a/>', "document type"),
        ("<a>&x;</a>", "not whole XML"),
        ("<a>" * 200, "nests too deep"),
        ("<a><b></a>", "line 1: mismatched tag"),
        (b"<a>\xe4</a>", "not whole XML"),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        ("", "not whole XML"),
    ],
)
def test_what_is_hostile_or_broken_is_one_sentence(text, hint):
    with pytest.raises(UserError, match=hint) as error:
        read(text)
    assert "\n" not in str(error.value)


def test_a_tag_without_end_takes_no_long_time():
    began = time.monotonic()
    with pytest.raises(UserError):
        read(b"<a x='" + b"x" * 30_000_000)
    assert time.monotonic() - began < 10
