"""What the person in the pictures says, and what is meant by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# An intent and its entities, as Rasa would find them.
Meaning = tuple[str, Mapping[str, Any]]

_NURSE = {"kind": "qualification", "field": "0913", "code": None}
_STORY = {"field": "0923", "situation": "employed", "education": "vocational"}

# By name and language: the words, and what they mean.
LINES: Mapping[str, Mapping[str, tuple[str, Meaning]]] = {
    "story": {
        "fi": (
            "Olen lähihoitaja Kauhajoelta ja haluaisin sosionomiksi työn ohessa.",
            (
                "inform",
                {**_STORY, "place": "232", "competence": {**_NURSE, "words": "lähihoitaja"}},
            ),
        ),
        "sv": (
            "Jag är närvårdare från Närpes och vill bli socionom vid sidan av jobbet.",
            (
                "inform",
                {**_STORY, "place": "545", "competence": {**_NURSE, "words": "närvårdare"}},
            ),
        ),
        "en": (
            "I'm a practical nurse in Kauhajoki and I'd like to work in social services.",
            (
                "inform",
                {**_STORY, "place": "232", "competence": {**_NURSE, "words": "practical nurse"}},
            ),
        ),
    },
    "options": {
        "fi": ("Näytä jo jotain.", ("show_options", {})),
        "sv": ("Visa några alternativ redan.", ("show_options", {})),
        "en": ("Show me something already.", ("show_options", {})),
    },
    "details": {
        "fi": ("Kerro toisesta lisää.", ("ask_details", {"ordinal": 2})),
        "sv": ("Berätta mer om det andra.", ("ask_details", {"ordinal": 2})),
        "en": ("Tell me more about the second one.", ("ask_details", {"ordinal": 2})),
    },
    "compare": {
        "fi": ("Vertaa kolmea ensimmäistä.", ("compare_options", {"ordinal": [1, 2, 3]})),
        "sv": ("Jämför de tre första.", ("compare_options", {"ordinal": [1, 2, 3]})),
        "en": ("Compare the first three.", ("compare_options", {"ordinal": [1, 2, 3]})),
    },
    "save": {
        "fi": ("Tallenna ensimmäinen.", ("save_option", {"ordinal": 1})),
        "sv": ("Spara det första.", ("save_option", {"ordinal": 1})),
        "en": ("Save the first one.", ("save_option", {"ordinal": 1})),
    },
    "save_more": {
        "fi": ("Tallenna toinenkin.", ("save_option", {"ordinal": 2})),
        "sv": ("Spara också det andra.", ("save_option", {"ordinal": 2})),
        "en": ("Save the second one too.", ("save_option", {"ordinal": 2})),
    },
    "plan": {
        "fi": ("Tee niistä suunnitelma.", ("make_plan", {})),
        "sv": ("Gör en plan av dem.", ("make_plan", {})),
        "en": ("Make a plan out of them.", ("make_plan", {})),
    },
    "take_home": {
        "fi": ("Haluan nämä mukaan.", ("take_home", {})),
        "sv": ("Jag vill ta dem med mig.", ("take_home", {})),
        "en": ("I'd like to take these with me.", ("take_home", {})),
    },
    "human": {
        "fi": ("Voisinko puhua ihmisen kanssa?", ("ask_human", {})),
        "sv": ("Kan jag få prata med en människa?", ("ask_human", {})),
        "en": ("Could I talk to a person?", ("ask_human", {})),
    },
    "contact": {
        "fi": ("040 123 4567, iltapäivisin", ("inform", {"contact": "phone"})),
        "sv": ("040 123 4567, på eftermiddagarna", ("inform", {"contact": "phone"})),
        "en": ("040 123 4567, in the afternoons", ("inform", {"contact": "phone"})),
    },
    "grant": {
        "fi": ("Saanko opintotukea?", ("faq_study_grant", {})),
        "sv": ("Får jag studiestöd?", ("faq_study_grant", {})),
        "en": ("Can I get a study grant?", ("faq_study_grant", {})),
    },
    "unclear": {
        "fi": ("Entä se juttu?", ("nlu_fallback", {})),
        "sv": ("Hur är det med den där saken?", ("nlu_fallback", {})),
        "en": ("What about that thing?", ("nlu_fallback", {})),
    },
    "thanks": {
        "fi": ("Kiitos, tästä oli apua.", ("thank", {})),
        "sv": ("Tack, det här var till hjälp.", ("thank", {})),
        "en": ("Thank you, this helped.", ("thank", {})),
    },
}
_MEANINGS = {words: meaning for said in LINES.values() for words, meaning in said.values()}
# What the gateway leaves of a phone number.
_MASKED = "[phone]"


def line(name: str, language: str) -> str:
    """Return what the person says."""
    return LINES[name][language][0]


def meaning_of(words: str) -> Meaning:
    """Return what is meant by words; what nobody has written down is not understood."""
    if _MASKED in words:
        return LINES["contact"]["fi"][1]
    return _MEANINGS.get(words, ("nlu_fallback", {}))
