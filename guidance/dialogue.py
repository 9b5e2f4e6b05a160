"""Decide what the bot does next: one pure function over profile, memory and turn."""

from __future__ import annotations

from collections.abc import Callable

from guidance import dialogue_answers as answers
from guidance import dialogue_choices as buttons
from guidance import dialogue_options as options
from guidance import dialogue_people as people
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Decision, Turn
from guidance.dialogue_profile import fold
from guidance.dialogue_questions import is_answer
from guidance.dialogue_talk import Talk
from guidance.profile import Profile

FAQ_PREFIX = "faq_"
FALLBACK = "nlu_fallback"
MEANINGS_OFFERED = 2
FAILURES_BEFORE_PERSON = 2

# Facts are not taken from these: the person speaks of something else than wishes.
_WITHOUT_FACTS = frozenset({"abuse", "crisis", "delete_my_data", "start_over"})
# After a crisis these do not bring studies up again.
_KEEPS_HUSH = frozenset(
    {
        "abuse",
        "affirm",
        "ask_human",
        "chitchat",
        "complain",
        "crisis",
        "deny",
        "goodbye",
        FALLBACK,
        "out_of_scope",
        "request_callback",
        "thank",
        "unsure",
    }
)
# A button for these would say nothing.
_NOT_OFFERED = frozenset(
    {"abuse", "affirm", "chitchat", "correct", "deny", "greet", "inform", FALLBACK, "out_of_scope"}
)
# Answered in between: whatever the bot waits for is asked for again after them.
_IN_BETWEEN = frozenset(
    {
        "ask_help",
        "ask_privacy",
        "bot_challenge",
        "change_language",
        "complain",
        "repeat",
        "thank",
        "use_plain_language",
    }
)


def decide(profile: Profile, memory: Memory, turn: Turn) -> Decision:
    """Return what to say and show for `turn`, and the profile and memory after it."""
    talk = _begin(profile, memory, turn)
    expected = talk.memory.expecting
    if expected is not None and people.answer_expected(talk, expected):
        return talk.decision()
    if turn.has_contact and turn.intent not in ("request_callback", "ask_human", "crisis"):
        people.refuse_contact(talk)
        return talk.decision()
    if not (_is_faq(turn.intent) or turn.intent in _IN_BETWEEN):
        talk.remember(expecting=None)
    if talk.memory.hushed and turn.intent in _STAYS:
        people.stay(talk)
        return talk.decision()
    if turn.intent == FALLBACK:
        _not_understood(talk)
        return talk.decision()
    talk.remember(failures=0)
    handler = _faq if _is_faq(turn.intent) else _HANDLERS.get(turn.intent, answers.inform)
    handler(talk)
    return talk.decision()


def _begin(profile: Profile, memory: Memory, turn: Turn) -> Talk:
    if turn.intent in _WITHOUT_FACTS:
        turn = Turn(turn.intent, has_contact=turn.has_contact)
    folded = fold(profile, memory, turn)
    talk = Talk(folded.profile, memory, turn, folded.changed)
    about_contact = turn.has_contact or memory.expecting == people.CONTACT
    if turn.intent not in _KEEPS_HUSH and not about_contact:
        talk.remember(hushed=False)
    answered = memory.pending if is_answer(memory.pending or "", turn.facts) else None
    if answered or folded.before:
        slot = answered or next(iter(folded.before))
        talk.remember(history=memory.with_answer(slot, folded.before))
    if answered:
        # "Online" settles where, also without a place.
        talk.settle(answered)
    return talk


def _is_faq(intent: str) -> bool:
    return intent.startswith(FAQ_PREFIX)


def _come_back(talk: Talk) -> None:
    if talk.memory.expecting == people.CONTACT:
        people.ask_contact_again(talk)
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
    # The answer itself was said by the rule, before the deciding action.
    talk.acknowledge()
    _come_back(talk)


def _not_understood(talk: Talk) -> None:
    """Use the facts of an unclear message; without any, offer meanings, then a person."""
    if talk.changed or talk.turn.facts:
        talk.remember(failures=0)
        answers.inform(talk)
        return
    failures = talk.memory.failures + 1
    talk.remember(failures=failures)
    meanings = tuple(name for name in talk.turn.meanings if name not in _NOT_OFFERED)
    meanings = meanings[:MEANINGS_OFFERED]
    if failures % FAILURES_BEFORE_PERSON == 0 or not meanings:
        talk.remember(expecting=people.CALLBACK_OFFER)
        choices = buttons.choices("request_callback", "start_guidance", "ask_help")
        custom = {"kind": "handoff", "state": "offered"}
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
        if talk.memory.expecting is None and not talk.memory.pending and not talk.memory.searched:
            talk.go_on()
        else:
            _repeat(talk)

    return handle


def _plain(talk: Talk) -> None:
    wish = talk.turn.facts.get("plain_language")
    if wish is None:
        choices = buttons.choices("plain_on", "plain_off")
        talk.say("utter_plain_which", choices=choices, asked=talk.memory.pending)
    else:
        _speak_anew("utter_plain_on" if wish else "utter_plain_off")(talk)


def _map_competence(talk: Talk) -> None:
    talk.acknowledge()
    talk.say("utter_competence_later")
    if "competence" in (*talk.memory.asked, *talk.memory.settled) or talk.profile.competence:
        talk.resume()
    else:
        talk.ask("competence")


def _later(name: str) -> Callable[[Talk], None]:
    """Return a handler for what a coach does today: say so, and offer the next useful step."""

    def handle(talk: Talk) -> None:
        talk.acknowledge()
        step = "show_options" if talk.memory.searched or talk.memory.asked else "start_guidance"
        choices = buttons.choices(step, "ask_human")
        talk.say(name, choices=choices, asked=talk.memory.pending)

    return handle


# Said right after a crisis, these are answered by staying with the person.
_STAYS = frozenset({"affirm", "chitchat", "deny", FALLBACK, "out_of_scope", "unsure"})

_HANDLERS: dict[str, Callable[[Talk], None]] = {
    "abuse": _only("utter_abuse", "ask_human", "start_guidance"),
    "affirm": answers.inform,
    "ask_details": options.ask_details,
    "ask_help": _aside("utter_help"),
    "ask_human": people.offer_person,
    "ask_privacy": _aside("utter_privacy", "delete_my_data"),
    "bot_challenge": _aside("utter_bot_challenge"),
    "change_language": _speak_anew("utter_language_changed"),
    "chitchat": _aside("utter_chitchat"),
    "compare_options": _later("utter_compare_later"),
    "complain": _only("utter_complain", "ask_human", "start_over"),
    "correct": answers.correct,
    "crisis": people.crisis,
    "delete_my_data": people.ask_to_erase,
    "deny": answers.deny,
    "explain_choice": options.explain,
    "go_back": answers.go_back,
    "goodbye": _only("utter_goodbye"),
    "greet": _aside("utter_greet_back"),
    "inform": answers.inform,
    "make_plan": _later("utter_plan_later"),
    "map_competence": _map_competence,
    "out_of_scope": _aside("utter_out_of_scope"),
    "refine_options": options.refine,
    "repeat": _repeat,
    "request_callback": people.begin_callback,
    "save_option": _later("utter_save_later"),
    "show_more": options.show_more,
    "show_options": options.show_options,
    "start_guidance": answers.start,
    "start_over": people.ask_to_start_over,
    "stop": _only("utter_stop", "start_guidance", "delete_my_data"),
    "take_home": _later("utter_take_home_later"),
    "thank": _aside("utter_thank"),
    "unsure": answers.unsure,
    "use_plain_language": _plain,
}
