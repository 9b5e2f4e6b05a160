"""Recognition of what one can already: when to ask for it, and what shows each competence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from guidance.competence import Strength
from guidance.suggestions import Suggestion

MAX_EVIDENCE = 8
# A badge is itself a proof of competence; there is nothing in it to replace.
_NEVER_FOR = frozenset({"skill_badge"})
_BY_KIND = {"qualification": "certificate", "occupation": "work_certificate"}
_BY_AREA = {
    "work": "work_certificate",
    "studies": "certificate",
    "voluntary": "voluntary_statement",
}
# What shows anything: a sample of work, or a description by the person.
_ANYTHING = "portfolio"
_VOLUNTARY = re.compile(r"vapaaeht|talko|frivillig|ideell|voluntary|volunteer", re.IGNORECASE)


@dataclass(frozen=True)
class Evidence:
    """What can show a competence: the kind of proof, and the person's own words for it."""

    kind: str
    words: str


def evidence(strengths: Iterable[Strength]) -> tuple[Evidence, ...]:
    """Return what can show the strengths, in the order told; one story is one proof."""
    found = dict.fromkeys(Evidence(_proof(item), item.words) for item in strengths)
    return tuple(found)[:MAX_EVIDENCE]


def is_worth_asking(options: Iterable[Suggestion]) -> bool:
    """Say whether any of the options builds on what the person can already."""
    return any(
        remark.code == "builds_on_competence"
        for option in options
        if option.candidate.type not in _NEVER_FOR
        for remark in option.reasons
    )


def _proof(item: Strength) -> str:
    # Who has done it without pay has a statement by the organisation, not by an employer.
    if _VOLUNTARY.search(item.words):
        return "voluntary_statement"
    return _BY_KIND.get(item.kind or "") or _BY_AREA.get(item.area or "") or _ANYTHING
