"""What speaks for an intent besides the words: the question just asked, and the slots found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# Asked for by the dialogue without being a slot of the profile.
CONTACT = "contact"
YES_OR_NO = frozenset({"confirm_erase", "confirm_start_over", "consent", "handoff"})

# Scores to add; 0.7 doubles the odds of an intent. Chosen by cross-validation on the training
# data, what concerns questions on the validation messages.
ASKED_INFORM = 1.0
ASKED_UNSURE = 0.5
ASKED_CONTACT = 2.0
ASKED_YES_OR_NO = 1.5
ANSWER_FOUND = 2.0
ALL_FACTS = 1.0
FIRM_FACT = 1.0
LOOSE_FACT = 0.5
NO_FACT = -1.0
POINTED_AT = 1.0
REFINEMENT = 1.5
SPOKEN_ELSEWHERE = -1.5
NOTHING_SHOWN = -2.0
WISH_FOUND = 3.0
# To miss a person in distress is far worse than to ask one too many.
CRISIS = 0.7

# Beyond so many words an answer to a question is no longer a bare one.
BARE_WORDS = 4
# A message is nothing but facts if they cover this much of its letters.
BARE_SHARE = 0.6

# Entities that steer the talk and are no facts about the person.
_STEERING = frozenset(
    {"choice", "contact", "language_wish", "option", "ordinal", "plain_language", "refine"}
)
# Facts that are seldom said in passing; the others stand in many questions too.
_FIRM = frozenset(
    {
        "age_group",
        "budget_eur",
        "competence",
        "max_distance_km",
        "no_preference",
        "place",
        "situation",
        "start_by",
        "weekly_hours",
    }
)

# Asked for these, "cheaper" or "in the evening" is an answer.
_REFINED = frozenset(
    {"budget_eur", "field", "interest", "max_distance_km", "online_ok", "place", "schedule"}
    | {"start_by", "weekly_hours"}
)

Entity = Mapping[str, Any]


def gather_evidence(
    text: str, *, asked: str | None, entities: Sequence[Entity]
) -> dict[str, float]:
    """Return the score to add to each intent that something speaks for or against."""
    found: dict[str, float] = {"crisis": CRISIS}
    names = [str(entity.get("entity")) for entity in entities]
    facts = [item for item, name in zip(entities, names, strict=True) if name not in _STEERING]
    speakers = (
        _speak_of_facts(text, facts),
        _speak_of_steering(names, asked),
        _speak_of_question(text, asked, set(names)) if asked else (),
    )
    for speaker in speakers:
        for intent, score in speaker:
            found[intent] = found.get(intent, 0.0) + score
    return found


def _speak_of_facts(text: str, facts: Sequence[Entity]) -> Iterator[tuple[str, float]]:
    names = {str(fact.get("entity")) for fact in facts}
    if not names:
        yield "inform", NO_FACT
    elif names & _FIRM:
        yield "inform", FIRM_FACT
    else:
        yield "inform", LOOSE_FACT
    if facts and _share(text, facts) >= BARE_SHARE:
        yield "inform", ALL_FACTS


def _speak_of_steering(names: Sequence[str], asked: str | None) -> Iterator[tuple[str, float]]:
    if "language_wish" in names:
        yield "change_language", WISH_FOUND
    elif "teaching_languages" in names:
        yield "change_language", SPOKEN_ELSEWHERE
    if "plain_language" in names:
        yield "use_plain_language", WISH_FOUND
    # After a question a number or "halvempi" is an answer to it.
    if asked is None:
        if "ordinal" in names:
            yield "ask_details", 2 * POINTED_AT
            yield "explain_choice", POINTED_AT
            yield "save_option", POINTED_AT
            yield "compare_options", POINTED_AT * min(3, 2 * names.count("ordinal") - 1)
        if "refine" in names:
            yield "refine_options", REFINEMENT


def _speak_of_question(text: str, asked: str, names: set[str]) -> Iterator[tuple[str, float]]:
    if asked == CONTACT:
        yield "request_callback", ASKED_CONTACT
    elif asked in YES_OR_NO:
        yield "affirm", ASKED_YES_OR_NO
        yield "deny", ASKED_YES_OR_NO
    else:
        is_answered = bool(names & {asked, f"not_{asked}", "no_preference", "ordinal"})
        if len(text.split()) <= BARE_WORDS:
            if is_answered:
                yield "inform", ANSWER_FOUND
            yield "ask_details", NOTHING_SHOWN
            # "Shorter" answers none of these questions.
            if "refine" not in names or asked in _REFINED:
                yield "refine_options", NOTHING_SHOWN
        yield "inform", ASKED_INFORM
        yield "unsure", ASKED_UNSURE


def _share(text: str, facts: Sequence[Entity]) -> float:
    covered = {
        place
        for fact in facts
        for place in range(int(fact.get("start", 0)), int(fact.get("end", 0)))
    }
    letters = [place for place, character in enumerate(text) if character.isalnum()]
    return len(covered & set(letters)) / len(letters) if letters else 0.0
