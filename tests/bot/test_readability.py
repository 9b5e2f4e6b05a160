"""Everything that people read: short sentences, no officialese, one tone, in every language."""

from __future__ import annotations

import re
from functools import cache

import pytest
import yaml

from opastin.readability import by_kind, measure
from opastin.settings import ROOT
from opastin.texts import LANGUAGES
from opastin.written import DATA, Written, read_written

TEXTS = read_written()
AVOIDED = yaml.safe_load((DATA / "officialese.yml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "reference" / "readability.md").read_text(encoding="utf-8")
LONGEST_SENTENCE = {"fi": 16, "sv": 20, "en": 22}
LONGEST_EASY_SENTENCE = 11
# LIX of fewer words says little: one compound more or less changes it by ten.
STEADY = 20
HIGHEST_LIX = {"fi": 72, "sv": 46, "en": 43, "fi-easy": 60, "sv-easy": 40, "en-easy": 35}
HIGHEST_LIX_TOGETHER = {
    "fi": 47, "sv": 27, "en": 24, "fi-easy": 42, "sv-easy": 24, "en-easy": 20,
}  # fmt: skip
# Here the words are meant: what somebody does at work.
MEANT = frozenset({"utter_about_competence_customer_service", "utter_about_competence_purchasing"})
# What coaches read may have their trade's long words, and "henkilö" is whom they help.
MEANT_AT_DESK = frozenset({"henkilö", "henkilön", "henkilöt", "henkilöiden"})
# Said to two people, so "te" is right.
TO_TWO = frozenset({"utter_two_people", "two_note", "two_note_easy"})
TE_FORM = re.compile(
    r"\b(te|teidän|teidät|teihin|teille|teillä|teiltä|teissä|teistä|teitä|\w+tte)\b"
)


def kind(one: Written) -> str:
    return f"{one.language}-easy" if one.is_easy else one.language


def of(language: str) -> list[Written]:
    return [one for one in TEXTS if one.language == language and one.name not in MEANT]


def is_of_desk(one: Written) -> bool:
    return one.source.startswith("strings/desk") or one.name.startswith("desk_")


def where(one: Written) -> tuple[str, str, str]:
    return one.source, one.name, kind(one)


@cache
def pattern(words: str) -> re.Pattern[str]:
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in words.split())
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)


def avoided_words(part: str, text: str) -> list[str]:
    lists = AVOIDED[part].values()
    return [words for listed in lists for words in listed if pattern(words).search(text)]


def test_texts_of_every_kind_are_found() -> None:
    assert {one.source.split("/")[0] for one in TEXTS} == {"responses", "data", "strings"}
    assert {kind(one) for one in TEXTS} == set(HIGHEST_LIX)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    long = [
        (*where(one), measure(one.text).longest_sentence)
        for one in of(language)
        if measure(one.text).longest_sentence
        > (LONGEST_EASY_SENTENCE if one.is_easy else LONGEST_SENTENCE[language])
    ]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_longer_text_is_hard_to_read(language: str) -> None:
    hard = [
        (*where(one), round(measure(one.text).lix))
        for one in of(language)
        if not is_of_desk(one)
        and measure(one.text).words >= STEADY
        and measure(one.text).lix > HIGHEST_LIX[kind(one)]
    ]
    assert hard == []


def test_the_texts_together_read_easily() -> None:
    for name, figures in by_kind(TEXTS).items():
        assert figures.lix <= HIGHEST_LIX_TOGETHER[name], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_easy_language_reads_more_easily_than_the_ordinary(language: str) -> None:
    kinds = by_kind(TEXTS)
    assert kinds[f"{language}-easy"].lix < kinds[language].lix


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_the_bounds(language: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {language} |"))
    easy = next(line for line in PAGE.splitlines() if line.startswith(f"| {language}-easy |"))
    bounds = (LONGEST_SENTENCE[language], HIGHEST_LIX[language], HIGHEST_LIX_TOGETHER[language])
    assert row.split("|")[2:5] == [f" {bound} " for bound in bounds]
    easy_bounds = (
        LONGEST_EASY_SENTENCE,
        HIGHEST_LIX[f"{language}-easy"],
        HIGHEST_LIX_TOGETHER[f"{language}-easy"],
    )
    assert easy.split("|")[2:5] == [f" {bound} " for bound in easy_bounds]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_holds_officialese(language: str) -> None:
    found = [
        (
            *where(one),
            set(avoided_words(language, one.text)) - (MEANT_AT_DESK if is_of_desk(one) else set()),
        )
        for one in of(language)
    ]
    assert [item for item in found if item[-1]] == []


def test_swedish_is_that_of_finland() -> None:
    found = [(*where(one), avoided_words("sweden", one.text)) for one in of("sv")]
    assert [item for item in found if item[-1]] == []


@pytest.mark.parametrize(
    ("part", "text", "word"),
    [
        ("fi", "Kerro, mikäli haluat jatkaa.", "mikäli"),
        ("fi", "Asiakkaan tiedot", "asiakk*"),
        ("fi", "Hakemus tulee toimittaa koululle.", "tulee toimittaa"),
        ("sv", "Du erhåller ett betyg.", "erhåll*"),
        ("en", "Utilise the form.", "utilis*"),
        ("sweden", "Fråga Arbetsförmedlingen.", "arbetsförmedling*"),
        ("sweden", "30 högskolepoäng", "högskolepoäng"),
    ],
)
def test_officialese_is_noticed(part: str, text: str, word: str) -> None:
    assert avoided_words(part, text) == [word]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("fi", "työn ohessa"),
        ("fi", "Suorita tutkinto."),
        ("sv", "Du kunde fråga."),
        ("en", "Start"),
    ],
)
def test_everyday_words_are_left_alone(part: str, text: str) -> None:
    assert avoided_words(part, text) == []


def test_finnish_says_sina() -> None:
    texts = [one for one in of("fi") if one.name not in TO_TWO]
    assert [where(one) for one in texts if TE_FORM.search(one.text.casefold())] == []
    assert TE_FORM.search("voitte kysyä")
    assert not TE_FORM.search("tämä on sinun")


def test_only_the_greeting_has_an_exclamation_mark() -> None:
    assert {one.name for one in TEXTS if "!" in one.text} == {"utter_greet"}
