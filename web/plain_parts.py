"""The parts of replies for the chat without scripts: cards, tables and plans that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from opastin.terminal import Card
from web.markup import build
from web.plain_page import Words

# Makes a form of buttons; gives each button's title, payload and what it is about.
Form = Callable[[Sequence[tuple[str, str, str]]], Element]
Parts = Iterator[Element | None]
# Said once under the cards, so not again among each one's warnings.
SAMPLE = "sample_data"
MOST = 4
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def parts_of(custom: Mapping[str, Any], words: Words, card: Card, form: Form) -> Parts:
    """Yield what a custom part adds to its reply's text; a kind not known here adds nothing."""
    kind = custom.get("kind")
    if kind == "comparison":
        yield _comparison(custom, words)
        yield from (_actions(option, form) for option in custom["options"])
    elif kind in ("options", "saved"):
        yield from _cards(custom, card, form)
    elif kind == "plan":
        yield _plan(custom, words)
    elif kind == "competence":
        yield from _listed(words.text("strengths"), _texts(custom["strengths"]), "h2")
        yield from _listed(words.text("gaps"), _texts(custom["gaps"]), "h2")
    elif kind == "career_skills":
        areas = [f"{area['text']}: {area['value']}/{MOST}" for area in custom["areas"]]
        yield from _listed("", areas)
        yield build("p", build("strong", words.text("exercise")), f": {custom['exercise']}")
    elif kind == "handoff":
        yield from _handoff(custom, words)
    elif kind == "take_home":
        yield build("p", build("a", words.text("take_home.open"), href=custom["url"]))
        yield build("p", words.text("take_home.until", date=words.day(custom["expires"][:10])))


def _handoff(custom: Mapping[str, Any], words: Words) -> Iterator[Element]:
    state, name, hours = (custom.get(key) for key in ("state", "name", "hours"))
    position = custom.get("position")
    said = (words.text(f"handoff.{state}_named", name=name) if name else "") or words.text(
        f"handoff.{state}"
    )
    if said:
        yield build("p", said, class_="across")
    if said and isinstance(position, int):
        yield build("p", words.text("handoff.position", count=position))
    if said and hours:
        yield build("p", words.text("handoff.hours", hours=hours), class_="small")
    if custom.get("preview"):
        yield build("dl", *_pairs(custom["preview"]), class_="preview")


def _pairs(lines: Sequence[Mapping[str, str]]) -> Iterator[Element]:
    for line in lines:
        yield build("dt", line["label"])
        yield build("dd", line["value"])


def _cards(custom: Mapping[str, Any], card: Card, form: Form) -> Iterator[Element]:
    fallback = custom.get("fallback")
    if isinstance(fallback, dict):
        yield build("p", fallback["text"])
    for number, option in enumerate(custom["options"], start=1):
        yield _card(option, number, card, form)
    if any(option["sample"] for option in custom["options"]):
        yield build("p", card.words["sample_note"], class_="small")


def _card(option: Mapping[str, Any], number: int, card: Card, form: Form) -> Element:
    title = option["title"]
    warnings = [item for item in option.get("warnings") or () if item["code"] != SAMPLE]
    return build(
        "article",
        build("h2", f"{number}. {title}"),
        build("p", card.words["sample"], class_="small") if option["sample"] else None,
        build("ul", *(build("li", fact) for fact in card.facts(dict(option)))),
        *(
            build("p", build("strong", card.words["warning"]), f": {text}", class_="warning")
            for text in _texts(warnings)
        ),
        *_listed(card.words["reasons"], _texts(option.get("reasons") or ())),
        _link(option.get("url"), card.words["read_more"], title),
        _actions(option, form),
        class_="card",
    )


def _actions(option: Mapping[str, Any], form: Form) -> Element | None:
    title = option["title"]
    actions = [(action["title"], action["payload"], title) for action in option.get("actions", ())]
    return form(actions) if actions else None


def _link(url: Any, words: str, title: str) -> Element | None:
    # Data from elsewhere may hold any scheme, "javascript:" too.
    if not isinstance(url, str) or not _ADDRESS.fullmatch(url):
        return None
    more = build("span", f": {title}", class_="for-readers")
    return build("p", build("a", words, more, href=url, rel="noopener noreferrer"))


def _comparison(custom: Mapping[str, Any], words: Words) -> Element:
    head = build("tr", build("td"), *(_head("col", one["title"]) for one in custom["options"]))
    rows = [
        build(
            "tr",
            _head("row", row["label"]),
            *(build("td", value or words.text("unknown")) for value in row["values"]),
        )
        for row in custom["rows"]
    ]
    table = build("table", build("thead", head), build("tbody", *rows))
    # What is wider than its box must be within reach of the keyboard.
    return build(
        "div",
        table,
        class_="wide",
        role="region",
        tabindex="0",
        aria_label=words.text("comparison"),
    )


def _head(scope: str, text: str) -> Element:
    return build("th", text, scope=scope)


def _plan(plan: Mapping[str, Any], words: Words) -> Element:
    studies = [f"{option['title']}, {option['provider']}" for option in plan["options"]]
    helpers = [f"{helper['text']}: {helper['why']}" for helper in plan["helpers"]]
    lists = [
        (words.text("plan.checklist", title=one["title"]), one["items"])
        for one in plan["checklists"]
    ]
    by, goal_by = plan.get("changed_by"), plan.get("goal_changed_by")
    return build(
        "article",
        build("p", words.text("plan.changed", name=by), class_="small") if by else None,
        build("h2", f"{words.text('plan.goal')}: {plan['goal']}"),
        build("p", words.text("plan.changed_by", name=goal_by), class_="small")
        if goal_by
        else None,
        *_listed(words.text("strengths"), _texts(plan["strengths"])),
        *_listed(words.text("gaps"), _texts(plan["gaps"])),
        *_listed(words.text("plan.steps"), tasks_of(plan["steps"], words)),
        *_listed(words.text("plan.options"), studies),
        *(part for title, items in lists for part in _listed(title, tasks_of(items, words))),
        *_draft(plan.get("recognition"), words),
        *_listed(words.text("plan.fallback"), [plan["fallback"]] if plan["fallback"] else []),
        *_listed(words.text("plan.helpers"), helpers),
        class_="card",
    )


def _draft(draft: Mapping[str, Any] | None, words: Words) -> Iterator[Element]:
    if draft is not None:
        yield build("h3", words.text("plan.recognition"))
        yield build("p", draft["text"], class_="text")
        yield build("p", draft["note"])


def tasks_of(items: Sequence[Mapping[str, Any]], words: Words) -> list[str]:
    """Return the tasks of a plan with the days that they have and the coach who changed them."""
    return [_task(item, words) for item in items]


def _task(item: Mapping[str, Any], words: Words) -> str:
    task = f"{words.day(item['by'])}: {item['text']}" if item.get("by") else str(item["text"])
    name = item.get("changed_by")
    return f"{task} ({words.text('plan.changed_by', name=name)})" if name else task


def _listed(title: str, items: Sequence[str], heading: str = "h3") -> Iterator[Element]:
    if items:
        if title:
            yield build(heading, title)
        yield build("ul", *(build("li", item) for item in items))


def _texts(items: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(item["text"]) for item in items]
