"""Tell from a reply's words which response it is; names cannot be seen from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opastin.texts import Texts

Reply = Mapping[str, Any]

# Questions that are rightly asked more than once: each time they are about something else.
EACH_TIME = frozenset({"confirm_erase", "confirm_start_over", "mapping_confirm"})
_QUESTION = re.compile(r"utter_(?:ask|resume)_(?P<slot>[a-z_]+?)(?:_again)?$")
# Questions whose words do not have the name of their slot.
_OTHER_QUESTIONS = {
    "utter_unsure_first": "interest",
    "utter_unsure_again": "interest",
    "utter_refine_other_field": "field",
    "utter_callback_ask": "contact",
    "utter_callback_ask_again": "contact",
    "utter_erase_confirm": "confirm_erase",
    "utter_start_over_confirm": "confirm_start_over",
    "utter_mapping_proposed": "mapping_confirm",
    "utter_mapping_proposed_again": "mapping_confirm",
    "utter_mapping_proposed_more": "mapping_confirm",
    "utter_mapping_own": "mapping_confirm",
}
_NO_QUESTIONS = frozenset({"utter_resume_anytime", "utter_resume_anytime_again"})
# With fewer fixed characters than this, a response is nearly all value and seen everywhere.
_TELLING_CHARACTERS = 8


class Recogniser:
    """Knows the words of every response."""

    def __init__(self, texts: Texts) -> None:
        """Recognise the responses of `texts`."""
        self._texts = texts
        self._patterns: dict[tuple[str, str, bool], re.Pattern[str]] = {}

    def says(self, reply: Reply, name: str) -> bool:
        """Say whether a reply's words are those of the response, in easy language or not."""
        return any(self._matches(reply, name, plain=plain) for plain in (False, True))

    def question(self, reply: Reply) -> tuple[str, str] | None:
        """Return the slot that a reply asks for and the response it does it with, or None."""
        for name, slot in self._questions(str(reply["language"])):
            if self.says(reply, name):
                return slot, name
        return None

    def not_easy(self, reply: Reply) -> str | None:
        """Return the response whose ordinary words a reply has although easy ones exist."""
        names = sorted(self._texts.names(str(reply["language"])))
        if any(self._has_words(reply, name, plain=True) for name in names):
            return None
        return next((name for name in names if self._has_words(reply, name, plain=False)), None)

    def _has_words(self, reply: Reply, name: str, *, plain: bool) -> bool:
        text = self._texts.text(name, str(reply["language"]), plain=plain)
        return _is_telling(text) and self._matches(reply, name, plain=plain)

    def _questions(self, language: str) -> Iterator[tuple[str, str]]:
        names = self._texts.names(language)
        yield from ((name, slot) for name, slot in _OTHER_QUESTIONS.items() if name in names)
        for name in names - _NO_QUESTIONS:
            match = _QUESTION.fullmatch(name)
            if match is not None:
                yield name, match["slot"]

    def _matches(self, reply: Reply, name: str, *, plain: bool) -> bool:
        key = (name, str(reply["language"]), plain)
        if key not in self._patterns:
            self._patterns[key] = _pattern(self._texts.text(name, key[1], plain=plain))
        return self._patterns[key].fullmatch(str(reply["text"])) is not None


def _is_telling(words: str) -> bool:
    return sum(map(len, re.split(r"\{\w+\}", words))) >= _TELLING_CHARACTERS


def _pattern(words: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", words)
    return re.compile(".+".join(map(re.escape, parts)), re.DOTALL)
