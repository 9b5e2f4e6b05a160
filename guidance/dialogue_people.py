"""Turns about people and data: a coach, a call-back, a crisis, erasing everything."""

from __future__ import annotations

from guidance import dialogue_choices as buttons
from guidance.dialogue_crisis import CALLBACK_OFFER, OFFERED, stay
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Turn
from guidance.dialogue_profile import fold, forgotten, knows_anything
from guidance.dialogue_talk import Talk

TWO_PEOPLE, NEXT_PERSON = "two_people", "next_person"
CONTACT = "contact"
CONFIRM_ERASE = "confirm_erase"
CONFIRM_START_OVER = "confirm_start_over"
MAX_CONTACT_ASKED = 2
CONFIRMATIONS = {
    CONFIRM_ERASE: "utter_erase_confirm",
    CONFIRM_START_OVER: "utter_start_over_confirm",
}

_SETTLES = frozenset({"affirm", "delete_my_data", "deny", "start_over"})
_LETS_GO = frozenset({"correct", "deny", "go_back", "goodbye", "stop"})
# Whatever number they hold, these are about something graver than a call.
_COMES_FIRST = frozenset({"abuse", "crisis", "delete_my_data"})
# Said while a contact is awaited, these are no contact; anything else is served in between.
_NO_CONTACT = frozenset(
    {
        "inform",
        "affirm",
        "unsure",
        "nlu_fallback",
        "out_of_scope",
        "greet",
        "chitchat",
        "request_callback",
        "ask_human",
    }
)


def offer_person(talk: Talk) -> None:
    """Offer a coach, who today is reached by a call-back."""
    talk.expect(
        CALLBACK_OFFER,
        "utter_handoff_offered",
        choices=buttons.choices("request_callback", "no"),
        custom=OFFERED,
    )


def greet_two(talk: Talk) -> None:
    """Help two people at one screen in turn, so that their wishes are not mixed up."""
    choices = buttons.choices("start_over") if knows_anything(talk.profile) else ()
    talk.acknowledge()
    talk.remember(said=tuple(dict.fromkeys((*talk.memory.said, TOLD_OF_TURNS))))
    talk.say("utter_two_people", choices=choices, asked=talk.memory.pending)
    talk.resume()


def next_person(talk: Talk) -> None:
    """Let the other person begin anew where that was agreed, else ask before forgetting."""
    if TOLD_OF_TURNS in talk.memory.said or not knows_anything(talk.profile):
        begin_for_other(talk)
    else:
        talk.remember(next_person=True)
        ask_to_start_over(talk)


def begin_for_other(talk: Talk) -> None:
    """Begin with nothing of the first person's; what this turn tells is the other's."""
    folded = fold(forgotten(talk.profile), Memory(), talk.turn)
    talk.profile, talk.changed = folded.profile, folded.changed
    talk.memory = Memory(said=(TOLD_OF_TURNS,))
    talk.say("utter_next_person")
    talk.acknowledge()
    talk.go_on()


TOLD_OF_TURNS = "utter_two_people"


def begin_callback(talk: Talk) -> None:
    """Ask where to call back to, or take the contact that came with the wish."""
    if talk.turn.has_contact:
        store_callback(talk)
        return
    talk.remember(contact_asked=1)
    talk.expect(CONTACT, "utter_callback_ask", choices=buttons.choices("no"))


def store_callback(talk: Talk) -> None:
    """Have the call-back stored, and come back to where the conversation was."""
    talk.remember(expecting=None, contact_asked=0)
    talk.say("utter_callback_stored", custom={"kind": "handoff", "state": "callback"})
    _go_on_or_stay(talk)


def _go_on_or_stay(talk: Talk) -> None:
    if talk.memory.hushed:
        stay(talk)
    else:
        talk.resume()


def refuse_contact(talk: Talk) -> None:
    """Say what contacts are for when one came unasked."""
    talk.expect(
        CALLBACK_OFFER, "utter_contact_unasked", choices=buttons.choices("request_callback", "no")
    )


def ask_to_erase(talk: Talk) -> None:
    """Ask once whether everything is to be deleted."""
    ask_again(talk, CONFIRM_ERASE)


def ask_to_start_over(talk: Talk) -> None:
    """Ask before forgetting answers; with nothing to forget, begin at once."""
    if not knows_anything(talk.profile) and not talk.memory.asked:
        begin_again(talk)
    else:
        ask_again(talk, CONFIRM_START_OVER)


def ask_again(talk: Talk, expected: str) -> None:
    """Ask for the confirmation that the bot waits for."""
    choices = buttons.choices("yes", "no")
    talk.expect(expected, CONFIRMATIONS[expected], choices=choices)


def begin_again(talk: Talk) -> None:
    """Forget profile and memory, keep the language, and ask the first question."""
    talk.profile = forgotten(talk.profile)
    talk.memory = Memory()
    talk.say("utter_start_over_done")
    talk.go_on()


def answer_expected(talk: Talk, expected: str) -> bool:
    """Deal with what the bot waits for; False when the message is about something else."""
    if expected == CONTACT:
        return _answer_contact(talk)
    intent = talk.turn.intent
    if expected not in CONFIRMATIONS or intent in _SETTLES:
        # A question in between leaves a confirmation open.
        talk.remember(expecting=None)
    if expected == CONFIRM_ERASE and intent in ("affirm", "delete_my_data"):
        _erase(talk)
    elif expected == CONFIRM_START_OVER and talk.memory.next_person and _speaks_for_other(talk):
        begin_for_other(talk)
    elif expected == CONFIRM_START_OVER and intent in ("affirm", "start_over"):
        begin_again(talk)
    elif expected == CALLBACK_OFFER and intent in ("affirm", "request_callback"):
        begin_callback(talk)
    elif intent == "deny" and not talk.changed:
        _decline(talk, expected)
    else:
        return False
    return True


def _speaks_for_other(talk: Talk) -> bool:
    """Say whether, asked to begin anew for the other, a person says yes or tells of them."""
    return talk.turn.intent == "affirm" or (talk.turn.intent == "inform" and bool(talk.turn.facts))


def _erase(talk: Talk) -> None:
    talk.profile = forgotten(talk.profile)
    talk.memory = Memory()
    talk.say("utter_erase_done", custom={"kind": "erased"})


def _decline(talk: Talk, expected: str) -> None:
    if talk.memory.hushed:
        stay(talk)
        return
    talk.say(_DECLINED[expected])
    talk.resume()


_DECLINED = {
    CONFIRM_ERASE: "utter_erase_kept",
    CONFIRM_START_OVER: "utter_start_over_kept",
    CALLBACK_OFFER: "utter_handoff_declined",
}


def may_be_contact(turn: Turn) -> bool:
    """Say whether a message, while a contact is awaited, is about that and nothing else."""
    if turn.has_contact:
        return True
    return turn.intent in _LETS_GO | _NO_CONTACT and not speaks_of_studies(turn)


def speaks_of_studies(turn: Turn) -> bool:
    """Say whether a message tells what or where to study: no answer to "where can we reach you"."""
    return turn.intent == "inform" and not {"field", "goal", "place"}.isdisjoint(turn.facts)


def _answer_contact(talk: Talk) -> bool:
    intent = talk.turn.intent
    if intent in _COMES_FIRST:
        return False
    if intent in _LETS_GO:
        talk.remember(expecting=None, contact_asked=0)
        talk.say("utter_callback_cancelled")
        _go_on_or_stay(talk)
    elif talk.turn.has_contact:
        store_callback(talk)
    elif intent not in _NO_CONTACT or speaks_of_studies(talk.turn):
        return False
    else:
        ask_contact_again(talk)
    return True


def ask_contact_again(talk: Talk) -> None:
    """Ask for a contact once more, kindly; after that let it go."""
    if talk.memory.contact_asked >= MAX_CONTACT_ASKED:
        talk.remember(expecting=None, contact_asked=0)
        talk.say("utter_callback_let_go", choices=buttons.choices("request_callback"))
        talk.resume()
        return
    talk.remember(contact_asked=talk.memory.contact_asked + 1)
    talk.expect(CONTACT, "utter_callback_ask_again", choices=buttons.choices("no"))
