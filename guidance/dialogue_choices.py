"""The buttons of the dialogue: which ones fit now; their titles are `utter_choice_<name>`."""

from __future__ import annotations

from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import Choice, payload
from guidance.profile import Profile

MAX_CHOICES = 5

_PAYLOADS = {
    "ask_help": payload("ask_help"),
    "ask_human": payload("ask_human"),
    "career_again": payload("map_competence", choice="career_again"),
    "career_check": payload("map_competence", choice="career"),
    "career_skip": payload("map_competence", choice="career:skip"),
    "compare_options": payload("compare_options"),
    "compare_routes": payload("compare_options", choice="routes"),
    "delete_my_data": payload("delete_my_data"),
    "faq_how_to_apply": payload("faq_how_to_apply"),
    "make_plan": payload("make_plan"),
    "map_competence": payload("map_competence"),
    "mapping_all": payload("affirm", choice="mapping_all"),
    "mapping_enough": payload("inform", choice="mapping_enough"),
    "mapping_keep": payload("affirm", choice="mapping_keep"),
    "mapping_more": payload("map_competence", choice="mapping_more"),
    "mapping_next": payload("inform", choice="mapping_next"),
    "mapping_none": payload("deny", choice="mapping_none"),
    "mapping_some": payload("inform", choice="mapping_some"),
    "mapping_together": payload("map_competence"),
    "continue_career": payload("map_competence", choice="continue_career"),
    "continue_mapping": payload("map_competence", choice="continue_mapping"),
    "no": payload("deny"),
    "plan_coach": payload("request_callback"),
    "plan_recognition": payload("make_plan", choice="recognition"),
    "request_callback": payload("request_callback"),
    "show_more": payload("show_more"),
    "show_options": payload("show_options"),
    "show_saved": payload("save_option", choice="show"),
    "start_guidance": payload("start_guidance"),
    "start_over": payload("start_over"),
    "unsure": payload("unsure"),
    "why_not": payload("explain_choice", choice="why_not"),
    "yes": payload("affirm"),
    "refine": payload("refine_options"),
    "refine_cheaper": payload("refine_options", refine="cheaper"),
    "refine_evening": payload("refine_options", refine="evening"),
    "refine_nearer": payload("refine_options", refine="nearer"),
    "refine_online": payload("refine_options", refine="online"),
    "refine_other_field": payload("refine_options", refine="other_field"),
    "open_distance": payload("inform", no_preference="max_distance_km"),
    "open_language": payload("inform", no_preference="teaching_languages"),
    "open_length": payload("inform", no_preference="max_months"),
    "open_online": payload("inform", no_preference="online_only"),
    "open_price": payload("inform", no_preference="budget_eur"),
    "also_online": payload("inform", online_ok=True),
    "schedule_daytime": payload("inform", schedule="daytime"),
    "schedule_evening": payload("inform", schedule="evening"),
    "schedule_weekend": payload("inform", schedule="weekend"),
    "schedule_own_pace": payload("inform", schedule="own_pace"),
    "online_only": payload("inform", online_only=True),
    "budget_free": payload("inform", budget_eur=0),
    "budget_low": payload("inform", budget_eur=200),
    "budget_middle": payload("inform", budget_eur=500),
    "age_under_25": payload("inform", age_group="under_25"),
    "age_25_29": payload("inform", age_group="25_29"),
    "age_30_plus": payload("inform", age_group="30_plus"),
    "leave_activity": payload("stop", choice="leave"),
    "language_fi": payload("change_language", language_wish="fi"),
    "language_sv": payload("change_language", language_wish="sv"),
    "language_en": payload("change_language", language_wish="en"),
    "plain_on": payload("use_plain_language", plain_language=True),
}
_SLOTS_WITHOUT_PREFERENCE = ("place", "schedule", "competence", "budget_eur", "age_group")
_FIELDS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10")
_PAYLOADS |= {
    f"any_{slot}": payload("inform", no_preference=slot) for slot in _SLOTS_WITHOUT_PREFERENCE
}
_PAYLOADS |= {
    f"career_{value}": payload("map_competence", choice=f"career:{value}") for value in range(1, 5)
}
_GOALS = ("new_career", "advance", "degree", "try_field")
_PAYLOADS |= {f"goal_{goal}": payload("inform", goal=goal) for goal in _GOALS}
_PAYLOADS |= {f"field_{code}": payload("inform", field=code) for code in _FIELDS}

# Three directions far from each other, to react to; then three others, and others again.
DIRECTIONS = (
    ("field_09", "field_07", "field_06"),
    ("field_04", "field_08", "field_02"),
    ("field_01", "field_10", "field_05"),
)

_OF_QUESTIONS = {
    "goal": (*(f"goal_{goal}" for goal in _GOALS), "unsure"),
    "interest": ("unsure",),
    "field": ("unsure",),
    "place": ("online_only", "any_place"),
    "schedule": (
        "schedule_daytime",
        "schedule_evening",
        "schedule_weekend",
        "schedule_own_pace",
        "any_schedule",
    ),
    "competence": ("mapping_together", "any_competence"),
    "budget_eur": ("budget_free", "budget_low", "budget_middle", "any_budget_eur"),
    "age_group": ("age_under_25", "age_25_29", "age_30_plus", "any_age_group"),
}


def choices(*names: str) -> tuple[Choice, ...]:
    """Return the buttons with these names, at most five."""
    return tuple(
        Choice(_PAYLOADS[name], text=f"utter_choice_{name}") for name in names[:MAX_CHOICES]
    )


def of_question(slot: str) -> tuple[Choice, ...]:
    """Return the answers that can be given to a question by button."""
    return choices(*_OF_QUESTIONS.get(slot, ()))


def directions(times: int) -> tuple[Choice, ...]:
    """Return three contrasting fields for a person who does not know, others each time."""
    return choices(*DIRECTIONS[times % len(DIRECTIONS)], "map_competence", "ask_human")


def after_options(profile: Profile, memory: Memory) -> tuple[Choice, ...]:
    """Return what can be done with a page of options."""
    more = memory.offset + len(memory.shown) < memory.total
    names = ["show_more"] if more else []
    names.append("refine")
    if len(memory.shown) > 1:
        names.append("compare_options")
    names.append("compare_routes" if profile.goal in ("degree", "try_field") else "why_not")
    names.append("make_plan")
    return choices(*names)


def refinements(profile: Profile, memory: Memory) -> tuple[Choice, ...]:
    """Return what would change a page of options, leaving out what is so already."""
    names = []
    if profile.budget_eur != 0 and any(
        item.price_eur or item.price_max_eur for item in memory.shown
    ):
        names.append("refine_cheaper")
    if not profile.online_only:
        if profile.online_ok is not False:
            names.append("refine_online")
        if profile.all_places and any(item.distance_km for item in memory.shown):
            names.append("refine_nearer")
    names.append("refine_other_field")
    if "evening" not in profile.schedule:
        names.append("refine_evening")
    return choices(*names)


def details_of(option: str) -> Choice:
    """Return the button that shows one option in full."""
    return Choice(payload("ask_details", option=option), text="utter_which_details")


def about_option(name: str, intent: str, option: str) -> Choice:
    """Return a button that does something with one option: `name` is that of its title."""
    return Choice(payload(intent, option=option), text=f"utter_choice_{name}")


def see_field(code: str) -> Choice:
    """Return the button that searches in another field."""
    return Choice(payload("inform", field=code), text="utter_why_not_see_field")


def of_meanings(intents: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return one button for each intent that a message may have meant."""
    return tuple(Choice(payload(intent), text=f"utter_meaning_{intent}") for intent in intents)


def of_shown(shown: tuple[Shown, ...], intent: str) -> tuple[Choice, ...]:
    """Return one button for each option shown, to choose which one `intent` is about."""
    return tuple(
        Choice(payload(intent, option=item.id), title=item.title) for item in shown[:MAX_CHOICES]
    )
