"""Rules as files: what is refused, and that the packaged ones keep to what they know."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance.rule_files import DECIDERS, RuleError, read_rules
from guidance.rules import RULES, load_rules
from opastin import formats
from opastin.texts import LANGUAGES, load_texts, read_responses

FOLDERS = {*LANGUAGES, *(f"{language}-easy" for language in LANGUAGES)}
TEXTS = dict.fromkeys(sorted(FOLDERS), "Ask Kela.")
FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(RULES.glob("*.yml"))}
CITED = {item.stem: item for item in load_rules() if item.source is not None}
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2} [A-ZÅa-zå]+ (?:19|20)\d\d")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONEY = re.compile(r"\d+ ?(?:€|euro)|€ ?\d+")


def content(**changes: Any) -> dict[str, Any]:
    values = {
        "topic": "fee",
        "valid_from": "2026-01-01",
        "valid_to": None,
        "review_by": "2027-01-01",
        "decided_by": "kela",
        "source": {
            "name": {"fi": "Kela", "sv": "FPA", "en": "Kela"},
            "dated": 2026,
            "url": None,
            "read_on": None,
        },
        "texts": TEXTS,
    }
    return {**values, **changes}


def write(folder: Path, name: str = "fee", **changes: Any) -> Path:
    written = yaml.safe_dump(content(**changes), allow_unicode=True)
    # Dates in a file stand without quotes.
    written = re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", written)
    (folder / f"{name}.yml").write_text(written, encoding="utf-8")
    return folder


def texts_of(rule: dict[str, Any]) -> list[tuple[str, str]]:
    blocks = [rule["texts"], *(item["texts"] for item in rule.get("follow_ups", ()))]
    return [(folder, text) for block in blocks for folder, text in block.items()]


def test_a_rule_is_read(tmp_path: Path) -> None:
    (rule,) = read_rules(write(tmp_path, not_in_aland=True))
    assert (rule.topic, rule.response, rule.not_in_aland) == ("fee", "utter_faq_fee", True)
    assert rule.source is not None
    assert (rule.source.name["sv"], rule.source.dated) == ("FPA", 2026)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"review_by": None}, "'review_by' is not a date"),
        ({"review_by": "soon"}, "'review_by' is not a date"),
        ({"valid_to": "2025-12-31"}, "'valid_to' is before 'valid_from'"),
        ({"decided_by": "me"}, "'decided_by' is not one of"),
        ({"source": {"name": "Kela"}}, "source lacks 'dated'"),
        ({"texts": {**TEXTS, "fi": ""}}, "'texts.fi' is not a text"),
        ({"texts": {"fi": "Kysy."}}, "texts lacks 'en'"),
        ({"not_in_aland": "maybe"}, "'not_in_aland' is not true or false"),
        ({"region": "mars"}, "'region' is not one of"),
        ({"region": "aland", "not_in_aland": True}, "exclude each other"),
        ({"price": 45}, "the file has an unknown key: 'price'"),
        ({"follow_ups": [{"name": "a", "texts": TEXTS}]}, "follow_ups.1 lacks 'when'"),
        (
            {"follow_ups": [{"name": "a", "texts": TEXTS, "when": {"age_group": ["old"]}}]},
            "'follow_ups.1.when.age_group' is not one of",
        ),
        (
            {"follow_ups": [{"name": "a", "texts": TEXTS, "when": {"health": ["good"]}}]},
            "follow_ups.1.when has an unknown key: 'health'",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_key(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(RuleError) as error:
        read_rules(write(tmp_path, **changes))
    assert str(error.value).startswith("fee.yml: ")
    assert words in str(error.value)


@pytest.mark.parametrize("text", ["[", "just words", "- a list"])
def test_what_is_no_rule_at_all_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "fee.yml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"fee\.yml"):
        read_rules(tmp_path)


def test_a_version_for_aland_may_begin_on_the_same_day(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "fee_aland", region="aland")
    assert {rule.region for rule in read_rules(tmp_path)} == {None, "aland"}


def test_two_versions_cannot_begin_on_one_day(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "fee_new")
    with pytest.raises(RuleError, match=r"fee_new\.yml: 'valid_from' is that of fee\.yml"):
        read_rules(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_who_decides_has_words(language: str) -> None:
    names = {name for name in load_texts().names(language) if "utter_rule_who_" in name}
    assert names == {f"utter_rule_who_{code}" for code in DECIDERS}


def test_an_answer_is_a_response_with_room_for_its_source(tmp_path: Path) -> None:
    added = {"name": "young", "when": {"age_group": ["under_25"]}, "texts": TEXTS}
    responses = read_responses(tmp_path, write(tmp_path, follow_ups=[added]))
    assert set(responses) == FOLDERS
    assert responses["sv-easy"] == {
        "utter_faq_fee": {"text": "Ask Kela.\n{closing}"},
        "utter_faq_fee_young": {"text": "Ask Kela."},
    }


@pytest.mark.parametrize("stem", FILES)
def test_a_text_names_no_day_or_year_that_the_rule_does_not_hold(stem: str) -> None:
    rule = next(item for item in load_rules() if item.stem == stem)
    days = [day for day in (rule.valid_from, rule.valid_to) if day is not None]
    for folder, text in texts_of(FILES[stem]):
        language = folder.removesuffix("-easy")
        held = " ".join(formats.day(day, language) for day in days)
        assert all(found in held for found in DATE.findall(text)), (folder, text)
        assert all(found in held for found in YEAR.findall(text)), (folder, text)


@pytest.mark.parametrize("stem", FILES)
def test_a_sum_of_money_holds_from_a_day_and_has_a_source(stem: str) -> None:
    if any(MONEY.search(text) for _, text in texts_of(FILES[stem])):
        assert CITED[stem].valid_from is not None


@pytest.mark.parametrize("stem", sorted(FILES.keys() - CITED.keys()))
def test_advice_without_a_source_states_no_figures(stem: str) -> None:
    assert not [text for _, text in texts_of(FILES[stem]) if re.search(r"\d", text)]


# Small numbers may be words.
NUMBER_WORDS = {
    "5": r"viisi|fem|five",
    "6": r"kuusi|kuudesta|sex|six",
    "10": r"kymmenen|tio|ten",
}


def figures(text: str) -> set[str]:
    """Return the numbers of a text: those of days apart, words as figures, "1 600" as one."""
    plain = re.sub(r"(?<=\d)[\s,](?=\d{3}\b)", "", text)
    found = set(re.findall(r"\d+", plain))
    return found | {
        figure
        for figure, words in NUMBER_WORDS.items()
        if re.search(rf"\b(?:{words})\b", plain, re.IGNORECASE)
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", FILES)
def test_easy_language_holds_the_same_figures_and_days(stem: str, language: str) -> None:
    rule = FILES[stem]
    for block in (rule["texts"], *(item["texts"] for item in rule.get("follow_ups", ()))):
        easy, plain = block[f"{language}-easy"], block[language]
        assert figures(easy) == figures(plain), (easy, plain)


@pytest.mark.parametrize("stem", FILES)
def test_every_language_holds_the_same_figures(stem: str) -> None:
    rule = FILES[stem]
    for block in (rule["texts"], *(item["texts"] for item in rule.get("follow_ups", ()))):
        # The month of a day is a word in English.
        held = [figures(DATE.sub("", block[language])) for language in LANGUAGES]
        assert held[0] == held[1] == held[2], block


def test_figures_are_read_in_every_way_of_writing() -> None:
    assert figures("noin 1 600 tuntia, 15–30, kymmenen vuotta") == {"1600", "15", "30", "10"}
    assert figures("about 1,600 hours in six themes") == {"1600", "6"}


def test_sums_days_and_years_are_noticed() -> None:
    assert DATE.findall("1.8.2024, 1 August 2024") == ["1.8.2024", "1 August 2024"]
    assert YEAR.findall("vuonna 2025") == ["2025"]
    assert MONEY.search("45 euroa")
