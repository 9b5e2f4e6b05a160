"""What a field or an occupation is to the person when no word around it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.subjects import Role, Subject

WISH_SLOTS = frozenset(("field", "interest", "goal"))
HELD_SLOTS = frozenset(("competence", "education", "situation"))

# Who says such a thing tells of oneself.
_OF_ONESELF = frozenset(("situation", "age_group"))
# A field named without a wish counts among few other words, a little word beside one at most.
_FEW = 3
_TELLING_LETTERS = 9
# How many words may narrow a field that is only named.
_MODIFIERS = 2
# Cards are had, unless somebody wishes for one.
_CARD = re.compile(r"\w*(?:kort|card|pass|lup|licen[cs]|intyg|certificat)\w{0,5}|\w+lov")
_VERBAL = (
    "cue:held", "cue:graduated", "cue:home", "cue:away", "cue:service", "first_person",
    "second_person", "relative", "negation:always", "doing_plain", "question_word", "asking",
    "schooling", "workplace_field",
)  # fmt: skip
_SMALL_WORDS = (
    "light", "courtesy", "turn:joining", "turn:or", "turn:contrast", "preposition:at", "cue:seek",
    "negation:always", "limit", "per_week", "abbreviation", "unit:credits", "unit:hours", "hollow",
)  # fmt: skip


class Surroundings:
    """What else a message says beside its subjects."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        roles: Sequence[Role],
        phrases: Phrases,
        said: Sequence[Mention],
        asked: str | None,
    ) -> None:
        """Take the roles decided so far, the other facts and the slot asked for."""
        self.phrases = phrases
        self.asked = asked
        # Whether it tells of oneself, or wishes, in any words.
        self.telling = bool({Role.WISHED, Role.HELD} & {*roles}) or bool(phrases.all("cue:wish"))
        told = bool(phrases.all("abroad") or phrases.all("parent_oneself"))
        self.of_oneself = told or any(one.slot in _OF_ONESELF for one in said)
        self._held = [
            one
            for one, role in zip(subjects, roles, strict=True)
            if role is Role.HELD and one.entry is not None and not one.is_level
        ]
        self._wished = Role.WISHED in roles
        self._last = subjects[-1] if subjects else None
        spans = [(one.match.first, one.match.last) for one in subjects]
        spans += [(one.first, one.last) for one in said]
        named = {place for span in spans for place in range(*span)}
        self._others = [
            token
            for place, token in enumerate(phrases.reading.tokens)
            if token.kind == "word"
            and place not in named
            and not any(phrases.covers(kind, place) for kind in _SMALL_WORDS)
        ]

    def others(self) -> int:
        """Return how many words name no fact and are no small ones."""
        return len(self._others)

    def stands_alone(self, subject: Subject) -> bool:
        """Tell whether its clause says nothing else."""
        return not self.others_beside(subject)

    def others_beside(self, subject: Subject) -> int:
        """Return how many words of its clause name no fact and are no small ones."""
        clause = self.phrases.reading.tokens[subject.match.first].clause
        return sum(token.clause == clause for token in self._others)

    def ends_list_item(self, subject: Subject) -> bool:
        """Tell whether it ends a clause of few words without a verb: "child psychology"."""
        tokens = self.phrases.reading.tokens
        match = subject.match
        first = match.first
        while first and tokens[first - 1].clause == tokens[match.first].clause:
            first -= 1
        ends = match.last == len(tokens) or tokens[match.last].kind == "mark"
        if not ends or match.first - first > _MODIFIERS:
            return False
        return all(token.kind == "word" for token in tokens[first : match.first]) and not any(
            self.phrases.covers(kind, place)
            for kind in _VERBAL
            for place in range(first, match.first)
        )

    def is_for(self, subject: Subject) -> bool:
        """Tell whether somebody asks what is needed for it."""
        before = subject.match.first - 1
        return before >= 0 and self.phrases.covers("needed_for", before)

    def is_next(self, subject: Subject) -> bool:
        """Tell whether it stands last and alone after what one is: "olen kokki. eräopas"."""
        tokens = self.phrases.reading.tokens
        if self._wished or not self._held or subject is not self._last:
            return False
        sentence = tokens[subject.match.first].sentence
        return self.fills_sentence(subject) and all(
            tokens[one.match.first].sentence < sentence for one in self._held
        )

    def fills_sentence(self, subject: Subject) -> bool:
        """Tell whether its sentence says nothing else."""
        tokens = self.phrases.reading.tokens
        sentence = tokens[subject.match.first].sentence
        words = [
            place
            for place, token in enumerate(tokens)
            if token.sentence == sentence and token.kind != "mark"
        ]
        return words == list(range(subject.match.first, subject.match.last))

    def more_sentences(self, subject: Subject) -> bool:
        """Tell whether other sentences say something that no fact names."""
        sentence = self.phrases.reading.tokens[subject.match.first].sentence
        return any(token.sentence != sentence for token in self._others)


def untold_role(subject: Subject, around: Surroundings) -> Role:
    """Return what a subject is that nothing around it tells of."""
    phrases, others, match = around.phrases, around.others(), subject.match
    if around.asked in WISH_SLOTS:
        return Role.WISHED
    if around.asked in HELD_SLOTS:
        return Role.HELD
    if phrases.is_question(match.first) and others:
        # "Juridik eller sjörätt?", "how to get into IT studies?", "Finnish for a nurse?"
        named = around.stands_alone(subject) or phrases.covers("study_word", match.last)
        return Role.WISHED if named or around.is_for(subject) else Role.UNCLEAR
    if subject.entry is None:
        few = _FEW if match.weight >= _TELLING_LETTERS else 1
        alone = around.stands_alone(subject) or around.ends_list_item(subject)
        return Role.WISHED if alone or others <= few else Role.UNCLEAR
    if subject.entry["kind"] == "skill" or phrases.covers("situation", match.first):
        return Role.HELD
    if around.is_next(subject):
        return Role.WISHED
    if is_card(phrases.reading.tokens[match.last - 1].word):
        return Role.HELD
    if subject.is_level:
        few = around.others_beside(subject) <= _MODIFIERS
        bare = others == 0 or (around.of_oneself and few)
        return Role.HELD if bare else Role.UNCLEAR
    if around.telling or around.of_oneself or phrases.all("cue:held"):
        return Role.HELD
    if phrases.covers("preposition:from", match.last) or phrases.beside("abroad", match.first):
        return Role.HELD
    # "Sosionomi Seinäjoella iltaisin" is a search; "lähihoitaja, 45 v" tells of oneself.
    numbers = any(token.kind == "number" for token in phrases.reading.tokens)
    searched = others <= _FEW and not around.more_sentences(subject)
    return Role.WISHED if searched and not numbers else Role.HELD


def is_card(word: str) -> bool:
    """Tell whether a word names a card or a licence, not somebody who has it."""
    return _CARD.fullmatch(word) is not None
