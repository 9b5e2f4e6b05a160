"""After the mapping of competence: what is still missing for the wished field."""

from __future__ import annotations

import re

from guidance import dialogue_choices as buttons
from guidance.dialogue_moves import ShowCompetence
from guidance.dialogue_talk import Talk
from guidance.mapping_state import MappingState

_MISSING = re.compile(
    r"\b(mitä|mikä|mitkä)\b.*\bpuuttu"
    r"|\bvad\b.*\b(fattas|saknas|saknar)\b"
    r"|\bwhat\b.*\b(missing|lack|lacking)\b",
    re.IGNORECASE,
)


def asks_what_is_missing(talk: Talk) -> bool:
    """Say whether a turn asks for the gaps that a finished mapping has shown."""
    return MappingState.of(talk.memory).done and bool(_MISSING.search(talk.turn.text or ""))


def tell_what_is_missing(talk: Talk) -> None:
    """Tell the gaps against the wished field, or ask for the field."""
    talk.acknowledge()
    if talk.profile.field is not None:
        talk.do(ShowCompetence(only_gaps=True))
        return
    talk.say("utter_mapping_gaps_need_field")
    settled = tuple(slot for slot in talk.memory.settled if slot not in ("field", "interest"))
    talk.remember(pending="field", settled=settled)
    talk.say("utter_refine_other_field", choices=buttons.directions(0), asked="field")
