from __future__ import annotations

import re
import string

import pytest

from opastin.settings import ROOT
from web.desk.page import words
from web.wording import STRINGS, load_strings

FILES = sorted({path.name.partition(".")[0] for path in STRINGS.glob("desk*.yml")})
# Who notes what: the action itself, or the constant that has it.
NOTED = re.compile(r'\bnote\(\s*\w+,\s*[\w.]+,\s*(?:"([a-z_]+)"|([A-Z_]+)\b)')


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


def test_no_part_hides_the_words_of_another():
    names = [name for file in FILES for name, _ in flat(load_strings(f"{file}.fi"))]
    assert len(names) == len(set(names))


def test_every_action_that_is_noted_has_words():
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("web", "coaching", "opastin")
        for path in (ROOT / folder).rglob("*.py")
    )
    noted = set()
    for action, constant in NOTED.findall(text):
        values = re.findall(rf'^{constant} = "([a-z_]+)"', text, re.MULTILINE)
        noted |= {action} if action else set(values)
    assert {"login", "account_added"} < noted
    labels = words("fi")
    assert [action for action in noted if labels.find(f"audit.actions.{action}") is None] == []
