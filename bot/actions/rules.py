"""The move that answers a question about rules: what holds today, its source and its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.actions.desk import Desk, language_of
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, TellRule
from guidance.presentation import Words
from guidance.profile import ANYWHERE, Profile
from guidance.rule_files import Source
from guidance.rules import DUE, ENDED, IN_ALAND, Stated, follow_up, stated
from opastin import formats

# Asked about right after an option was shown in full, this is about that option too.
_ABOUT_PRICE = "cost"


def tell_rule(desk: Desk, move: TellRule, profile: Profile, memory: Memory) -> tuple[Say, Memory]:
    """Tell a rule that holds today, or say who knows where none does."""
    told = stated(move.topic, desk.today, profile.place)
    words = _Words(desk, profile, told)
    price = words.price(memory) if move.topic == _ABOUT_PRICE else ()
    if told.is_told:
        closing = "\n".join((*words.added(), *price, words.origin()))
        values = {"closing": closing}
        return Say(told.rule.response, values, choices=move.choices), memory
    name = {ENDED: "utter_rule_ended", IN_ALAND: "utter_rule_in_aland"}.get(told.state, _NOT_YET)
    values = {"who": "\n".join((words.who(told.decided_by), *price))}
    if told.state == ENDED and told.rule.valid_to is not None:
        values["ended"] = formats.day(told.rule.valid_to, words.language)
    return Say(name, values, choices=move.choices), memory


_NOT_YET = "utter_rule_not_yet"


@dataclass(frozen=True)
class _Words:
    """The words around a rule, in the language of one person."""

    desk: Desk
    profile: Profile
    told: Stated

    @property
    def language(self) -> str:
        return language_of(self.profile)

    def who(self, code: str) -> str:
        return self._text(f"utter_rule_who_{code}")

    def added(self) -> Iterator[str]:
        """Yield what the rule means for this person."""
        item = follow_up(self.told.rule, self.profile)
        if item is not None:
            yield self._text(self.told.rule.response_to_add(item))

    def price(self, memory: Memory) -> Iterator[str]:
        """Yield the price of the option looked at last."""
        option = memory.looked_at
        if option is None:
            return
        if option.price_eur is None:
            yield self._text("utter_rule_price_unknown", title=option.title)
        elif option.price_eur == 0 and not option.price_max_eur:
            yield self._text("utter_rule_price_free", title=option.title)
        else:
            price = formats.money(option.price_eur, self.language, option.price_max_eur)
            yield self._text("utter_rule_price", title=option.title, price=price)

    def origin(self) -> str:
        """Return the last line: the source and the dates in a sentence, and whom to ask."""
        dated = list(self._dated())
        if self.profile.plain_language:
            # In easy language each is a sentence of its own.
            told = dated
        else:
            told = [f"{Words.sentence(', '.join(dated))}."] if dated else []
        return " ".join((*self._aland(), *told, *self._asked()))

    def _aland(self) -> Iterator[str]:
        rule = self.told.rule
        # Where the person is known to live elsewhere, Åland is no concern of theirs.
        if rule.not_in_aland and self.profile.place in (None, ANYWHERE):
            yield self._text("utter_rule_aland_note")

    def _dated(self) -> Iterator[str]:
        rule = self.told.rule
        if rule.source is not None:
            yield self._text("utter_rule_source", source=self._source(rule.source))
            yield from self._period(rule.valid_from, rule.valid_to)
        if self.told.state == DUE:
            if rule.source is not None and rule.source.read_on is not None:
                yield self._text("utter_rule_checked", day=self._day(rule.source.read_on))
            yield self._text("utter_rule_due", day=self._day(rule.review_by))

    def _asked(self) -> Iterator[str]:
        rule = self.told.rule
        if rule.source is None or self.told.state == DUE:
            yield self.who(rule.decided_by)

    def _period(self, since: date | None, until: date | None) -> Iterator[str]:
        answer = self._text(self.told.rule.response)
        if since is not None and self._day(since) not in answer:
            yield self._text("utter_rule_since", since=self._day(since))
        if until is not None and self._day(until) not in answer:
            yield self._text("utter_rule_until", until=self._day(until))

    def _source(self, source: Source) -> str:
        dated = self._day(source.dated) if isinstance(source.dated, date) else source.dated
        return " ".join(filter(None, (source.name[self.language], str(dated or ""))))

    def _day(self, day: date) -> str:
        return formats.day(day, self.language)

    def _text(self, name: str, **values: object) -> str:
        plain = bool(self.profile.plain_language)
        return self.desk.texts.text(name, self.language, plain=plain, **values)
