"""The stock project of `bench.turns`: Rasa's default pipeline and policies, on our data.

The configuration is the one that Rasa takes where a project chooses nothing, the examples and
rules are ours, and so are the domain and the responses. Rasa's policies that learn from stories
get stories with every intent in them, since they would learn nothing from rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from opastin.settings import ROOT
from opastin.texts import read_responses

EXAMPLES = ROOT / "bot" / "data" / "nlu"
RULES = ROOT / "bot" / "data" / "rules"
ACTION = "action_guide"
TURNS_A_STORY = 6
SESSION = {"session_expiration_time": 60, "carry_over_slots_to_new_session": True}


def write_project(folder: Path, epochs: int) -> None:
    """Write the configuration, the domain and the stories; examples and rules are ours."""
    domain = stock_domain()
    (folder / "config.yml").write_text(_as_yaml(stock_config(epochs)), encoding="utf-8")
    (folder / "domain.yml").write_text(_as_yaml(domain), encoding="utf-8")
    content = {"version": "3.1", "stories": list(stories(domain["intents"]))}
    (folder / "stories.yml").write_text(_as_yaml(content), encoding="utf-8")


def stock_config(epochs: int) -> dict[str, Any]:
    """Return Rasa's own default configuration, with so many epochs for whatever has any."""
    config: dict[str, Any] = yaml.safe_load(_default_config().read_text(encoding="utf-8"))
    for item in (*config["pipeline"], *config["policies"]):
        if "epochs" in item:
            item["epochs"] = epochs
    return config | {"assistant_id": "stock"}


def stock_domain() -> dict[str, Any]:
    """Return our domain in one piece, each response with a condition on the language."""
    domain: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    from bot.importer import guarded_responses

    responses = guarded_responses(read_responses())
    for variation in (each for variations in responses.values() for each in variations):
        if "buttons" in variation:
            variation["buttons"] = [
                button | {"payload": escaped(button["payload"])} for button in variation["buttons"]
            ]
    return domain | {"responses": responses, "session_config": SESSION}


def escaped(payload: str) -> str:
    """Return a payload whose JSON Rasa's own wording does not take for a field to fill in.

    >>> escaped('/save_option{"option": "{option}"}')
    '/save_option{{"option": "{option}"}}'
    """
    intent, brace, rest = payload.partition("{")
    return f"{intent}{{{{{rest}}}" if brace else payload


def stories(intents: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield stories in which each intent comes twice, in different company."""
    orders = {"in turn": list(intents), "mixed": sorted(intents, key=_digest_of)}
    for name, order in orders.items():
        for start in range(0, len(order), TURNS_A_STORY):
            steps = [
                {kind: value}
                for intent in order[start : start + TURNS_A_STORY]
                for kind, value in (("intent", intent), ("action", ACTION))
            ]
            yield {"story": f"Learner goes through intents {name} from {start}", "steps": steps}


def _digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _default_config() -> Path:
    rasa = find_spec("rasa")
    assert rasa is not None and rasa.origin is not None
    return Path(rasa.origin).parent / "engine" / "recipes" / "config_files" / "default_config.yml"


def _as_yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
