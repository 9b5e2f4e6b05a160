"""The alerts are rules of Prometheus about figures that there are."""

from __future__ import annotations

import re
from typing import Any

import promql_parser
import pytest
import yaml

from tests.deploy.files import DEPLOY
from web.metrics import Metrics, Queue

RULES = [
    rule
    for group in yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]
GUIDE = DEPLOY.parent / "docs" / "guides" / "operations.md"


def figures() -> dict[str, set[str]]:
    """Return the values of the labels of each figure, by its name."""
    metrics = Metrics(hears_others=lambda: True)
    found: dict[str, set[str]] = {}
    for line in metrics.as_text(sockets=0, queue=Queue(0, 0.0)).splitlines():
        if not line.startswith("#"):
            found.setdefault(re.split(r"[ {]", line)[0], set()).update(re.findall(r'"(.*?)"', line))
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_asks_for_figures_that_there_are(rule: dict[str, Any]) -> None:
    promql_parser.parse(rule["expr"])
    known = figures()
    for name in re.findall(r"\bopastin_\w+", rule["expr"]):
        assert name in known
    for name, labels in re.findall(r"\b(opastin_\w+){(.*?)}", rule["expr"]):
        for sign, value in re.findall(r'\w+(=~?)"(.*?)"', labels):
            matching = [one for one in known[name] if re.fullmatch(value, one)]
            assert matching if sign == "=~" else value in known[name]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_is_told_of_in_the_guide_and_says_how_urgent_it_is(rule: dict[str, Any]) -> None:
    assert f"`{rule['alert']}`" in GUIDE.read_text(encoding="utf-8")
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"].endswith(".")


def test_no_two_rules_have_a_name() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(set(names)) == len(names)
