"""A plan as JSON for people, and the draft of a request for recognition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.search import Candidate
from guidance.competence import Strength
from guidance.plan import Plan, Step
from guidance.presentation import Words, option_card
from guidance.recognition import Evidence, evidence, is_worth_asking
from guidance.remarks import Remark

MAX_WORDS_QUOTED = 200
# More than this no school reads.
MAX_COMPETENCES = 12


@dataclass(frozen=True)
class Person:
    """What a plan says of the person: the goal, what they can do and what is still to be learnt.

    Strengths and gaps are as in the custom part `competence`; `told` are the same strengths.
    """

    goal: str
    told: Sequence[Strength] = ()
    strengths: Sequence[Mapping[str, Any]] = ()
    gaps: Sequence[Mapping[str, Any]] = ()


def plan_as_json(plan: Plan, person: Person, words: Words) -> dict[str, Any]:
    """Return the custom part `plan`: every text in the words' language."""
    steps = [_step(step, words) for step in plan.steps]
    fallback = " ".join(_fallback(remark, words) for remark in plan.fallback)
    return {
        "kind": "plan",
        "goal": person.goal,
        "strengths": list(person.strengths),
        "gaps": list(person.gaps),
        "options": [option_card(item, words) for item in plan.options],
        "steps": steps,
        "fallback": fallback,
        "helpers": [_helper(code, words) for code in plan.helpers],
        "checklists": [
            {
                "option": checklist.option.id,
                "title": _title(checklist.option, words),
                "items": [_item(item, words) for item in checklist.items],
            }
            for checklist in plan.checklists
        ],
        "recognition": recognition_as_json(_first_title(plan, words), person, words)
        if person.told and is_worth_asking(plan.options)
        else None,
        "summary": _summary(person.goal, plan, steps, fallback, words),
    }


def recognition_as_json(title: str | None, person: Person, words: Words) -> dict[str, Any]:
    """Return a draft of a request for recognition in studies named `title`, None if none are."""
    proofs = [_proof(item, words) for item in evidence(person.told)]
    known = dict.fromkeys(quoted(str(item["text"])) for item in person.strengths)
    values = {
        "studies": quoted(title) if title else words.text("utter_recognition_studies", {}),
        "competence": _lines(list(known)[:MAX_COMPETENCES]),
        "evidence": _lines(proofs),
    }
    return {
        "title": title,
        "text": words.text("utter_recognition_letter", values),
        "evidence": proofs,
        "note": words.text("utter_recognition_note", {}),
    }


def quoted(text: str) -> str:
    """Return somebody's own words on one line, not too long, without braces to be filled in."""
    line = " ".join(text.replace("{", "").replace("}", "").split())
    return line if len(line) <= MAX_WORDS_QUOTED else line[: MAX_WORDS_QUOTED - 1].rstrip() + "…"


def _step(step: Step, words: Words) -> dict[str, Any]:
    return _item(step, words) | {
        "option": step.option.id if step.option else None,
        "is_deadline": step.day is not None and step.day.is_deadline,
    }


def _item(step: Step, words: Words) -> dict[str, Any]:
    values = {"title": _title(step.option, words)} if step.option else {}
    return {
        "code": step.code,
        "text": words.text(f"utter_checklist_{step.code}", values),
        "by": step.day.by.isoformat() if step.day else None,
    }


def _helper(code: str, words: Words) -> dict[str, str]:
    return {
        "code": code,
        "text": words.text(f"utter_helper_{code}", {}),
        "why": words.text(f"utter_helper_{code}_why", {}),
    }


def _fallback(remark: Remark, words: Words) -> str:
    option = remark.values.get("option")
    values = {"title": _title(option, words)} if isinstance(option, Candidate) else {}
    return words.text(f"utter_plan_{remark.code}", values)


def _proof(item: Evidence, words: Words) -> str:
    return words.text(f"utter_evidence_{item.kind}", {"words": quoted(item.words)})


def _summary(
    goal: str, plan: Plan, steps: Sequence[Mapping[str, Any]], fallback: str, words: Words
) -> str:
    values = {
        "goal": goal,
        "options": _lines(_title(item.candidate, words) for item in plan.options) or "–",
        "steps": _lines(_dated(step, words) for step in steps),
        "fallback": fallback or "–",
    }
    return words.text("utter_plan_summary", values)


def _dated(step: Mapping[str, Any], words: Words) -> str:
    if step["by"] is None:
        return str(step["text"])
    return f"{words.value('date', date.fromisoformat(step['by']))}: {step['text']}"


def _first_title(plan: Plan, words: Words) -> str | None:
    return _title(plan.options[0].candidate, words) if plan.options else None


def _title(candidate: Candidate, words: Words) -> str:
    return quoted(words.pick(candidate.titles) or "")


def _lines(items: Iterable[str]) -> str:
    return "\n".join(f"– {item}" for item in items)
