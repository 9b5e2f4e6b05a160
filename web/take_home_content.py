"""What goes on a page to take home: options and the plan's steps, and nothing of the person.

Left out on purpose are the goal, strengths and drafts, which hold the person's own words, and
distances, reasons and warnings, which tell where the person lives and what they said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MAX_OPTIONS = 6
OPTION_FIELDS = (
    "id",
    "type",
    "title",
    "provider",
    "sample",
    "place_name",
    "modes",
    "schedule",
    "weekly_hours",
    "credits",
    "duration_months",
    "price_eur",
    "price_max_eur",
    "apply_by",
    "continuous",
    "starts",
    "url",
)
STEP_FIELDS = ("code", "text", "by", "option")
HELPER_FIELDS = ("code", "text", "why")

Part = Mapping[str, Any] | None


def content_of(*, saved: Part, plan: Part, shown: Part) -> dict[str, Any] | None:
    """Return the page's content from the latest parts of a conversation; None without any.

    What was put aside comes first, then what the plan is about. Only where there is neither do
    the suggestions shown last stand for them.
    """
    chosen = [*_options(saved), *_options(plan)] or [*_options(shown)]
    options = list({option["id"]: option for option in chosen}.values())[:MAX_OPTIONS]
    if not options and not (plan or {}).get("steps"):
        return None
    return {"options": options, **_plan(plan or {})}


def _options(part: Part) -> list[dict[str, Any]]:
    return [_kept(option, OPTION_FIELDS) for option in (part or {}).get("options") or ()]


def _plan(plan: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "steps": _all_kept(plan.get("steps"), STEP_FIELDS),
        "checklists": [
            {
                "option": checklist.get("option"),
                "title": checklist.get("title"),
                "items": _all_kept(checklist.get("items"), STEP_FIELDS),
            }
            for checklist in plan.get("checklists") or ()
        ],
        "helpers": _all_kept(plan.get("helpers"), HELPER_FIELDS),
        "fallback": plan.get("fallback") or None,
    }


def _all_kept(items: Iterable[Mapping[str, Any]] | None, names: Iterable[str]) -> list[Any]:
    return [_kept(item, names) for item in items or ()]


def _kept(item: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: item.get(name) for name in names}
