"""The reports by name."""

from __future__ import annotations

import click

from opastin.evaluate import command


def test_every_report_is_there_by_name() -> None:
    assert {"dialogues", "nlu", "suggestions"} <= set(command.list_commands(click.Context(command)))
