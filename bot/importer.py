"""Give Rasa the responses that are written one file per language and topic.

Rasa keeps one copy of a response that two domain files define. This importer makes a variation
of each copy instead, guarded by the `language` and `plain_language` slots, so that exactly one
matches: Rasa draws at random among all that do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from opastin.texts import LANGUAGES, RESPONSES, RULES, read_responses

EASY = "-easy"
FOLDERS = frozenset(LANGUAGES) | {language + EASY for language in LANGUAGES}


class ResponsesByLanguage(RasaFileImporter):
    """Rasa's own importer, with the responses of every language added to the domain."""

    # Rasa passes the keys of the importer's entry in config.yml by name.
    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        responses: str | None = None,
    ) -> None:
        """Read responses under `responses`, by default under bot/responses with our rules."""
        super().__init__(config_file, domain_path, training_data_paths)
        self._responses = Path(responses) if responses else RESPONSES
        self._rules = None if responses else RULES
        self._examples: TrainingData | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return all examples, read once: training asks for them three times over."""
        if self._examples is None:
            self._examples = super().get_nlu_data(language)
        return self._examples

    def get_domain(self) -> Domain:
        """Return the domain file merged with the responses of every language."""
        by_folder = read_responses(self._responses, self._rules)
        wording = {"responses": guarded_responses(by_folder)}
        return super().get_domain().merge(Domain.from_dict(wording))


def guarded_responses(
    by_folder: dict[str, dict[str, dict[str, Any]]],
) -> dict[str, list[dict[str, Any]]]:
    """Return each response with its variations, of which exactly one matches any two slots."""
    unknown = by_folder.keys() - FOLDERS
    if unknown:
        raise RasaException(f"Unknown folders of responses: {', '.join(sorted(unknown))}.")
    responses: dict[str, list[dict[str, Any]]] = {}
    for folder in sorted(by_folder):
        for name, variation in by_folder[folder].items():
            guards = _guards(folder, name, by_folder)
            responses.setdefault(name, []).append({**variation, "condition": guards})
    return responses


def _guards(
    folder: str, name: str, by_folder: dict[str, dict[str, dict[str, Any]]]
) -> list[dict[str, Any]]:
    is_easy = folder.endswith(EASY)
    language = folder.removesuffix(EASY)
    guards = [_slot_is("language", language)]
    if is_easy and name not in by_folder.get(language, {}):
        raise RasaException(f"{name} is in {folder} but not in {language}.")
    if is_easy or name in by_folder.get(language + EASY, {}):
        guards.append(_slot_is("plain_language", is_easy))
    return guards


def _slot_is(name: str, value: object) -> dict[str, Any]:
    return {"type": "slot", "name": name, "value": value}
