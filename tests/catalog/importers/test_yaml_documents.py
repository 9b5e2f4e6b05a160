from __future__ import annotations

import time

import pytest

from catalog.importers import yaml_documents
from catalog.importers.yaml_documents import read_yaml
from opastin.errors import UserError


def read(text):
    return list(read_yaml(text, "file.yaml", key="items"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-02-30", "2026-02-30"),
        ("2026-09-01", "2026-09-01"),
        ("0111", "0111"),
        ("12:30", "12:30"),
        ("no", "no"),
        ("true", True),
        ("null", None),
        ("45", 45),
        ("2.5", 2.5),
        ("'5'", "5"),
        ("45 €/op", "45 €/op"),
    ],
)
def test_values_are_as_json_would_have_them(text, value):
    assert read(f"a: {text}") == [{"a": value}]


def test_lists_documents_and_pages_are_gone_through():
    assert read("- a\n- b\n---\nitems: [c]\n---\nd: 1\n") == ["a", "b", "c", {"d": 1}]


BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghijklmn", "bcdefghijklmno", strict=True)
)
SMALL_BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def test_what_is_repeated_a_little_is_read():
    text = "- &school {name: Opisto}\n- {school: *school, also: *school}\n"
    school = {"name": "Opisto"}
    assert read(text) == [school, {"school": school, "also": school}]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (BOMB, "aliases"),
        (SMALL_BOMB, "aliases written out"),
        (f"a: &a {'x' * 20_000}\nb: [{', '.join(['*a'] * 90)}]", "aliases written out"),
        ("a: &a [*a]", "not yet whole"),
        ("a: *b", "not there"),
        ("[" * 5000, "nests too deep"),
        ("a: !!python/object/apply:os.system [ls]", "not whole YAML"),
        ("a: !!timestamp 2026-02-30", "cannot be read|can be read"),
        ("a: 'x", "line"),
        ("a: \x01", "not whole YAML"),
    ],
)
def test_what_is_hostile_or_broken_is_one_sentence(text, hint):
    began = time.monotonic()
    with pytest.raises(UserError, match=hint) as error:
        read(text)
    assert time.monotonic() - began < 5
    assert "\n" not in str(error.value)


def test_a_very_long_file_is_not_even_begun(monkeypatch):
    monkeypatch.setattr(yaml_documents, "MOST_CHARACTERS", 10)
    with pytest.raises(UserError, match="as JSON"):
        read("a: 12345678")
