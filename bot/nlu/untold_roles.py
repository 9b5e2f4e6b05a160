"""What a field or an occupation is to the person when no word around it tells."""

from __future__ import annotations

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
        from_abroad = bool(phrases.all("abroad"))
        self.of_oneself = from_abroad or any(one.slot in _OF_ONESELF for one in said)
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
        clause = self.phrases.reading.tokens[subject.match.first].clause
        return not any(token.clause == clause for token in self._others)


def untold_role(subject: Subject, around: Surroundings) -> Role:
    """Return what a subject is that nothing around it tells of."""
    phrases, others = around.phrases, around.others()
    if around.asked in WISH_SLOTS:
        return Role.WISHED
    if around.asked in HELD_SLOTS:
        return Role.HELD
    if phrases.is_question(subject.match.first) and others:
        return Role.UNCLEAR
    if subject.entry is None:
        few = _FEW if subject.match.weight >= _TELLING_LETTERS else 1
        alone = around.stands_alone(subject)
        return Role.WISHED if alone or others <= few else Role.UNCLEAR
    if subject.entry["kind"] == "skill" or phrases.covers("situation", subject.match.first):
        return Role.HELD
    if subject.is_level:
        bare = others == 0 or (around.of_oneself and around.stands_alone(subject))
        return Role.HELD if bare else Role.UNCLEAR
    if around.telling or around.of_oneself or phrases.all("cue:held"):
        return Role.HELD
    # "Sosionomi Seinäjoella iltaisin" is a search; "lähihoitaja, 45 v" tells of oneself.
    numbers = any(token.kind == "number" for token in phrases.reading.tokens)
    return Role.WISHED if others <= _FEW and not numbers else Role.HELD
