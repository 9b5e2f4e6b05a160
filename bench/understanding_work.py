"""The work that both pipelines of `bench.understanding` get: what to learn, and what to read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from opastin.nlu_cases import read_cases
from opastin.texts import LANGUAGES

PIPELINES = ("ours", "stock")
EPOCHS = 100

# What `rasa init` of Rasa 3.6 writes, without the parts that no intent depends on: the slot
# synonyms and the selector of responses. Entities are learnt where the data has any.
STOCK_PIPELINE: tuple[Mapping[str, Any], ...] = (
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
)


@dataclass(frozen=True)
class Message:
    """A message, what it means, and the slot that the bot had just asked."""

    text: str
    intent: str
    language: str
    asked: str | None = None


@dataclass(frozen=True)
class Task:
    """Training data as Rasa reads it, a file or a folder, and messages that are not in it."""

    name: str
    training: Path
    messages: Sequence[Message]


def own_task(training: Path, held_out: Path) -> Task:
    """Return the project's own data and the labelled messages under `held_out`."""
    messages = [
        Message(case.text, flat(case.intent), case.group, case.asked)
        for case in read_cases(held_out)
    ]
    return Task("own", training, messages)


def massive_tasks(samples: Path, folder: Path, *, apart: bool) -> list[Task]:
    """Return MASSIVE as one task of all languages, or as one for each; write it to `folder`."""
    examples = _read_massive(samples / "train.jsonl")
    messages = _read_massive(samples / "test.jsonl")
    groups = [(language,) for language in LANGUAGES] if apart else [LANGUAGES]
    tasks = []
    for group in groups:
        name = f"massive-{group[0]}" if apart else "massive"
        training = folder / f"{name}.yml"
        training.write_text(as_training_data(_of(examples, group)), encoding="utf-8")
        tasks.append(Task(name, training, _of(messages, group)))
    return tasks


def as_training_data(messages: Iterable[Message]) -> str:
    """Return examples as the text of a file of Rasa's training data."""
    by_intent = defaultdict(list)
    for message in messages:
        by_intent[message.intent].append(f"- {message.text}\n")
    items = [{"intent": name, "examples": "".join(lines)} for name, lines in by_intent.items()]
    return yaml.safe_dump({"version": "3.1", "nlu": items}, allow_unicode=True)


def flat(intent: str) -> str:
    """Return the name that `intent` has in the training data, where none has a slash.

    >>> flat("faq/cost")
    'faq_cost'
    """
    return intent.replace("/", "_")


def write_config(
    pipeline: str, path: Path, *, config: Path, seed: int, epochs: int = EPOCHS
) -> None:
    """Write the configuration of one of the pipelines; ours is the one of `config`."""
    if pipeline == "ours":
        components = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    else:
        learning = {"epochs": epochs, "random_seed": seed}
        components = [
            {**item, **learning} if item["name"] == "DIETClassifier" else dict(item)
            for item in STOCK_PIPELINE
        ]
    content = {
        "recipe": "default.v1",
        "assistant_id": pipeline,
        "language": None,
        "pipeline": components,
    }
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def write_messages(messages: Sequence[Message], path: Path) -> None:
    """Write `messages` where the process that reads them finds them."""
    path.write_text(json.dumps([asdict(message) for message in messages]), encoding="utf-8")


def read_messages(path: Path) -> list[Message]:
    """Read what `write_messages` wrote."""
    return [Message(**item) for item in json.loads(path.read_text(encoding="utf-8"))]


def _read_massive(path: Path) -> list[Message]:
    items = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Message(item["text"], item["intent"], item["language"]) for item in items]


def _of(messages: Iterable[Message], languages: Sequence[str]) -> list[Message]:
    return [message for message in messages if message.language in languages]
