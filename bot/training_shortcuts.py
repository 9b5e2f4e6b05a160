"""Shorter ways to what Rasa 3.6.21 does slowly when it trains.

Each does exactly what Rasa's own does, which tests hold it to:

- An example is copied and fingerprinted without walking through it: most hold two texts and
  nothing else, and Rasa copies each of them eight times over.
- An example that needs no tidying keeps its fingerprint.
- A file of plain examples is not parsed again, by a parser in Python, to be held to a schema.
- A domain is written as JSON, which is YAML too, in a hundredth of the time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from hashlib import md5
from pathlib import Path
from typing import Any

from rasa.shared.constants import LATEST_TRAINING_DATA_FORMAT_VERSION
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import INTENT, RESPONSE
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_yaml
from ruamel.yaml import YAMLError
from ruamel.yaml.constructor import DuplicateKeyError

# YAML allows these in quotes by their number only, JSON as they are.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

# Taken when this module is imported, so before `take_training_shortcuts` can replace them.
_fingerprint = Message.fingerprint
_validate = RasaYAMLReader.validate


def take_training_shortcuts() -> None:
    """Let Rasa use them all in this process, for good."""
    Message.__deepcopy__ = copy_message
    Message.fingerprint = fingerprint_message
    TrainingData.sanitize_examples = staticmethod(tidy_examples)
    RasaYAMLReader.validate = validate_examples
    Domain.persist = write_domain


def copy_message(message: Message, memo: dict[int, Any]) -> Message:
    """Return a copy of `message` that shares nothing that can change."""
    copied = Message.__new__(type(message))
    if _has_texts_alone(message) and not message.features:
        copied.__dict__.update(
            message.__dict__,
            data=message.data.copy(),
            features=[],
            output_properties=message.output_properties.copy(),
        )
    else:
        memo[id(message)] = copied
        copied.__dict__.update(deepcopy(message.__dict__, memo))
    return copied


def fingerprint_message(message: Message) -> str:
    """Return the fingerprint of `message`: checksums of checksums, as JSON."""
    if message._cached_fingerprint is None and _has_texts_alone(message):
        items = sorted((_checksum(key), _checksum(value)) for key, value in message.data.items())
        data = ", ".join(f'"{key}": "{value}"' for key, value in items)
        features = ", ".join(f'"{feature.fingerprint()}"' for feature in message.features)
        message._cached_fingerprint = _md5(f'["{_md5(f"{{{data}}}")}", "{_md5(f"[{features}]")}"]')
    return str(_fingerprint(message))


def tidy_examples(examples: Iterable[Message]) -> list[Message]:
    """Return `examples` without repeated ones, and without space around their labels."""
    examples = list(examples)
    for example in examples:
        for label in (INTENT, RESPONSE):
            value = example.get(label)
            # Setting a value, even to itself, makes an example forget its fingerprint.
            if value and value != value.strip():
                example.set(label, value.strip())
    return list(dict.fromkeys(examples))


def validate_examples(reader: RasaYAMLReader, text: str) -> None:
    """Raise an error if `text` is no file of examples."""
    if not _has_plain_examples(text):
        _validate(reader, text)


def write_domain(domain: Domain, filename: str | Path) -> None:
    """Write `domain` to a file."""
    content = {"version": LATEST_TRAINING_DATA_FORMAT_VERSION} | domain.as_dict()
    text = json.dumps(content, ensure_ascii=False, indent=1)
    escaped = _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    Path(filename).write_text(escaped, encoding="utf-8")


def _has_texts_alone(message: Message) -> bool:
    return all(type(value) is str for value in message.data.values())


def _has_plain_examples(text: str) -> bool:
    try:
        content = read_yaml(text)
    except (YAMLError, DuplicateKeyError):
        return False
    return (
        isinstance(content, dict)
        and content.keys() == {"version", "nlu"}
        and isinstance(content["version"], str)
        and isinstance(content["nlu"], list)
        and all(
            isinstance(item, dict)
            and item.keys() == {"intent", "examples"}
            and all(isinstance(value, str) for value in item.values())
            for item in content["nlu"]
        )
    )


def _md5(text: str) -> str:
    return md5(text.encode("utf-8"), usedforsecurity=False).hexdigest()


# The names of the values, and of the intents, come again and again.
_checksum = lru_cache(maxsize=4096)(_md5)
