from __future__ import annotations

import re
import string

import pytest

from opastin.settings import ROOT
from web.wording import STRINGS, load_strings

FILES = sorted({path.name.partition(".")[0] for path in STRINGS.glob("desk*.yml")})
NOTED = re.compile(r'audit\.note\([^)]*?"([a-z_]+)"')


def flat(value, prefix=""):
    for name, item in value.items():
        if isinstance(item, dict):
            yield from flat(item, f"{prefix}{name}.")
        else:
            yield prefix + name, item


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("file", FILES)
def test_languages_have_the_same_words_with_the_same_fields(file, language):
    finnish = dict(flat(load_strings(f"{file}.fi")))
    other = dict(flat(load_strings(f"{file}.{language}")))
    assert finnish.keys() == other.keys()
    for name, text in finnish.items():
        assert isinstance(text, str), name
        assert fields(text) == fields(other[name]), name


def test_every_part_has_sections_of_its_own():
    sections = [name for file in FILES for name in load_strings(f"{file}.fi")]
    assert len(sections) == len(set(sections))


def test_every_action_that_is_noted_has_words():
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("web", "coaching", "opastin")
        for path in (ROOT / folder).rglob("*.py")
    ]
    noted = {action for source in sources for action in NOTED.findall(source)}
    assert "login" in noted
    assert noted <= load_strings("desk.fi")["audit"]["actions"].keys()
