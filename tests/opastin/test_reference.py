"""The reference pages name what the code has, and every code has a text in each language."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from guidance.profile import Profile
from opastin.settings import ROOT
from opastin.texts import LANGUAGES, SINGULAR, load_texts

PAGE = (ROOT / "docs" / "reference" / "profile-and-options.md").read_text(encoding="utf-8")
REMARKS = "\n".join(
    (ROOT / "guidance" / name).read_text(encoding="utf-8")
    for name in ("reasons.py", "conflicts.py")
)


def codes_after(label: str) -> set[str]:
    """Return the codes of the paragraph that begins with `label`."""
    paragraph = PAGE.split(label, 1)[1].split("\n\n", 1)[0]
    return set(re.findall(r"`([a-z_]+)`", paragraph))


def test_every_key_of_the_profile_is_on_the_page() -> None:
    assert [item.name for item in fields(Profile) if f"`{item.name}`" not in PAGE] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("label", "prefix"),
    [
        ("Reason codes:", "utter_reason_"),
        ("Warning codes:", "utter_warning_"),
        ("`notices` say", "utter_notice_"),
    ],
)
def test_codes_and_texts_are_the_same(label: str, prefix: str, language: str) -> None:
    named = codes_after(label) - {"options"}
    # The wording for one of a thing is of the same code.
    written = {
        name.removeprefix(prefix).removesuffix(SINGULAR)
        for name in load_texts().names(language)
        if name.startswith(prefix)
    }
    assert named == written


def test_every_remark_in_the_code_is_documented() -> None:
    used = set(re.findall(r'Remark\(\s*"([a-z_]+)"', REMARKS))
    assert used <= codes_after("Reason codes:") | codes_after("Warning codes:")
