"""The check of career-planning skills: what answers mean, and what stands out."""

from __future__ import annotations

import pytest

from guidance.career_skills import CareerState, answer_in, load_career_skills
from guidance.dialogue_memory import Memory
from opastin.texts import LANGUAGES, load_texts

AREAS = load_career_skills().areas


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("fi", "2", "2"),
        ("fi", "Aika hyvin.", "3"),
        ("fi", "ei yhtään", "1"),
        ("fi", "no en oikein", "2"),
        ("fi", "joo ihan hyvin kai", "3"),
        ("fi", "tosi hyvin", "4"),
        ("fi", "hyvin huonosti", "1"),
        ("fi", "ei mene hyvin", "2"),
        ("fi", "vähäsen", "2"),
        ("fi", "en osaa sanoa", "skip"),
        ("fi", "no en mä osaa sanoa", "skip"),
        ("fi", "en oikein osaa sanoa", "skip"),
        ("fi", "en osaa oikein sanoa", "skip"),
        ("fi", "huonosti", "1"),
        ("fi", "ei huonosti", "3"),
        ("fi", "ei kovin huonosti", "3"),
        ("fi", "ei yhtään huonosti", "3"),
        ("fi", "ei mene huonosti", "3"),
        ("fi", "ei, huonosti", "1"),
        ("fi", "en, aika hyvin kyllä", "3"),
        ("fi", "ei vähääkään", "1"),
        ("fi", "ok", "3"),
        ("fi", "okei", "3"),
        ("fi", "hyvin", "4"),
        ("fi", "hyvä", "4"),
        ("fi", "en vielä hyvin", "1"),
        ("fi", "jotenkin", "2"),
        ("sv", "inte så bra", "2"),
        ("sv", "ganska bra", "3"),
        ("sv", "inte alls", "1"),
        ("sv", "vet inte", "skip"),
        ("sv", "bra", "4"),
        ("sv", "dåligt", "1"),
        ("sv", "inte dåligt", "3"),
        ("sv", "inte så illa", "3"),
        ("sv", "inte alls dåligt", "3"),
        ("sv", "nej, dåligt", "1"),
        ("sv", "inte bra ännu", "1"),
        ("sv", "någorlunda", "2"),
        ("sv", "okej", "3"),
        ("en", "not at all", "1"),
        ("en", "well, not really", "2"),
        ("en", "I don't know", "skip"),
        ("en", "very well", "4"),
        ("en", "good", "4"),
        ("en", "not good", "2"),
        ("en", "bad", "1"),
        ("en", "not bad", "3"),
        ("en", "not too badly", "3"),
        ("en", "no, badly", "1"),
        ("en", "not well yet", "1"),
        ("en", "so-so", "2"),
        ("en", "ok", "3"),
    ],
)
def test_short_answers_are_placed_on_the_scale(language: str, text: str, answer: str) -> None:
    assert answer_in(text, language) == answer


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "asun Vaasassa"),
        ("fi", "miten hyvin tästä maksetaan?"),
        ("fi", "haluaisin työn jossa maksetaan oikein hyvin"),
        ("sv", "jag bor i Vasa"),
        ("en", "I live in Vaasa"),
    ],
)
def test_other_messages_are_no_answers(language: str, text: str) -> None:
    assert answer_in(text, language) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", ["1", "2", "3", "4"])
def test_the_words_of_a_button_typed_mean_what_it_means(language: str, value: str) -> None:
    title = load_texts().text(f"utter_choice_career_{value}", language)
    assert answer_in(title, language, whole=True) == value


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(
    ("language", "beginning"),
    [("fi", "kuinka hyvin"), ("sv", ("hur bra", "hur väl")), ("en", "how well")],
)
def test_a_place_on_the_scale_answers_every_question(
    language: str, beginning: str | tuple[str, ...], area: str, plain: bool
) -> None:
    beginnings = (beginning,) if isinstance(beginning, str) else beginning
    for name in (f"utter_ask_career_{area}", f"utter_ask_career_{area}_again"):
        question = load_texts().text(name, language, plain=plain).casefold()
        assert any(words in question for words in beginnings), question


def test_a_whole_answer_has_no_other_words() -> None:
    assert answer_in("ei yhtään", "fi", whole=True) == "1"
    assert answer_in("ei huonosti", "fi", whole=True) == "3"
    assert answer_in("mulla ei mene hyvin", "fi", whole=True) is None


def test_areas_are_asked_in_order_and_can_be_passed_over() -> None:
    state = CareerState().answering(3).skipping()
    assert state.answers == {AREAS[0]: 3}
    assert state.skipped == (AREAS[1],)
    assert state.area == AREAS[2]


def test_the_last_answer_can_be_taken_back() -> None:
    state = CareerState().answering(3).skipping()
    assert state.back() == CareerState().answering(3)
    assert state.back().back() == CareerState()
    assert CareerState().back() == CareerState()


def test_all_areas_answered_leave_nothing_to_ask() -> None:
    state = CareerState()
    for _ in AREAS:
        state = state.answering(2)
    assert state.area is None
    assert state.answering(4) == state


def test_the_strongest_and_the_weakest_are_the_first_of_equals() -> None:
    state = CareerState(dict(zip(AREAS, (3, 1, 4, 1, 4, 3), strict=True)))
    assert (state.strongest(), state.weakest()) == (AREAS[2], AREAS[1])


def test_without_differences_nothing_is_called_strongest() -> None:
    assert CareerState({AREAS[0]: 4, AREAS[1]: 4}).strongest() is None
    assert CareerState().strongest() is None
    assert CareerState().weakest() is None


def test_the_state_survives_the_memory_and_unknown_keys() -> None:
    state = CareerState().answering(3).skipping()
    memory = Memory.from_dict(Memory(progress={"career": state.to_dict()}).to_dict())
    assert CareerState.of(memory) == state
    assert CareerState.of(Memory(progress={"career": {"old": 1}})) == CareerState()
