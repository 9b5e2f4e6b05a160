"""Turns that weigh options: side by side, put aside, left out, and routes to one degree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guidance import dialogue_choices as buttons
from guidance.comparison import MAX_COMPARED
from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import Say, ShowComparison, ShowRoutes, ShowSaved
from guidance.dialogue_openings import openings
from guidance.dialogue_options import meant_options
from guidance.dialogue_questions import knows_subject
from guidance.dialogue_talk import Talk
from guidance.eligibility import RULING_OUT
from guidance.profile import Profile

ROUTES, REMOVE, SHOW = "routes", "remove", "show"
MAX_SAVED = 10


def compare(talk: Talk) -> None:
    """Show side by side what is meant, else what was put aside, else the first ones shown."""
    talk.acknowledge()
    if talk.turn.choice == ROUTES:
        _compare_routes(talk)
        return
    options = _compared(talk)
    if len(options) > 1:
        talk.do(ShowComparison(options))
    elif talk.memory.searched:
        talk.say("utter_compare_too_few", choices=buttons.choices("show_options", "refine"))
    else:
        talk.say("utter_compare_none_yet")
        talk.resume()


def _compared(talk: Talk) -> tuple[str, ...]:
    pointed_at = talk.turn.option or talk.turn.ordinals
    meant = meant_options(talk) if pointed_at else ()
    if len(meant) > 1:
        return meant[:MAX_COMPARED]
    saved, shown = ([item.id for item in items] for items in (talk.memory.saved, talk.memory.shown))
    if len(saved) > 1 and not meant:
        return tuple(saved[-MAX_COMPARED:])
    return tuple(dict.fromkeys((*meant, *saved, *shown)))[:MAX_COMPARED]


def _compare_routes(talk: Talk) -> None:
    if knows_subject(talk.profile):
        talk.do(ShowRoutes())
    else:
        talk.say("utter_routes_need_field")
        talk.go_on()


def save(talk: Talk) -> None:
    """Put an option aside, take one away again, or show what has been put aside."""
    talk.acknowledge()
    turn = talk.turn
    meant = meant_options(talk)
    if turn.choice == SHOW:
        talk.do(ShowSaved())
    elif turn.choice == REMOVE:
        talk.do(ShowSaved(remove=turn.option or _meant_saved(talk)))
    elif len(meant) == 1:
        talk.do(ShowSaved(add=meant[0]))
    elif talk.memory.shown:
        talk.say("utter_save_which", choices=buttons.of_shown(talk.memory.shown, "save_option"))
    else:
        talk.do(ShowSaved())


def _meant_saved(talk: Talk) -> str | None:
    """Return the saved option that a typed wish to remove means: by its place, or the only one."""
    saved = talk.memory.saved
    place = next(iter(talk.turn.ordinals), 1 if len(saved) == 1 else 0)
    return saved[place - 1].id if 0 < place <= len(saved) else None


def with_saved(saved: Sequence[Shown], move: ShowSaved) -> tuple[str, ...]:
    """Return the ids of what is put aside once `move` is done, the oldest forgotten."""
    kept = [item.id for item in saved if item.id not in (move.add, move.remove)]
    return tuple([*kept, move.add] if move.add else kept)[-MAX_SAVED:]


def tell_saved(memory: Memory, move: ShowSaved, options: Sequence[Mapping[str, Any]]) -> Say:
    """Return what to say once `options` are all that is put aside."""
    added = next((option for option in options if option["id"] == move.add), None)
    if move.add is not None and added is None:
        kept = ["show_saved"] if options else []
        choices = buttons.choices("show_options", *kept, "ask_human")
        return Say("utter_save_ended", choices=choices, custom=_saved(options))
    if not options:
        back = "show_options" if memory.searched else "start_guidance"
        name = "utter_saved_none_left" if move.remove else "utter_saved_none"
        return Say(name, choices=buttons.choices(back), custom=_saved(options))
    names = ["compare_options"] if len(options) > 1 else []
    choices = buttons.choices(*names, "make_plan", "show_options")
    if added is not None:
        return Say("utter_save_done", {"title": added["title"]}, None, choices, _saved(options))
    name = "utter_saved_removed" if move.remove else "utter_saved_shown"
    return Say(name, {"count": len(options)}, None, choices, _saved(options))


def _saved(options: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"kind": "saved", "options": list(options)}


def remember_saved(memory: Memory, options: Sequence[Mapping[str, Any]]) -> Memory:
    """Return the memory with `options` as all that is put aside."""
    return replace(memory, saved=tuple(Shown.of(option) for option in options))


def tell_comparison(table: Mapping[str, Any], asked: str | None) -> Say:
    """Return what to say with a comparison of the options that the catalogue still has."""
    if len(table["options"]) < 2:
        return Say("utter_details_gone", choices=buttons.choices("show_options", "ask_human"))
    choices = buttons.choices("make_plan", "show_options", "ask_human")
    custom = {"kind": "comparison", **table}
    return Say(
        "utter_compare_shown", {"count": len(table["options"])}, None, choices, custom, asked
    )


def tell_routes(
    profile: Profile,
    degree: str | None,
    table: Mapping[str, Any],
    notices: Sequence[Mapping[str, Any]],
    asked: str | None,
) -> Say:
    """Return what to say with the routes to `degree`, None when nothing open leads to any.

    `notices` tell what rules out the routes that there are.
    """
    if degree is None and notices:
        text = " ".join(notice["text"] for notice in notices)
        choices = openings(profile, notices)
        return Say("utter_routes_ruled_out", {"notice": text}, None, choices, asked=asked)
    if degree is None:
        choices = buttons.choices("faq_how_to_apply", "show_options", "ask_human")
        return Say("utter_routes_none", choices=choices, asked=asked)
    choices = buttons.choices("make_plan", "show_options", "faq_how_to_apply")
    name = "utter_routes_shown" if len(table["options"]) > 1 else "utter_routes_one"
    custom = {"kind": "comparison", **table}
    return Say(name, {"degree": degree}, None, choices, custom, asked)


def tell_why_not(
    option: Mapping[str, Any] | None, against: Sequence[Mapping[str, Any]], profile: Profile
) -> Say:
    """Return what to say of one option, `against` being all that is to be careful about in it."""
    if option is None:
        return Say("utter_details_gone", choices=buttons.choices("show_options", "ask_human"))
    blocking = [item for item in against if item["code"] in RULING_OUT]
    details = buttons.details_of(option["id"])
    title = option["title"]
    if not blocking:
        choices = (details, *buttons.choices("show_options", "refine", "ask_human"))
        return Say("utter_why_not_open", {"title": title}, choices=choices)
    text = " ".join(item["text"] for item in blocking)
    notices = [{"code": f"blocked_by_{item['code']}"} for item in blocking]
    choices = (details, *openings(profile, notices))[: buttons.MAX_CHOICES]
    return Say("utter_why_not_option", {"title": title, "notice": text}, choices=choices)


def tell_ruled_out(
    profile: Profile, options: Sequence[Mapping[str, Any]], notices: Sequence[Mapping[str, Any]]
) -> Say:
    """Return what to say of the options left out, each with what rules it out in its warnings."""
    choices = openings(profile, notices)
    if not options and not notices:
        return Say("utter_ruled_out_nothing", choices=choices)
    text = " ".join(notice["text"] for notice in notices)
    only_times = all(str(notice["code"]).startswith("opened_by_") for notice in notices)
    if not options and only_times:
        return Say("utter_ruled_out_times", {"notice": text}, None, choices)
    if not options:
        return Say("utter_ruled_out_opens", {"notice": text}, None, choices)
    custom = {"kind": "options", "options": list(options), "total": len(options), "fallback": None}
    return Say("utter_ruled_out_shown", {"notice": text}, None, choices, custom)
