"""Pipeline component: the field that a wish means, where no list of words names it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    METADATA,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.encoder import load_encoder
from bot.nlu.meaning_model import MeaningModel, load_meaning_model
from bot.nlu.meant_fields import add_meant_fields, phrases_to_read
from bot.nlu.vector_file import Vectors

Encode = Callable[[Sequence[str]], Vectors]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FieldByMeaning(EntityExtractorMixin, GraphComponent):
    """Add the field of a wish and of what a person can do, by the meaning of the words.

    It stands after the component that finds the facts. Most messages name their field by a word
    of the lists, or wish for nothing, and cost nothing here.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FieldByMeaning:
        """Build the component when a trained model is loaded."""
        return cls()

    def __init__(self, model: MeaningModel | None = None, encode: Encode | None = None) -> None:
        """Use `model` and `encode`, or what is shipped and what the process shares."""
        self._model = model or load_meaning_model()
        self._encode = encode or load_encoder().encode_all

    def process(self, messages: list[Message]) -> list[Message]:
        """Add to the entities of each message the fields that they mean."""
        for message in messages:
            entities = message.get(ENTITIES) or []
            facts = [
                (str(one.get(ENTITY_ATTRIBUTE_TYPE)), one.get(ENTITY_ATTRIBUTE_VALUE))
                for one in entities
            ]
            phrases = phrases_to_read(facts)
            if phrases:
                asked = (message.get(METADATA) or {}).get("asked")
                self._add(message, entities, phrases, asked)
        return messages

    def _add(
        self,
        message: Message,
        entities: list[dict[str, Any]],
        phrases: list[str],
        asked: str | None,
    ) -> None:
        meanings = {
            phrase: self._model.meaning(vector)
            for phrase, vector in zip(phrases, self._encode(phrases), strict=True)
        }
        entities = add_meant_fields(entities, meanings, asked)
        message.set(ENTITIES, entities, add_to_output=True)
