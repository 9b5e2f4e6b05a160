"""What a coach has put into a plan stays in it when the bot makes the plan anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coaching.conversations import latest_custom
from coaching.transcript import Answer, Draft

KIND = "plan"
# As many as a coach can put into a plan.
MOST_STEPS = 12

Plan = Mapping[str, Any]


def keep_coachs_steps(
    session: Session, conversation_id: str, answer: Answer, *, today: date
) -> Answer:
    """Return the answer with the steps of coaches that are still ahead in its plan."""
    if not any(map(_is_plan, answer.drafts)):
        return answer
    line = latest_custom(session, conversation_id, KIND)
    before = (line.custom or {}) if line is not None else {}
    return replace(
        answer,
        drafts=tuple(
            replace(draft, custom=joined(draft.custom or {}, before, today=today))
            if _is_plan(draft)
            else draft
            for draft in answer.drafts
        ),
    )


def joined(plan: Plan, before: Plan, *, today: date) -> dict[str, Any]:
    """Return a new plan with what coaches had changed in the one before, by date."""
    kept = [step for step in before.get("steps", ()) if _is_kept(step, today)]
    if not kept:
        return dict(plan)
    same = {_key(step) for step in kept}
    steps = [step for step in plan["steps"] if _key(step) not in same]
    # A step without a day comes last, in the order in which it was written.
    steps = sorted([*steps, *kept], key=lambda step: step.get("by") or "9999")[:MOST_STEPS]
    return {**plan, "steps": steps, "changed_by": kept[-1]["changed_by"]}


def _is_plan(draft: Draft) -> bool:
    return (draft.custom or {}).get("kind") == KIND


def _is_kept(step: Mapping[str, Any], today: date) -> bool:
    return bool(step.get("changed_by")) and (step.get("by") or "9999") >= today.isoformat()


def _key(step: Mapping[str, Any]) -> tuple[Any, Any]:
    return step.get("code"), step.get("option")
