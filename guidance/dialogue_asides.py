"""Turns that say something short and come back to the open question."""

from __future__ import annotations

from collections.abc import Callable

from guidance import dialogue_answers as answers
from guidance import dialogue_career as career
from guidance import dialogue_choices as buttons
from guidance import dialogue_crisis as crises
from guidance import dialogue_intents as intents
from guidance import dialogue_options as options
from guidance import dialogue_people as people
from guidance import dialogue_rules as rules
from guidance.dialogue_talk import Talk

MEANINGS_OFFERED = 2
# So many of the likeliest meanings are worth a guess that cannot hurt: all that the channel keeps.
LIKELY = 5
FAILURES_BEFORE_PERSON = 2
_CHANGES_LIST = frozenset({"field", "online_ok", "online_only", "place", "schedule"})


def aside(name: str, *choice_names: str) -> Callable[[Talk], None]:
    """Return a handler that says something short and comes back to the open question."""

    def handle(talk: Talk) -> None:
        talk.acknowledge()
        talk.say(name, choices=buttons.choices(*choice_names))
        _come_back(talk)

    return handle


def only(name: str, *choice_names: str) -> Callable[[Talk], None]:
    """Return a handler that says something and leaves the next word to the person."""

    def handle(talk: Talk) -> None:
        talk.say(name, choices=buttons.choices(*choice_names))

    return handle


def _come_back(talk: Talk) -> None:
    expected = talk.memory.expecting
    if expected == people.CONTACT:
        people.ask_contact_again(talk)
    elif expected in people.CONFIRMATIONS:
        people.ask_again(talk, expected)
    else:
        talk.resume()


def tell_rule(talk: Talk) -> None:
    """Answer a question about rules and services, and come back."""
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


def help_on(talk: Talk) -> None:
    """Say what can be done here, or why the open question is asked."""
    if _may_ask_why(talk):
        options.explain(talk)
    else:
        aside("utter_help", *career.offered(talk))(talk)


def not_understood(talk: Talk) -> None:
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


def repeat(talk: Talk) -> None:
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


def speak_anew(name: str) -> Callable[[Talk], None]:
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
            repeat(talk)

    return handle


def change_plain_language(talk: Talk) -> None:
    """Speak in easy language from now on, or no longer."""
    # The channel has set how this turn is spoken already; only the change can be told.
    if talk.profile.plain_language:
        speak_anew("utter_plain_on")(talk)
    elif talk.memory.was_plain:
        speak_anew("utter_plain_off")(talk)
    else:
        choices = buttons.choices("plain_on")
        talk.say("utter_plain_which", choices=choices, asked=talk.memory.pending)


def take_home(talk: Talk) -> None:
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
