"""Turns in which a person answers, corrects, takes back, or does not know."""

from __future__ import annotations

import re

from guidance import dialogue_choices as buttons
from guidance.dialogue_activities import begin
from guidance.dialogue_moves import WHATEVER_WAS_ASKED
from guidance.dialogue_profile import change, knows_anything
from guidance.dialogue_questions import QUESTIONS, SUBJECT, knows_subject, wording
from guidance.dialogue_talk import Talk
from guidance.mapping_state import NAME as MAPPING


def inform(talk: Talk) -> None:
    """Take what was said, and go on from there."""
    turn, memory = talk.turn, talk.memory
    indifferent = turn.no_preference
    if indifferent == WHATEVER_WAS_ASKED:
        indifferent = memory.pending
    if indifferent in ("interest", "field"):
        unsure(talk)
        return
    if indifferent is not None and indifferent not in turn.facts:
        talk.acknowledge()
        open_up(talk, indifferent)
        return
    if turn.facts.get("goal") == "unsure" and not knows_subject(talk.profile):
        unsure(talk)
        return
    if _takes_up_mapping(talk):
        begin(talk, MAPPING)
        return
    talk.acknowledge()
    if memory.pending is not None:
        if talk.changed:
            talk.ask_otherwise(memory.pending)
        else:
            talk.ask(memory.pending)
    elif not memory.searched:
        talk.go_on()
    elif talk.changed or turn.refused:
        talk.show("changed")
    elif turn.facts:
        talk.show("again")
    else:
        ask_what_next(talk)


def _takes_up_mapping(talk: Talk) -> bool:
    """Say whether a yes answers the offer to look together at what the person can do."""
    is_offered = talk.memory.pending in SUBJECT and talk.memory.unsure == len(_UNSURE)
    return is_offered and talk.turn.intent == "affirm" and not talk.turn.facts


def open_up(talk: Talk, slot: str) -> None:
    """Take "it doesn't matter": drop the limit or leave the question open, and go on."""
    if slot in talk.profile.to_dict():
        limits = {"place": None, "places": None} if slot == "place" else {slot: None}
        folded = change(talk.profile, limits)
        talk.profile = folded.profile
        talk.remember(history=talk.memory.with_answer(slot, folded.before))
        talk.say("utter_no_preference")
    else:
        talk.remember(history=talk.memory.with_answer(slot, {}))
        talk.say("utter_left_open")
    if slot in QUESTIONS:
        talk.settle(slot)
    if talk.memory.searched:
        talk.show("changed")
    elif talk.memory.pending is not None:
        talk.resume()
    else:
        talk.go_on()


def correct(talk: Talk) -> None:
    """Put a corrected value in place of the old one."""
    turn = talk.turn
    if "place" in turn.refused and talk.profile.place is None:
        talk.acknowledge()
        talk.ask("place")
    elif talk.changed or turn.facts or turn.refused:
        inform(talk)
    elif knows_anything(talk.profile):
        talk.say("utter_correct_which", about=talk.profile.to_dict(), asked=talk.memory.pending)
    else:
        talk.say("utter_correct_open", asked=talk.memory.pending)


def deny(talk: Talk) -> None:
    """Take a no: to a question it leaves it open, to options it asks what was wrong."""
    slot = talk.memory.pending
    if talk.changed:
        inform(talk)
    elif slot in SUBJECT:
        unsure(talk)
    elif slot is not None:
        _leave_open(talk, slot)
    elif talk.memory.searched:
        choices = buttons.refinements(talk.profile, talk.memory)
        talk.say("utter_options_rejected", choices=choices)
    else:
        talk.go_on()


def unsure(talk: Talk) -> None:
    """Never leave a person without a way on: directions, what one has done, at last a coach."""
    talk.acknowledge()
    slot, times = talk.memory.pending, talk.memory.unsure
    if slot is not None and slot not in SUBJECT:
        _leave_open(talk, slot)
    elif knows_subject(talk.profile) and talk.memory.searched:
        ask_what_next(talk)
    elif knows_subject(talk.profile):
        talk.go_on()
    elif times < len(_UNSURE):
        talk.settle("goal")
        asked = tuple(dict.fromkeys((*talk.memory.asked, "interest")))
        talk.remember(unsure=times + 1, pending="interest", asked=asked)
        talk.say(_UNSURE[times], choices=buttons.directions(times), asked="interest")
    else:
        for name in SUBJECT:
            talk.settle(name)
        talk.say("utter_unsure_options")
        talk.go_on()


def asks_to_be_told(talk: Talk) -> bool:
    """Say whether "you tell me" is said while what to study is open."""
    is_open = talk.memory.pending in SUBJECT or not knows_subject(talk.profile)
    return is_open and says_tell_me(talk.turn.text)


def says_tell_me(text: str) -> bool:
    """Say whether the choice is left to the bot: "you tell me"."""
    return bool(_TELL_ME.search(text))


def _leave_open(talk: Talk, slot: str) -> None:
    """Take a no for an answer; ask in other words when it may not have been one."""
    if talk.turn.is_sure or wording(slot, talk.memory) is None:
        open_up(talk, slot)
    else:
        talk.ask(slot)


def go_back(talk: Talk) -> None:
    """Take back the last answer and ask for it again."""
    if not talk.memory.history:
        talk.say("utter_go_back_nowhere")
        talk.resume()
        return
    *earlier, last = talk.memory.history
    talk.profile = change(talk.profile, last.before).profile
    settled = tuple(slot for slot in talk.memory.settled if slot != last.slot)
    talk.remember(history=tuple(earlier), settled=settled)
    talk.say("utter_go_back_done")
    if last.slot in QUESTIONS and last.slot in talk.memory.asked:
        talk.remember(pending=last.slot)
        if last.slot not in _CHANGES_NO_LIST:
            talk.remember(searched=False, shown=(), offset=0, total=0)
        talk.resume()
    elif talk.memory.searched:
        talk.show("changed")
    else:
        start(talk)


def start(talk: Talk) -> None:
    """Begin, or go on from where the conversation is."""
    if talk.changed:
        inform(talk)
    elif talk.memory.pending is not None:
        talk.ask_once_more(talk.memory.pending)
    elif talk.memory.searched:
        ask_what_next(talk)
    else:
        talk.go_on()


def ask_what_next(talk: Talk) -> None:
    """Offer what can be done with the options shown."""
    talk.say("utter_what_next", choices=buttons.after_options(talk.profile, talk.memory))


# Asked because of a rule: the options shown do not hang on them.
_CHANGES_NO_LIST = frozenset({"age_group"})
_UNSURE = ("utter_unsure_first", "utter_unsure_again", "utter_unsure_third")
_TELL_ME = re.compile(
    r"^\W*(no |nå |nå, |well,? )?(sano|kerro|ehdota|päätä|valitse) (sä|sinä|sie|nyt sä|sää)\b"
    r"|^\W*(no |nå |nå, )?(säg|föreslå|bestäm|välj) (du|själv)\b"
    r"|\byou (tell me|decide|choose|pick|suggest)\b",
    re.IGNORECASE,
)
