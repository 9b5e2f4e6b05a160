"""The way back from a coach: what was told stays, and the talk goes on where it was."""

from __future__ import annotations

from guidance import dialogue_answers as answers
from guidance import dialogue_choices as buttons
from guidance.dialogue_crisis import stay
from guidance.dialogue_moves import Turn
from guidance.dialogue_talk import Talk

# Only the gateway sends it, with the facts that the person told the coach.
BACK = "back"


def is_back(turn: Turn) -> bool:
    """Say whether the gateway tells that the person is with the bot again."""
    return turn.choice == BACK and not turn.text


def come_back(talk: Talk) -> None:
    """Go on with what is known; no answer is waited for any longer but to the open question."""
    memory = talk.memory
    talk.remember(expecting=None, contact_asked=0, failures=0)
    is_idle = memory.pending is None and memory.activity is None and memory.searched
    choices = buttons.choices("show_options", "ask_human") if is_idle else ()
    talk.say("utter_back", choices=choices, asked=memory.pending)
    if memory.hushed:
        stay(talk)
    elif talk.changed and memory.activity is None:
        answers.inform(talk)
    else:
        talk.acknowledge()
        talk.resume()
