"""Turns of a person in distress: help at once, then staying, and the way back to studies."""

from __future__ import annotations

import re

from guidance import dialogue_choices as buttons
from guidance.dialogue_moves import Turn
from guidance.dialogue_talk import Talk

CRISIS = "crisis"
# Words of being worn out by everything, which no more than these were said.
WEARY = "weary"
# Words of thinking little of oneself: kindness, and on with what was under way.
DOUBT = "self_doubt"
# Lower than for other intents: to miss a person in distress is far worse than one alarm too many.
ALARMING = 0.65
CALLBACK_OFFER = "handoff"
OFFERED = {"kind": "handoff", "state": "offered"}

_END = r"\W*($|[,.!]|but |mutta |mut |men )"
_WELL = re.compile(
    r"\bei (mulla|minulla|mul|oo|ole|tässä|mitään|mittään)\b.*\b(hätää|hädässä|kriisiä)\b"
    rf"|\bkaikki (on )?(hyvin|kunnossa|ok){_END}"
    rf"|\b(olen|oon) (ihan |aivan )?(ok|kunnossa){_END}"
    r"|\bingen (fara|nöd|kris)\b|\binte i (fara|kris)\b"
    rf"|\b(jag mår|allt är|allt e) (helt |ganska )?(bra|okej|ok){_END}"
    rf"|\bi('m| am) (quite |perfectly )?(fine|ok|okay|alright|all right){_END}"
    r"|\bnot in (any )?(danger|crisis)\b|\b(no|not an) emergency\b",
    re.IGNORECASE,
)
# Nothing else is said: however such words were taken, they are no cry for help.
_ONLY_WELL = re.compile(
    r"\W*(no |nä |nee |kyl )*ei (mulla|minulla|mul|tässä|mitään|mittään|oo|ole)( \w+){0,2} "
    r"(hätää|hätä)( (oo|ole|nyt|kyllä|tässä))*\W*"
    r"|\W*(nej,? |nä,? )*(det är |de e |jag är |ja e )?(ingen (fara|nöd)|inte i (fara|kris))\W*"
    r"|\W*(no,? )?(i'm |i am )?(not in (any )?(danger|crisis)|fine|ok|okay)\W*",
    re.IGNORECASE,
)


def denies_distress(turn: Turn) -> bool:
    """Say whether nothing is said but that there is no distress."""
    return bool(_ONLY_WELL.fullmatch(turn.text))


def is_in_need(turn: Turn) -> bool:
    """Say whether the person comes before all that the talk is about."""
    return turn.intent == CRISIS or _is_weary(turn)


def _is_weary(turn: Turn) -> bool:
    return turn.choice == WEARY and bool(turn.text)


def see_to(talk: Talk) -> None:
    """Answer a person in need: kindly and with a question where it may be no emergency."""
    turn = talk.turn
    is_mild = _is_weary(turn) or turn.confidence < ALARMING
    # Said again after help was named, it is in earnest.
    if is_mild and not talk.memory.hushed:
        ask_how_one_is(talk)
    else:
        crisis(talk)


def ask_how_one_is(talk: Talk) -> None:
    """Ask how the person is, naming who helps: neither small talk nor an alarm."""
    talk.remember(hushed=True, activity=None)
    talk.say(
        _varied(talk, _ASKING),
        choices=buttons.choices("request_callback", "start_guidance"),
    )


def crisis(talk: Talk) -> None:
    """Tell at once who helps now; no course talk after it, and nothing under way goes on."""
    talk.remember(hushed=True, activity=None)
    talk.say(_varied(talk, _ALARM))
    talk.expect(
        CALLBACK_OFFER,
        "utter_crisis_person",
        choices=buttons.choices("request_callback"),
        custom=OFFERED | {"why": CRISIS},
    )


def stay(talk: Talk) -> None:
    """Stay with a person after a crisis: the numbers remain, studies when they wish."""
    choices = buttons.choices("request_callback", "start_guidance")
    talk.say(_varied(talk, _STAYING), choices=choices)


def _varied(talk: Talk, names: tuple[str, ...]) -> str:
    """Return the wording that comes after the one said last."""
    said = [name for name in talk.memory.said if name in names]
    name = names[(names.index(said[-1]) + 1) % len(names)] if said else names[0]
    talk.remember(said=(*(item for item in talk.memory.said if item != name), name))
    return name


# Said by turns: the same words again and again sound like a machine that does not listen.
_ASKING = ("utter_weary", "utter_weary_again")
_ALARM = ("utter_crisis", "utter_crisis_again")
_STAYING = ("utter_crisis_stay", "utter_crisis_stay_again", "utter_crisis_stay_third")


def encourage(talk: Talk) -> None:
    """Answer one who thinks little of themselves kindly, and go on."""
    talk.say("utter_doubt")
    talk.acknowledge()
    talk.resume()


def is_well(talk: Talk) -> bool:
    """Say whether the person says that there is no distress after all."""
    turn = talk.turn
    is_said = turn.intent != CRISIS and bool(_WELL.search(turn.text))
    return talk.memory.hushed and (is_said or denies_distress(turn))


def leave_crisis(talk: Talk) -> None:
    """Take the person's word for it, and come back to where the conversation was."""
    talk.remember(hushed=False, expecting=None, failures=0)
    talk.say("utter_crisis_over")
    talk.acknowledge()
    talk.resume()
