"""Put competences into words: lists of their names, and what a mapping has brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.actions.desk import Desk, language_of
from bot.actions.summary import Summary
from bot.actions.titles import base_form
from guidance.competence import Strength, directions, gaps, matches, strengths
from guidance.competence_table import THEMES
from guidance.dialogue_choices import choices
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, ShowCompetence
from guidance.mapping_state import AREAS, NAME, repeated
from guidance.profile import Profile
from opastin.texts import Texts

# So many competences of a field as can be taken in at once.
MOST_NAMED = 4


@dataclass(frozen=True)
class Names:
    """The texts that name competences, themes, areas and fields in one language."""

    texts: Texts
    language: str
    plain: bool

    def of(self, kind: str, code: str) -> str:
        """Return the name of a `competence`, `theme`, `area` or `field`."""
        if kind == "field":
            return Summary(self.texts, self.language, plain=self.plain).of({"field": code})
        return self.texts.text(f"utter_about_{kind}_{code}", self.language, plain=self.plain)


def listed(names: Iterable[str], language: str, texts: Texts, *, plain: bool) -> str:
    """Return the texts of responses in one line: "leipominen, siivoaminen"."""
    return ", ".join(texts.text(name, language, plain=plain) for name in names)


def show_competence(
    desk: Desk, move: ShowCompetence, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Show strengths by theme, and against the wished field what counts and what is missing."""
    names = Names(desk.texts, language_of(profile), bool(profile.plain_language))
    told = strengths(profile, memory.progress.get(NAME))
    custom = competence_as_json(profile, memory, names)
    if move.only_gaps and profile.field is not None:
        return _gaps(profile.field, told, names), memory
    values: dict[str, object] = {"strengths": _by_theme(told, names)}
    if profile.field is None:
        return Say("utter_mapping_summary", values, custom=custom), memory
    name, more = _against_field(profile.field, told, names)
    return Say(name, {**values, **more}, custom=custom), memory


def _gaps(field: str, told: Iterable[Strength], names: Names) -> Say:
    """Return what is still to be learnt for a field."""
    values: dict[str, object] = {"field": names.of("field", field)}
    missing = gaps(field, told)
    ways_on = choices("show_options", "make_plan", "ask_human")
    if not missing:
        return Say("utter_mapping_gaps_none", values, choices=ways_on)
    values["missing"] = _named(missing, names)
    return Say("utter_mapping_gaps", values, choices=ways_on)


def competence_as_json(profile: Profile, memory: Memory, names: Names) -> dict[str, Any]:
    """Return the custom part `competence` in the language of `names`."""
    state = memory.progress.get(NAME) or {}
    told = strengths(profile, state)
    missing = gaps(profile.field, told) if profile.field else ()
    ahead = () if profile.field else directions(told)
    return {
        "kind": "competence",
        "areas": [
            {"code": area, "text": names.of("area", area), "asked": area in state.get("asked", ())}
            for area in AREAS
        ],
        "strengths": [strength_as_json(item, names) for item in told],
        "gaps": [{"code": code, "text": names.of("competence", code)} for code in missing],
        "directions": [{"code": code, "text": names.of("field", code)} for code in ahead],
    }


def strength_as_json(strength: Strength, names: Names) -> dict[str, Any]:
    """Return a strength with its name, else the person's own words, and where it comes from."""
    return {
        "code": strength.code,
        "text": told_as(strength, names)
        if strength.code is None
        else names.of("competence", strength.code),
        "from": strength.words,
    }


def told_as(strength: Strength, names: Names) -> str:
    """Return what somebody told: a title in its base form, anything else in their own words."""
    return base_form(strength.words, strength.kind, names.language)


def _by_theme(told: Iterable[Strength], names: Names) -> str:
    lines = []
    told = list(told)
    for theme in THEMES:
        codes = dict.fromkeys(item.code for item in told if item.code and item.theme == theme)
        if codes:
            parts = ", ".join(names.of("competence", code) for code in codes)
            lines.append(f"{names.of('theme', theme)}: {parts}.")
    own = dict.fromkeys(repeated(told_as(item, names)) for item in told if item.code is None)
    if own:
        lines.append(f"{names.of('theme', 'own')}: {'; '.join(own)}.")
    return "\n".join(lines)


def _against_field(
    field: str, told: Iterable[Strength], names: Names
) -> tuple[str, dict[str, object]]:
    told = list(told)
    counting, missing = matches(field, told), gaps(field, told)
    values: dict[str, object] = {"field": names.of("field", field)}
    if counting:
        values["matching"] = _named(counting, names)
    if missing:
        values["missing"] = _named(missing, names)
    if counting and missing:
        return "utter_mapping_field", values
    if missing:
        return "utter_mapping_field_new", values
    return ("utter_mapping_field_ready" if counting else "utter_mapping_summary"), values


def _named(codes: Iterable[str], names: Names) -> str:
    return ", ".join(names.of("competence", code) for code in list(codes)[:MOST_NAMED])
