"""Pipeline component: the facts of a message, as entities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
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

from bot.nlu.language import LANGUAGE
from bot.nlu.slots import SlotFinder, load_slot_finder
from opastin.settings import load_settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SlotExtractor(EntityExtractorMixin, GraphComponent):
    """Add an entity for each fact of a message, named like the slot that it fills.

    The words are in bot/data/lookups. What was asked just before is read from the metadata
    (`asked`), so that a bare "10" or "sosionomi" can be an answer.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SlotExtractor:
        """Build the component when a trained model is loaded."""
        return cls()

    def __init__(
        self, finder: SlotFinder | None = None, today: Callable[[], date] | None = None
    ) -> None:
        """Use `finder` and `today`, or what the process shares and the settings say."""
        self._finder = finder or load_slot_finder()
        self._today = today or load_settings().today

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found in each message to those it has already."""
        for message in messages:
            found = self.add_extractor_name(self._extract(message))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _extract(self, message: Message) -> list[dict[str, Any]]:
        text = message.get(TEXT) or ""
        asked = (message.get(METADATA) or {}).get("asked")
        language = (message.get(LANGUAGE) or {}).get("use")
        return [
            {
                ENTITY_ATTRIBUTE_TYPE: fact.slot,
                ENTITY_ATTRIBUTE_START: fact.start,
                ENTITY_ATTRIBUTE_END: fact.end,
                ENTITY_ATTRIBUTE_VALUE: fact.value,
            }
            for fact in self._finder.find(text, today=self._today(), asked=asked, language=language)
        ]
