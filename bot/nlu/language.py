"""Pipeline component: the language of a message, and the one to go on in."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    METADATA,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language_detection import LANGUAGES, Detection, Detector, load_detector
from bot.nlu.language_wishes import Wish, find_wishes
from opastin.texts import DEFAULT_LANGUAGE

LANGUAGE = "language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(EntityExtractorMixin, GraphComponent):
    """Add `language` to what is understood: `code` and `clear` of this message, and `use`.

    The metadata of the message tell the conversation's `language`, the other language that the
    message before was clearly in (`heard`) and whether this is the `first` one. Wishes for a
    language or for easy language become the entities `language_wish` and `plain_language`.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageDetector:
        """Build the component when a trained model is loaded."""
        return cls()

    def __init__(self, detector: Detector | None = None) -> None:
        """Use `detector`, or the one that the process shares."""
        self._detector = detector or load_detector()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the language and the wishes about it to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            metadata = message.get(METADATA) or {}
            detection = self._detector.detect(text, first=bool(metadata.get("first")))
            wishes = find_wishes(text, metadata.get("asked"))
            spoken = {
                "code": detection.code,
                "clear": detection.clear,
                "use": choose_language(detection, wishes, metadata),
            }
            message.set(LANGUAGE, spoken, add_to_output=True)
            found = self.add_extractor_name([_as_entity(wish) for wish in wishes])
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def choose_language(detection: Detection, wishes: list[Wish], metadata: dict[str, Any]) -> str:
    """Return the language to go on in: the one asked for, else the conversation's if in doubt."""
    for wish in wishes:
        if wish.entity == "language_wish":
            return str(wish.value)
    present = metadata.get("language")
    if present not in LANGUAGES:
        return detection.code or DEFAULT_LANGUAGE
    is_heard_again = metadata.get("heard") == detection.code
    if detection.code and detection.clear and (metadata.get("first") or is_heard_again):
        return detection.code
    return str(present)


def _as_entity(wish: Wish) -> dict[str, Any]:
    return {
        ENTITY_ATTRIBUTE_TYPE: wish.entity,
        ENTITY_ATTRIBUTE_VALUE: wish.value,
        ENTITY_ATTRIBUTE_START: wish.start,
        ENTITY_ATTRIBUTE_END: wish.end,
    }
