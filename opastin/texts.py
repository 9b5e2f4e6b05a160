"""What the bot says, for everything that speaks without Rasa: the same files, no Rasa."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeGuard

import yaml
from babel import Locale

from opastin.settings import ROOT

LANGUAGES = ("fi", "sv", "en")
DEFAULT_LANGUAGE = "fi"
RESPONSES = ROOT / "bot" / "responses"
RULES = ROOT / "guidance" / "data" / "rules"
# The wording for one: "about 1 hour" beside "about 2 hours".
SINGULAR = "_one"
_FIELD = re.compile(r"\{(\w+)\}")


class Texts:
    """The responses of bot/responses, by language and by easy language."""

    def __init__(self, responses: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Keep `responses`, which maps a folder's name to its responses by name."""
        self._responses = responses

    def text(self, name: str, language: str, /, *, plain: bool = False, **values: object) -> str:
        """Return the response's text with `values` filled in; KeyError when there is none.

        An easy-language text is used where one exists, the ordinary one elsewhere.
        """
        return _fill(str(self._find(name, language, plain=plain)["text"]), values)

    def form(self, name: str, language: str, /, values: Mapping[str, object]) -> str:
        """Return the name of the wording that fits the number in `values`.

        `<name>_one` is for what the language counts as one; the number that decides is the first
        that the response names.
        """
        singular = name + SINGULAR
        if singular not in self._responses[language]:
            return name
        fields = _FIELD.findall(str(self._responses[language][name]["text"]))
        number = next((values[key] for key in fields if _is_number(values.get(key))), None)
        return singular if _is_number(number) and _is_one(number, language) else name

    def buttons(
        self, name: str, language: str, /, *, plain: bool = False, **values: object
    ) -> list[dict[str, str]]:
        """Return the response's buttons, each with a `title` and a `payload`."""
        return [
            {"title": _fill(button["title"], values), "payload": _fill(button["payload"], values)}
            for button in self._find(name, language, plain=plain).get("buttons", [])
        ]

    def names(self, language: str) -> frozenset[str]:
        """Return the names of all responses that `language` has."""
        return frozenset(self._responses[language])

    def _find(self, name: str, language: str, *, plain: bool) -> Mapping[str, Any]:
        if plain and name in self._responses.get(f"{language}-easy", {}):
            return self._responses[f"{language}-easy"][name]
        return self._responses[language][name]


def read_responses(
    folder: Path = RESPONSES, rules: Path | None = RULES
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the first variation of each response under `folder`, by language folder and name.

    The answers of `rules` are among them: `utter_faq_<file>`, with a `{closing}` for the source
    and the dates, and `utter_faq_<file>_<name>` for what is added to it.
    """
    responses: dict[str, dict[str, dict[str, Any]]] = {}
    for path in sorted(folder.glob("*/*.yml")):
        by_name = responses.setdefault(path.parent.name, {})
        for name, variations in _read(path)["responses"].items():
            by_name[name] = variations[0]
    for path in () if rules is None else sorted(rules.glob("*.yml")):
        rule, name = _read(path), f"utter_faq_{path.stem}"
        for language, text in rule["texts"].items():
            responses.setdefault(language, {})[name] = {"text": text + "\n{closing}"}
        for added in rule.get("follow_ups", ()):
            for language, text in added["texts"].items():
                responses[language][f"{name}_{added['name']}"] = {"text": text}
    return responses


@lru_cache(maxsize=1)
def load_texts() -> Texts:
    """Return the texts of this installation."""
    return Texts(read_responses())


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506


# Both are safe loaders: the C one reads the files eight times faster, and libyaml may be missing.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_one(number: float, language: str) -> bool:
    # As numbers are shown: to one decimal, and without a decimal that says nothing.
    shown = round(number, 1)
    tidy = int(shown) if shown == int(shown) else shown
    return bool(Locale.parse(language).plural_form(tidy) == "one")


def _fill(text: str, values: Mapping[str, object]) -> str:
    # Payloads hold JSON, whose braces `str.format` would take for fields.
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
