"""Everything that people read is there in every language: the same slots and buttons."""

from __future__ import annotations

import re

import pytest

from opastin.texts import LANGUAGES
from opastin.written import Written, read_written

EASY_OWED_OVER = 12
# Finnish has endings where the others have "in" and "from": the same slot, another form of it.
_FORM = re.compile(r"_(from|in|to)$")


def by_name() -> dict[tuple[str, str], dict[str, Written]]:
    texts: dict[tuple[str, str], dict[str, Written]] = {}
    for one in read_written():
        kind = f"{one.language}-easy" if one.is_easy else one.language
        texts.setdefault((one.source, one.name), {})[kind] = one
    return texts


TEXTS = by_name()
# Pages have no easy language of their own.
WITH_EASY = {key: kinds for key, kinds in TEXTS.items() if not key[0].startswith("strings")}


def slots(one: Written) -> set[str]:
    return {_FORM.sub("", slot) for slot in one.slots}


def test_every_text_is_there_in_every_language() -> None:
    assert len(TEXTS) > 500
    assert [key for key, kinds in TEXTS.items() if not kinds.keys() >= set(LANGUAGES)] == []


def test_no_text_is_empty() -> None:
    empty = [key for key, kinds in TEXTS.items() for one in kinds.values() if not one.text.strip()]
    assert empty == []


def test_a_text_has_the_same_slots_in_every_language_and_in_easy_language() -> None:
    differing = [
        key
        for key, kinds in TEXTS.items()
        if any(slots(one) != slots(kinds["fi"]) for one in kinds.values())
    ]
    assert differing == []


def test_buttons_send_the_same_in_every_language_and_in_easy_language() -> None:
    differing = [
        key
        for key, kinds in TEXTS.items()
        if any(one.payloads != kinds["fi"].payloads for one in kinds.values())
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_long_text_has_an_easy_version(language: str) -> None:
    owed = [
        key
        for key, kinds in WITH_EASY.items()
        if not kinds[language].is_label
        and len(kinds[language].text.split()) > EASY_OWED_OVER
        and f"{language}-easy" not in kinds
    ]
    assert owed == []
