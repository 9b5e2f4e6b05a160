"""Turns about rules: the answer to a question, and the one thing asked because of a rule."""

from __future__ import annotations

from guidance.dialogue_moves import TellRule
from guidance.dialogue_talk import Talk
from guidance.rules import depends_on, follow_up, stated

AGE = "age_group"
# What an answer about one's age may be taken for.
_MAY_TELL_AGE = frozenset(
    {"affirm", "correct", "deny", "inform", "nlu_fallback", "out_of_scope", "unsure"}
)
_LEAVES_AGE_OPEN = frozenset({"deny", "unsure"})


def tell(talk: Talk, topic: str) -> None:
    """Answer a question about the rules."""
    if talk.memory.pending != AGE:
        # An open question about age belongs to the rule that it was asked for.
        talk.remember(rule=topic)
    talk.do(TellRule(topic))


def ask_what_it_depends_on(talk: Talk) -> bool:
    """Ask for the person's age once, where the rule told turns on it; False where it does not."""
    memory, today = talk.memory, talk.turn.today
    is_busy = memory.expecting is not None or memory.activity is not None
    if memory.rule is None or today is None or is_busy or AGE in (*memory.asked, *memory.settled):
        return False
    told = stated(memory.rule, today, talk.profile.place)
    if not (told.is_told and depends_on(told.rule, talk.profile, AGE)):
        return False
    talk.ask(AGE)
    return True


def take_age(talk: Talk) -> bool:
    """Say what an answer about age means for the rule told last; False when there was none."""
    if talk.memory.rule is None or AGE not in talk.memory.asked:
        return False
    if AGE in talk.changed and talk.turn.intent in _MAY_TELL_AGE:
        _say_what_fits(talk, talk.memory.rule)
    elif talk.memory.pending == AGE and _is_left_open(talk):
        talk.settle(AGE)
        talk.say("utter_rule_age_unsaid")
        talk.resume()
    else:
        return False
    return True


def _is_left_open(talk: Talk) -> bool:
    turn = talk.turn
    if talk.changed or turn.intent not in _MAY_TELL_AGE:
        return False
    return turn.no_preference is not None or turn.intent in _LEAVES_AGE_OPEN


def _say_what_fits(talk: Talk, topic: str) -> None:
    talk.acknowledge()
    today = talk.turn.today
    told = None if today is None else stated(topic, today, talk.profile.place)
    added = follow_up(told.rule, talk.profile) if told is not None and told.is_told else None
    if told is not None and added is not None and AGE in added.when:
        talk.say(told.rule.response_to_add(added))
    if talk.memory.searched and set(talk.changed) - {AGE}:
        talk.show("changed")
    else:
        talk.resume()
