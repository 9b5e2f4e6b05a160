"""Intents that the dialogue treats alike, and why."""

from __future__ import annotations

FAQ_PREFIX = "faq_"
FALLBACK = "nlu_fallback"
# These end or sour a conversation when they are mistaken.
NEEDS_TO_BE_SURE = frozenset({"abuse", "goodbye", "stop"})

# Words taken for these may still be the answer that was waited for: "in the mornings, when the
# children are at school".
MAY_ANSWER = frozenset({"chitchat", "complain", "greet", "out_of_scope", "repeat"})
# A wish is told in these. In others, words that name no field are only what the talk is about.
TELLS_WISHES = frozenset(
    {"affirm", "correct", "deny", "greet", "inform", FALLBACK, "refine_options", "show_options"}
    | {"start_guidance"}
)
# What one has done and can is told in these.
TELLS_FACTS = frozenset({"affirm", "correct", "inform", "map_competence"})
# "I'd prefer another field", said of a list, is a wish to change it.
MAY_REFINE = frozenset({"correct", "deny", "inform", "show_more", "show_options"})
# "Forget my budget" is easily taken for one of these.
MAY_LIFT_LIMIT = frozenset({"go_back", "refine_options", "save_option"})
# Facts are not taken from these: the person speaks of something else than wishes.
WITHOUT_FACTS = frozenset({"abuse", "crisis", "delete_my_data", "start_over"})
# What a person asks the bot to do about studies.
ABOUT_STUDIES = frozenset(
    {
        "ask_details",
        "compare_options",
        "make_plan",
        "map_competence",
        "refine_options",
        "save_option",
        "show_more",
        "show_options",
        "start_guidance",
    }
)
# After a crisis, these and a wish told bring studies up again; anything else does not.
BRINGS_UP_STUDIES = ABOUT_STUDIES | {"start_over"}
# After a crisis these are answered; to anything else the bot stays with the person.
ANSWERED_IN_CRISIS = frozenset(
    {
        "abuse",
        "ask_human",
        "ask_privacy",
        "bot_challenge",
        "change_language",
        "crisis",
        "delete_my_data",
        "goodbye",
        "repeat",
        "request_callback",
        "stop",
        "use_plain_language",
    }
)
# A whole message such as "ei väliä" is easily taken for one of these.
MAY_LEAVE_OPEN = frozenset(
    {
        "affirm",
        "chitchat",
        "complain",
        "deny",
        "inform",
        FALLBACK,
        "out_of_scope",
        "repeat",
        "stop",
        "unsure",
    }
)
# A button for these would say nothing.
NOT_OFFERED = frozenset(
    {"abuse", "affirm", "chitchat", "correct", "crisis", "deny", "greet", "inform", FALLBACK}
    | {"out_of_scope"}
)
# A contact that comes with these is meant to be used.
TAKES_CONTACT = frozenset({"ask_human", "crisis", "delete_my_data", "request_callback"})
# These are about more than the activity under way.
BEFORE_ACTIVITIES = frozenset({"abuse", "ask_human", "crisis", "delete_my_data", "start_over"})
# Answered in between: whatever the bot waits for is asked for again after them.
IN_BETWEEN = frozenset(
    {
        "ask_help",
        "ask_privacy",
        "bot_challenge",
        "change_language",
        "complain",
        "repeat",
        "thank",
        "use_plain_language",
    }
)


def is_faq(intent: str) -> bool:
    """Say whether an intent asks about rules and services."""
    return intent.startswith(FAQ_PREFIX)
