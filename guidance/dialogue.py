"""Decide what the bot does next: one pure function over profile, memory and turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from guidance import dialogue_answers as answers
from guidance import dialogue_asides as asides
from guidance import dialogue_career as career
from guidance import dialogue_coach as coaches
from guidance import dialogue_compare as weighing
from guidance import dialogue_crisis as crises
from guidance import dialogue_gaps as gaps
from guidance import dialogue_intents as intents
from guidance import dialogue_mapping as mapping
from guidance import dialogue_options as options
from guidance import dialogue_people as people
from guidance import dialogue_plan as planning
from guidance import dialogue_rules as rules
from guidance import dialogue_which as which
from guidance.dialogue_activities import ACTIVITIES, begin, is_meant, take_step
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import WHATEVER_WAS_ASKED, Decision, Turn
from guidance.dialogue_openings import ways_on
from guidance.dialogue_reading import as_answer, begin_talk, without_idle_words
from guidance.dialogue_talk import Talk
from guidance.mapping_state import NAME as MAPPING
from guidance.profile import Profile

_TIMES = frozenset({"schedule", "start_by"})


def decide(profile: Profile, memory: Memory, turn: Turn) -> Decision:
    """Return what to say and show for `turn`, and the profile and memory after it."""
    if turn.intent in intents.NEEDS_TO_BE_SURE and not turn.is_sure:
        turn = replace(turn, intent=intents.FALLBACK)
    if memory.hushed and crises.denies_distress(turn):
        turn = replace(turn, intent="deny")
    if crises.is_in_need(turn):
        turn = replace(turn, intent=crises.CRISIS)
    talk = begin_talk(profile, memory, as_answer(memory, without_idle_words(turn)))
    _take_turn(talk, talk.turn)
    talk.end_with(ways_on(talk.memory))
    talk.remember(was_plain=bool(profile.plain_language))
    return talk.decision()


def _take_turn(talk: Talk, turn: Turn) -> None:
    expected = talk.memory.expecting
    if coaches.is_back(turn):
        coaches.come_back(talk)
        return
    if crises.is_well(talk):
        crises.leave_crisis(talk)
        return
    if expected is not None and people.answer_expected(talk, expected):
        return
    if turn.has_contact and (turn.intent not in intents.TAKES_CONTACT or _is_in_passing(turn)):
        people.refuse_contact(talk)
        return
    if not (intents.is_faq(turn.intent) or turn.intent in intents.IN_BETWEEN):
        talk.remember(expecting=None)
    if (turn.intent not in intents.BEFORE_ACTIVITIES or is_meant(talk)) and take_step(talk):
        talk.remember(failures=0)
    elif talk.memory.hushed and turn.intent not in intents.ANSWERED_IN_CRISIS:
        crises.stay(talk)
    elif rules.take_age(talk):
        talk.remember(failures=0)
    elif _leaves_open(talk):
        talk.remember(failures=0)
        answers.inform(talk)
    elif turn.intent == intents.FALLBACK and turn.choice is None and not _is_clear(talk):
        asides.not_understood(talk)
    else:
        talk.remember(failures=0)
        _handler(talk)(talk)


def _is_clear(talk: Talk) -> bool:
    """Say whether the words themselves tell what is asked, whatever the message was taken for."""
    return (
        which.asks_which(talk) or gaps.asks_what_is_missing(talk) or answers.asks_to_be_told(talk)
    )


def _handler(talk: Talk) -> Callable[[Talk], None]:
    turn = talk.turn
    if intents.is_faq(turn.intent):
        return asides.tell_rule
    # Words that a button would say count for more than what the whole message was taken for.
    if answers.asks_to_be_told(talk):
        return answers.unsure
    said = _BY_CHOICE.get(turn.choice or "") if turn.text else None
    if turn.choice == weighing.REMOVE and not talk.memory.saved:
        said = None
    if which.asks_which(talk):
        return which.tell_which
    if gaps.asks_what_is_missing(talk):
        return gaps.tell_what_is_missing
    if turn.intent in intents.MAY_REFINE and turn.refine is not None and talk.memory.searched:
        return options.refine
    if turn.intent in intents.MAY_LIFT_LIMIT and _lifts_a_limit(turn):
        return answers.inform
    return said or _HANDLERS.get(turn.intent, answers.inform)


def _lifts_a_limit(turn: Turn) -> bool:
    """Say whether one limit is taken back by its name: "forget my budget"."""
    return turn.refine is None and turn.no_preference not in (None, WHATEVER_WAS_ASKED)


def _leaves_open(talk: Talk) -> bool:
    """Say whether "I'd rather not say" answers the open question, whatever it was taken for."""
    is_said = talk.turn.no_preference is not None and talk.turn.intent in intents.MAY_LEAVE_OPEN
    return is_said and talk.memory.pending is not None


def _is_in_passing(turn: Turn) -> bool:
    # A number told among other facts asks for no call; a time beside it says when to call.
    return turn.intent == "request_callback" and not turn.facts.keys() <= _TIMES


def _map_competence(talk: Talk) -> None:
    begin(talk, career.NAME if career.is_career(talk.turn.choice) else MAPPING)


ACTIVITIES[career.NAME] = career.ACTIVITY
ACTIVITIES[MAPPING] = mapping.ACTIVITY

_HANDLERS: dict[str, Callable[[Talk], None]] = {
    "abuse": asides.only("utter_abuse", "ask_human", "start_guidance"),
    "affirm": answers.inform,
    "ask_details": options.ask_details,
    "ask_help": asides.help_on,
    "ask_human": people.offer_person,
    "ask_privacy": asides.aside("utter_privacy", "delete_my_data"),
    "bot_challenge": asides.aside("utter_bot_challenge"),
    "change_language": asides.speak_anew("utter_language_changed"),
    "chitchat": asides.aside("utter_chitchat"),
    "compare_options": weighing.compare,
    "complain": asides.only("utter_complain", "ask_human", "start_over"),
    "correct": answers.correct,
    "crisis": crises.see_to,
    "delete_my_data": people.ask_to_erase,
    "deny": answers.deny,
    "explain_choice": options.explain,
    "go_back": answers.go_back,
    "goodbye": asides.only("utter_goodbye"),
    "greet": asides.aside("utter_greet_back"),
    "inform": answers.inform,
    "make_plan": planning.plan,
    "map_competence": _map_competence,
    "out_of_scope": asides.aside("utter_out_of_scope"),
    "refine_options": options.refine,
    "repeat": asides.repeat,
    "request_callback": people.begin_callback,
    "save_option": weighing.save,
    "show_more": options.show_more,
    "show_options": options.show_options,
    "start_guidance": answers.start,
    "start_over": people.ask_to_start_over,
    "stop": asides.only("utter_stop", "start_guidance", "delete_my_data"),
    "take_home": asides.take_home,
    "thank": asides.aside("utter_thank"),
    "unsure": answers.unsure,
    "use_plain_language": asides.change_plain_language,
}

_BY_CHOICE: dict[str, Callable[[Talk], None]] = {
    career.NAME: _map_competence,
    MAPPING: _map_competence,
    weighing.REMOVE: weighing.save,
    weighing.ROUTES: weighing.compare,
    weighing.SHOW: weighing.save,
    options.WHY_NOT: options.explain,
    crises.DOUBT: crises.encourage,
    planning.RECOGNITION: planning.plan,
    people.NEXT_PERSON: people.next_person,
    people.TWO_PEOPLE: people.greet_two,
}
