"""Decide what the bot does next: one pure function over profile, memory and turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from guidance import dialogue_answers as answers
from guidance import dialogue_career as career
from guidance import dialogue_choices as buttons
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
from guidance.dialogue_profile import fold
from guidance.dialogue_questions import is_answer, knows_subject
from guidance.dialogue_talk import Talk
from guidance.mapping_state import NAME as MAPPING
from guidance.profile import Profile

MEANINGS_OFFERED = 2
# So many of the likeliest meanings are worth a guess that cannot hurt: all that the channel keeps.
LIKELY = 5
FAILURES_BEFORE_PERSON = 2
# Facts that tell what is wished for, and those that make another list.
_WISH = ("field", "interest")
_WISHES = ("field", "goal", "place")
# Told of oneself, these are no longer about the distress.
_ABOUT_ONESELF = frozenset(
    {"budget_eur", "competence", "education", "schedule", "teaching_languages", "weekly_hours"}
)
_CHANGES_LIST = frozenset({"field", "online_ok", "online_only", "place", "schedule"})
_TIMES = frozenset({"schedule", "start_by"})


def decide(profile: Profile, memory: Memory, turn: Turn) -> Decision:
    """Return what to say and show for `turn`, and the profile and memory after it."""
    if turn.intent in intents.NEEDS_TO_BE_SURE and not turn.is_sure:
        turn = replace(turn, intent=intents.FALLBACK)
    if memory.hushed and crises.denies_distress(turn):
        turn = replace(turn, intent="deny")
    if crises.is_in_need(turn):
        turn = replace(turn, intent=crises.CRISIS)
    talk = _begin(profile, memory, _as_answer(memory, _without_idle_words(turn)))
    _take_turn(talk, talk.turn)
    talk.end_with(ways_on(talk.memory))
    talk.remember(was_plain=bool(profile.plain_language))
    return talk.decision()


def _without_idle_words(turn: Turn) -> Turn:
    """Drop a wish that is none: "thanks, I'll think these over" wishes for nothing."""
    is_elsewhere = turn.intent == "out_of_scope" and turn.is_sure
    if turn.intent in intents.TELLS_WISHES or ("field" in turn.facts and not is_elsewhere):
        return turn
    facts = {name: value for name, value in turn.facts.items() if name not in _WISH}
    return replace(turn, facts=facts)


def _as_answer(memory: Memory, turn: Turn) -> Turn:
    """Take a message that answers the open question for an answer, whatever it was taken for."""
    answers_it = memory.pending is not None and is_answer(memory.pending, turn.facts)
    return (
        replace(turn, intent="inform") if answers_it and turn.intent in intents.MAY_ANSWER else turn
    )


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
    if not (_is_faq(turn.intent) or turn.intent in intents.IN_BETWEEN):
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
        _not_understood(talk)
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
    if _is_faq(turn.intent):
        return _faq
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


def _begin(profile: Profile, memory: Memory, turn: Turn) -> Talk:
    awaits_contact = memory.expecting == people.CONTACT and people.may_be_contact(turn)
    if turn.intent in intents.WITHOUT_FACTS or awaits_contact:
        # "In the afternoon" is then when to call.
        turn = replace(turn, facts={}, refused={}, no_preference=None)
    folded = fold(profile, memory, _without_others_facts(memory, turn))
    talk = Talk(folded.profile, memory, turn, folded.changed)
    _let_go_of_field(talk, profile)
    if _brings_up_studies(turn) and not (turn.has_contact or awaits_contact):
        talk.remember(hushed=False)
    answered = memory.pending if _is_answered(memory, turn) else None
    if answered or folded.before:
        slot = answered or next(iter(folded.before))
        talk.remember(history=memory.with_answer(slot, folded.before))
    if answered:
        # "Online" settles where, also without a place.
        talk.settle(answered)
    return talk


def _without_others_facts(memory: Memory, turn: Turn) -> Turn:
    """Leave out what is not this person's, and the field of "why not gardening": no wish."""
    awaits_other = memory.next_person and memory.expecting == people.CONFIRM_START_OVER
    if awaits_other or (turn.choice == people.NEXT_PERSON and turn.text):
        return replace(turn, facts={}, refused={})
    if turn.choice == options.WHY_NOT and memory.searched:
        facts = {name: value for name, value in turn.facts.items() if name not in _WISH}
        return replace(turn, facts=facts, refused={})
    return turn


def _let_go_of_field(talk: Talk, before: Profile) -> None:
    """Say which field is no longer searched for, and ask for another in time."""
    left = before.field is not None and talk.profile.field is None
    if not (left and talk.turn.refused.get("field")):
        return
    talk.say("utter_field_dropped", about={"field": before.field})
    if not knows_subject(talk.profile) and talk.memory.searched:
        settled = tuple(slot for slot in talk.memory.settled if slot != "field")
        talk.remember(pending="field", settled=settled)


def _brings_up_studies(turn: Turn) -> bool:
    if turn.intent == "crisis":
        return False
    told = not turn.facts.keys().isdisjoint(_WISHES)
    if turn.intent in intents.TELLS_FACTS:
        told = told or not turn.facts.keys().isdisjoint(_ABOUT_ONESELF)
    return told or turn.intent in intents.BRINGS_UP_STUDIES or _is_faq(turn.intent)


def _is_answered(memory: Memory, turn: Turn) -> bool:
    if memory.pending is None:
        return False
    # Who did not know was asked what has felt good: what one has done answers that.
    asked_otherwise = memory.pending == "interest" and memory.unsure > 0
    return is_answer(memory.pending, turn.facts) or (asked_otherwise and "competence" in turn.facts)


def _is_in_passing(turn: Turn) -> bool:
    # A number told among other facts asks for no call; a time beside it says when to call.
    return turn.intent == "request_callback" and not turn.facts.keys() <= _TIMES


def _is_faq(intent: str) -> bool:
    return intent.startswith(intents.FAQ_PREFIX)


def _come_back(talk: Talk) -> None:
    expected = talk.memory.expecting
    if expected == people.CONTACT:
        people.ask_contact_again(talk)
    elif expected in people.CONFIRMATIONS:
        people.ask_again(talk, expected)
    else:
        talk.resume()


def _aside(name: str, *choice_names: str) -> Callable[[Talk], None]:
    """Return a handler that says something short and comes back to the open question."""

    def handle(talk: Talk) -> None:
        talk.acknowledge()
        talk.say(name, choices=buttons.choices(*choice_names))
        _come_back(talk)

    return handle


def _only(name: str, *choice_names: str) -> Callable[[Talk], None]:
    """Return a handler that says something and leaves the next word to the person."""

    def handle(talk: Talk) -> None:
        talk.say(name, choices=buttons.choices(*choice_names))

    return handle


def _faq(talk: Talk) -> None:
    talk.acknowledge()
    rules.tell(talk, talk.turn.intent[len(intents.FAQ_PREFIX) :])
    if rules.ask_what_it_depends_on(talk):
        return
    memory = talk.memory
    if talk.changed.keys() & _CHANGES_LIST and memory.searched and memory.pending is None:
        # "What if I could study online?" asks for such options, too.
        talk.show("changed")
    else:
        _come_back(talk)


def _may_ask_why(talk: Talk) -> bool:
    """Say whether "why do you ask?" may be meant: to tell why a question is asked never hurts."""
    is_likely = "explain_choice" in talk.turn.meanings[:LIKELY]
    return talk.memory.pending is not None and not talk.turn.is_sure and is_likely


def _help(talk: Talk) -> None:
    if _may_ask_why(talk):
        options.explain(talk)
    else:
        _aside("utter_help", *career.offered(talk))(talk)


def _not_understood(talk: Talk) -> None:
    """Use the facts of an unclear message; without any, offer meanings, then a person."""
    if talk.turn.refine is not None and talk.memory.searched:
        talk.remember(failures=0)
        options.refine(talk)
        return
    if talk.changed or talk.turn.facts:
        talk.remember(failures=0)
        answers.inform(talk)
        return
    if _may_ask_why(talk):
        options.explain(talk)
        return
    failures = talk.memory.failures + 1
    talk.remember(failures=failures)
    meanings = tuple(name for name in talk.turn.meanings if name not in intents.NOT_OFFERED)
    meanings = meanings[:MEANINGS_OFFERED]
    if failures % FAILURES_BEFORE_PERSON == 0 or not meanings:
        talk.remember(expecting=crises.CALLBACK_OFFER)
        choices = buttons.choices("request_callback", "start_guidance", "ask_help")
        custom = crises.OFFERED | {"why": "failures"}
        talk.say("utter_unclear_person", choices=choices, custom=custom, asked=talk.memory.pending)
    else:
        talk.say(
            "utter_unclear_meanings",
            choices=buttons.of_meanings(meanings),
            asked=talk.memory.pending,
        )


def _repeat(talk: Talk) -> None:
    """Say the last thing again; asked for, so the same words are right."""
    slot = talk.memory.pending
    if talk.memory.expecting == people.CONTACT:
        people.ask_contact_again(talk)
    elif talk.memory.expecting in people.CONFIRMATIONS:
        people.ask_again(talk, talk.memory.expecting)
    elif talk.memory.hushed:
        crises.crisis(talk)
    elif slot is not None:
        talk.say(f"utter_ask_{slot}", choices=buttons.of_question(slot), asked=slot)
    elif talk.memory.searched:
        talk.show("again", talk.memory.offset)
    else:
        talk.say("utter_greet_back")
        talk.go_on()


def _speak_anew(name: str) -> Callable[[Talk], None]:
    """Return a handler for a change of language: the open question in the new words."""

    def handle(talk: Talk) -> None:
        wish_unclear = talk.turn.intent == "change_language" and "language" not in talk.turn.facts
        if wish_unclear:
            choices = buttons.choices("language_fi", "language_sv", "language_en")
            talk.say("utter_language_which", choices=choices, asked=talk.memory.pending)
            return
        talk.say(name)
        if talk.memory.activity is not None:
            talk.resume()
        elif talk.memory.expecting is None and not talk.memory.pending and not talk.memory.searched:
            talk.go_on()
        else:
            _repeat(talk)

    return handle


def _plain(talk: Talk) -> None:
    # The channel has set how this turn is spoken already; only the change can be told.
    if talk.profile.plain_language:
        _speak_anew("utter_plain_on")(talk)
    elif talk.memory.was_plain:
        _speak_anew("utter_plain_off")(talk)
    else:
        choices = buttons.choices("plain_on")
        talk.say("utter_plain_which", choices=choices, asked=talk.memory.pending)


def _map_competence(talk: Talk) -> None:
    begin(talk, career.NAME if career.is_career(talk.turn.choice) else MAPPING)


def _take_home(talk: Talk) -> None:
    """Wish for a page to take home, or say what has to come first."""
    talk.acknowledge()
    memory = talk.memory
    if memory.saved or memory.planned or memory.looked_at or memory.shown:
        choices = buttons.choices("show_options" if memory.planned else "make_plan", "ask_human")
        custom = {"kind": "take_home"}
        talk.say("utter_take_home", choices=choices, custom=custom, asked=memory.pending)
    else:
        step = "show_options" if memory.searched or memory.asked else "start_guidance"
        choices = buttons.choices(step, "ask_human")
        talk.say("utter_take_home_nothing", choices=choices, asked=memory.pending)


ACTIVITIES[career.NAME] = career.ACTIVITY
ACTIVITIES[MAPPING] = mapping.ACTIVITY

_HANDLERS: dict[str, Callable[[Talk], None]] = {
    "abuse": _only("utter_abuse", "ask_human", "start_guidance"),
    "affirm": answers.inform,
    "ask_details": options.ask_details,
    "ask_help": _help,
    "ask_human": people.offer_person,
    "ask_privacy": _aside("utter_privacy", "delete_my_data"),
    "bot_challenge": _aside("utter_bot_challenge"),
    "change_language": _speak_anew("utter_language_changed"),
    "chitchat": _aside("utter_chitchat"),
    "compare_options": weighing.compare,
    "complain": _only("utter_complain", "ask_human", "start_over"),
    "correct": answers.correct,
    "crisis": crises.see_to,
    "delete_my_data": people.ask_to_erase,
    "deny": answers.deny,
    "explain_choice": options.explain,
    "go_back": answers.go_back,
    "goodbye": _only("utter_goodbye"),
    "greet": _aside("utter_greet_back"),
    "inform": answers.inform,
    "make_plan": planning.plan,
    "map_competence": _map_competence,
    "out_of_scope": _aside("utter_out_of_scope"),
    "refine_options": options.refine,
    "repeat": _repeat,
    "request_callback": people.begin_callback,
    "save_option": weighing.save,
    "show_more": options.show_more,
    "show_options": options.show_options,
    "start_guidance": answers.start,
    "start_over": people.ask_to_start_over,
    "stop": _only("utter_stop", "start_guidance", "delete_my_data"),
    "take_home": _take_home,
    "thank": _aside("utter_thank"),
    "unsure": answers.unsure,
    "use_plain_language": _plain,
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
