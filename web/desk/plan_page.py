"""Edit a person's plan together: what a coach changes is marked with the coach's name."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from aiohttp import web

from coaching.desk_models import Coach
from web.bodies import clean
from web.desk.page import desk_page, go
from web.desk.queue_page import STYLE, refuse_late
from web.desk.session import DESK, needs
from web.desk.talk_page import Seen, see
from web.errors import ApiError
from web.keys import HANDOFFS
from web.labels import Labels
from web.markup import build
from web.plan_keeping import MOST_STEPS

PLAN = f"{DESK}/c/{{conversation}}/plan"
NEW_ROWS = 2
MAX_STEP, MAX_GOAL = 300, 300
# A plan that the bot has not made.
EMPTY: Mapping[str, Any] = {
    "kind": "plan",
    "goal": "",
    "strengths": [],
    "gaps": [],
    "options": [],
    "steps": [],
    "checklists": [],
    "helpers": [],
    "fallback": None,
    "recognition": None,
}

Step = dict[str, Any]


def routes() -> list[web.RouteDef]:
    """Return the addresses of editing a plan."""
    return [web.get(PLAN, show), web.post(PLAN, change)]


@needs("guide")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show the plan's goal and steps in a form."""
    seen = await see(request, coach)
    labels, plan = seen.labels, _plan(seen)
    steps = [*plan["steps"], *({} for _ in range(NEW_ROWS))][:MOST_STEPS]
    goal = build(
        "div",
        build("label", labels.text("plan_edit.goal"), for_="goal"),
        build("input", id="goal", name="goal", value=plan["goal"], maxlength=str(MAX_GOAL)),
        class_="field",
    )
    return desk_page(
        request,
        coach,
        labels.text("plan_edit.title"),
        build("p", build("a", labels.text("suggest.back"), href=seen.address)),
        build("p", labels.text("plan_edit.lead")),
        seen.form(
            "plan",
            goal,
            *(_row(number, step, labels) for number, step in enumerate(steps)),
            build("button", labels.text("plan_edit.send"), class_="main"),
        ),
        styles=(STYLE,),
    )


@needs("guide")
async def change(request: web.Request, coach: Coach) -> web.Response:
    """Show the changed plan to the person."""
    seen = await see(request, coach)
    fields = {name: str(value) for name, value in (await request.post()).items()}
    plan = _plan(seen)
    steps = list(_steps(fields, plan["steps"], coach.display_name))
    goal = clean(fields.get("goal", "")).strip()[:MAX_GOAL]
    if steps == plan["steps"] and goal == plan["goal"]:
        return go(seen.address)
    if not steps and not goal:
        raise ApiError("empty", words="desk_empty")
    by = coach.display_name
    custom = {**plan, "steps": steps, "goal": goal, "changed_by": by}
    if goal != plan["goal"]:
        custom["goal_changed_by"] = by
    known = {str(step.get("text")) for step in plan["steps"]} | {plan["goal"]}
    own = [words for words in (goal, *(step["text"] for step in steps)) if words not in known]
    spoken = await request.app[HANDOFFS].say(seen.talk.conversation.id, coach, "", custom, own)
    refuse_late(spoken is not None)
    return go(f"{seen.address}?news=plan_sent")


def _plan(seen: Seen) -> dict[str, Any]:
    return {**EMPTY, **(seen.talk.packet.plan or {})}


def _row(number: int, step: Mapping[str, Any], labels: Labels) -> Element:
    def field(name: str, kind: str, value: str) -> Element:
        return build(
            "div",
            build("label", labels.text(f"plan_edit.{name}"), for_=f"{name}-{number}"),
            build(
                "input",
                id=f"{name}-{number}",
                name=f"{name}-{number}",
                type=kind,
                value=value,
                maxlength=str(MAX_STEP) if kind == "text" else None,
            ),
            class_="field",
        )

    title = labels.text("plan_edit.step" if step else "plan_edit.new_step", number=number + 1)
    return build(
        "fieldset",
        build("legend", title),
        build("input", type="hidden", name=f"code-{number}", value=str(step.get("code", ""))),
        field("text", "text", str(step.get("text") or "")),
        field("by", "date", str(step.get("by") or "")[:10]),
        class_="step",
    )


def _steps(fields: Mapping[str, str], before: Sequence[Step], name: str) -> Iterator[Step]:
    """Yield the steps as sent; an empty one is gone, a changed or new one has its author."""
    known = {str(step.get("code")): step for step in before}
    for number in range(MOST_STEPS):
        text = clean(fields.get(f"text-{number}", "")).strip()[:MAX_STEP]
        if not text:
            continue
        day = _day(fields.get(f"by-{number}", ""))
        old = known.get(fields.get(f"code-{number}", ""))
        if old is None:
            code = f"coach_{secrets.token_hex(4)}"
            yield {"code": code, "text": text, "by": day, "option": None, "changed_by": name}
        elif (old["text"], old.get("by")) == (text, day):
            yield old
        else:
            yield {**old, "text": text, "by": day, "changed_by": name}


def _day(value: str) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ApiError("wrong_value", name="by") from error
