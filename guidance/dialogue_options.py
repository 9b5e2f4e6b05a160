"""Turns about options: showing, refining, details, and how a page of results is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guidance import dialogue_choices as buttons
from guidance.demand import unmet_demand
from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import Say, ShowOptions, ShowRuledOut
from guidance.dialogue_openings import openings as lifting
from guidance.dialogue_profile import change, knows_anything
from guidance.dialogue_questions import knows_subject
from guidance.dialogue_refine import RELATIVE, refined
from guidance.dialogue_talk import Talk
from guidance.profile import Profile

PAGE = 5
WHY_NOT = "why_not"


def show_options(talk: Talk) -> None:
    """Show options when asked to, even with questions still open."""
    talk.acknowledge()
    nothing_known = not knows_subject(talk.profile) and talk.profile.place is None
    if nothing_known and not talk.memory.asked:
        talk.go_on()
    else:
        talk.show("again" if talk.memory.searched else "first")


def show_more(talk: Talk) -> None:
    """Show the next page, or say that there is none."""
    memory = talk.memory
    if not memory.shown:
        show_options(talk)
    elif memory.offset + len(memory.shown) >= memory.total:
        talk.say("utter_options_no_more", choices=buttons.refinements(talk.profile, memory))
    else:
        talk.show("more", memory.offset + PAGE)


def refine(talk: Talk) -> None:
    """Change the profile as asked, visibly, and suggest again."""
    code = talk.turn.refine
    shown = talk.memory.shown
    if code == "other_field" and not talk.changed.get("field"):
        _ask_other_field(talk)
    elif code in RELATIVE and not talk.changed and not shown:
        _ask_for_limit(talk, code or "")
    elif code == "nearer" and not talk.changed and not talk.profile.all_places:
        talk.ask("place")
    elif code is not None and not _apply(talk, code):
        _say_already(talk, code)
    elif code is None and not talk.changed:
        talk.say("utter_refine_which", choices=buttons.refinements(talk.profile, talk.memory))
    else:
        talk.acknowledge()
        if talk.memory.searched:
            talk.show("changed")
        else:
            talk.go_on()


def _say_already(talk: Talk, code: str) -> None:
    name = f"utter_refine_{code}_already" if code in RELATIVE else _ALREADY
    talk.say(name, choices=buttons.refinements(talk.profile, talk.memory))


_ALREADY = "utter_refine_already"


def _apply(talk: Talk, code: str) -> bool:
    """Put a refinement into the profile; False when it changes nothing."""
    wanted = refined(code, talk.profile, talk.memory.shown, talk.turn.today)
    # A limit said in numbers counts for more than one worked out.
    wanted = {name: value for name, value in wanted.items() if name not in talk.changed}
    folded = change(talk.profile, wanted)
    talk.profile = folded.profile
    if folded.before:
        talk.remember(history=talk.memory.with_answer(None, folded.before))
    talk.changed = {**talk.changed, **folded.changed}
    return bool(talk.changed)


def _ask_other_field(talk: Talk) -> None:
    folded = change(talk.profile, {"field": None, "interest": None})
    talk.profile = folded.profile
    settled = tuple(slot for slot in talk.memory.settled if slot not in ("field", "interest"))
    talk.remember(
        history=talk.memory.with_answer("field", folded.before), pending="field", settled=settled
    )
    choices = buttons.directions(talk.memory.unsure)
    talk.remember(unsure=talk.memory.unsure + 1)
    talk.say("utter_refine_other_field", choices=choices, asked="field")


def _ask_for_limit(talk: Talk, code: str) -> None:
    """Nothing has been shown to be cheaper or nearer than: ask for the limit itself."""
    slot = {"cheaper": "budget_eur", "nearer": "place"}.get(code)
    if slot is None or slot in talk.memory.asked or slot in talk.profile.to_dict():
        talk.go_on()
    else:
        talk.ask(slot)


def ask_details(talk: Talk) -> None:
    """Show the option that is meant, or ask which one."""
    talk.acknowledge()
    option = next(iter(meant_options(talk)), None)
    if option is not None:
        talk.show_details(option)
    elif talk.memory.shown:
        talk.say("utter_details_which", choices=buttons.of_shown(talk.memory.shown, "ask_details"))
    else:
        talk.say("utter_details_none_yet")
        talk.resume()


def explain(talk: Talk) -> None:
    """Say why a question is asked, or why these options were chosen."""
    slot, turn = talk.memory.pending, talk.turn
    if turn.choice == WHY_NOT and talk.memory.searched:
        talk.acknowledge()
        pointed_at = meant_options(talk) if turn.option or turn.ordinals else ()
        field = turn.facts.get("field")
        named = str(field) if isinstance(field, str) else None
        talk.do(ShowRuledOut(next(iter(pointed_at), None), named))
    elif (turn.option or turn.ordinals) and meant_options(talk):
        talk.show_details(meant_options(talk)[0])
    elif slot is not None:
        choices = buttons.of_question(slot)
        talk.say(f"utter_explain_{slot}", choices=choices, asked=slot)
    elif talk.memory.shown and knows_anything(talk.profile):
        choices = buttons.choices("why_not", "compare_options", "refine")
        talk.say("utter_explain_options", about=talk.profile.to_dict(), choices=choices)
    elif talk.memory.shown:
        talk.say("utter_explain_options_open")
    else:
        talk.say("utter_explain_start")
        talk.resume()


def meant_options(talk: Talk) -> tuple[str, ...]:
    """Return the options that a turn points at: by a button or by place, else the one at hand.

    A place that the list does not have points at nothing.
    """
    turn, shown = talk.turn, talk.memory.shown
    if turn.option is not None:
        return (turn.option,)
    if not turn.ordinals:
        looked_at = talk.memory.looked_at or (shown[0] if len(shown) == 1 else None)
        return () if looked_at is None else (looked_at.id,)
    places = (place - 1 if place > 0 else len(shown) + place for place in turn.ordinals)
    return tuple(dict.fromkeys(shown[place].id for place in places if 0 <= place < len(shown)))


def remember_shown(memory: Memory, move: ShowOptions, found: Mapping[str, Any]) -> Memory:
    """Return the memory after a page of `found` (options and total as JSON) was shown."""
    if move.offset and not found["options"]:
        return replace(memory, total=found["total"])
    shown = tuple(Shown.of(option) for option in found["options"])
    return replace(
        memory,
        searched=True,
        shown=shown,
        offset=move.offset,
        total=found["total"],
        looked_at=None,
    )


def tell(profile: Profile, memory: Memory, move: ShowOptions, found: Mapping[str, Any]) -> Say:
    """Return what to say with a page of `found`; `memory` already holds the page."""
    options, total, fallback = found["options"], found["total"], found["fallback"]
    # For the gateway, which counts it and takes it out of the reply; further pages are no search.
    unmet = unmet_demand(profile, found) if move.offset == 0 else None
    demand = {} if unmet is None else {"demand": unmet}
    if not options and move.offset:
        # The catalogue has become smaller since the page before.
        return Say("utter_options_no_more", choices=buttons.refinements(profile, memory))
    if not options:
        notices = " ".join(notice["text"] for notice in found["notices"])
        name = "utter_options_none_because" if notices else "utter_options_none"
        openings = lifting(profile, found["notices"])
        return Say(name, {"notice": notices}, choices=openings, custom=demand or None)
    values: dict[str, object] = {"count": len(options), "total": total}
    times = _text_of(found["notices"], _TIMES)
    if move.occasion == "more" or move.offset:
        name = "utter_options_more"
    elif _are_only_related(options):
        name = "utter_options_related"
    elif profile.goal == "try_field" and fallback is None:
        name = "utter_options_first_steps"
    elif fallback is not None:
        told = " ".join(filter(None, (fallback["text"], times)))
        name, values = "utter_options_fallback", {**values, "fallback": told}
    elif times:
        name = "utter_options_times" if total == len(options) else "utter_options_times_some"
        values["notice"] = times
    elif total == 1:
        name = "utter_options_one"
    else:
        name = "utter_options_all" if total == len(options) else "utter_options_some"
    custom = {
        "kind": "options",
        "options": options,
        "total": total,
        "fallback": fallback,
        **demand,
    }
    against = _against(found["notices"])
    if against and move.offset == 0:
        return _tell_close(profile, memory, against, custom)
    return Say(name, values, choices=buttons.after_options(profile, memory), custom=custom)


def _tell_close(
    profile: Profile,
    memory: Memory,
    notices: Sequence[Mapping[str, Any]],
    custom: Mapping[str, Any],
) -> Say:
    """Say which limits leave out all that was wished for, with what is close to it."""
    known = profile.to_dict()
    slots = [_LIMITS.get(str(notice["code"]), "") for notice in notices]
    limits = {slot: known[slot] for slot in slots if slot in known}
    choices = lifting(profile, notices)
    if memory.offset + len(memory.shown) < memory.total:
        choices = (*choices[:-1], *buttons.choices("show_more"))
    values = {"notice": " ".join(notice["text"] for notice in notices)}
    if limits:
        return Say("utter_options_close_within", values, limits, choices, custom)
    return Say("utter_options_close", values, None, choices, custom)


def _text_of(notices: Sequence[Mapping[str, Any]], codes: frozenset[str]) -> str:
    return " ".join(notice["text"] for notice in notices if notice["code"] in codes)


def _against(notices: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [notice for notice in notices if notice["code"].startswith("blocked_by_")]


_TIMES = frozenset({"some_in_wished_times", "none_in_wished_times"})
# The limit that each notice is about.
_LIMITS = {
    "blocked_by_far_away": "max_distance_km",
    "blocked_by_other_language": "teaching_languages",
    "blocked_by_over_budget": "budget_eur",
    "blocked_by_too_long": "max_months",
}


def _are_only_related(options: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether the page has what lies close to the wish, and nothing of it."""
    codes = {reason["code"] for option in options for reason in option.get("reasons", ())}
    return "related_field" in codes and codes.isdisjoint({"field_match", "interest_match"})


def tell_details(option: Mapping[str, Any] | None, memory: Memory) -> Say:
    """Return what to say with an option in full, None when the catalogue no longer has it."""
    if option is None:
        return Say("utter_details_gone", choices=buttons.choices("show_options", "ask_human"))
    # A new search may have been asked for meanwhile; only a list that was shown is gone back to.
    back = ("show_options",) if memory.shown else ()
    apply, *others = buttons.choices("faq_how_to_apply", *back, "ask_human")
    plan = buttons.about_option("make_plan", "make_plan", option["id"])
    custom = {"kind": "options", "options": [option], "total": 1, "fallback": None}
    return Say(
        "utter_details_shown",
        {"title": option["title"]},
        choices=(apply, plan, *others),
        custom=custom,
        asked=memory.pending,
    )
